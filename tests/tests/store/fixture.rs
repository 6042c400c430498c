//! A small ledger of facts, as the server keeps one, and a store of each engine to keep it in.

use firebee_server::store::{
    Batch, Store, StoreError, Tx, Ty,
    migrate::{Migration, migrate},
};
use firebee_server::{row, sql};
use tempfile::TempDir;

pub const LEDGER: &[Migration] = &[
    Migration {
        name: "0001_account",
        ddl: "-- Who has facts.
CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    epoch BIGINT NOT NULL
);
",
    },
    Migration {
        name: "0002_fact",
        ddl: "CREATE TABLE fact (
    seq BIGINT NOT NULL,
    account BIGINT NOT NULL REFERENCES account (id),
    fact_id BYTEA NOT NULL UNIQUE,
    body TEXT NOT NULL,
    PRIMARY KEY (account, seq)
);
CREATE INDEX fact_body ON fact (body);
",
    },
];

/// A migrated store with account 1; the folder of a SQLite file lives as long as this.
pub struct Ledger {
    pub store: Store,
    pub folder: Option<TempDir>,
}

pub async fn sqlite() -> Ledger {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("firebee.db"), 2).unwrap();
    filled(Ledger { store, folder: Some(folder) }).await
}

pub async fn postgres() -> Ledger {
    let config = firebee_tests::postgres::schema().await;
    filled(Ledger { store: Store::postgres(config, 4).unwrap(), folder: None }).await
}

pub async fn filled(ledger: Ledger) -> Ledger {
    assert_eq!(migrate(&ledger.store, LEDGER).await, Ok(LEDGER.len()));
    let add = async move |tx: &mut Tx| {
        tx.execute(sql!("INSERT INTO account (epoch, id) VALUES (?2, ?1), (1, 2)"), &row![1, 1]).await
    };
    assert_eq!(ledger.store.write("add_account", add).await, Ok::<_, StoreError>(2));
    ledger
}

/// Runs each behaviour on both engines, whose jobs run on threads of their own.
#[macro_export]
macro_rules! engines {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$name($crate::fixture::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$name($crate::fixture::postgres().await).await;
            }
        }
    )* };
}

/// Runs each behaviour on both engines, and on SQLite also as a simulation runs it: on one thread, in a paused time, with
/// the writer in a task.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $crate::engines! { $($(#[$doc])* $name),* }
        mod on_one_thread { $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                let _inline = firebee_server::blocking::inline_on_this_thread(|| 1);
                super::$name($crate::fixture::sqlite().await).await;
            }
        )* }
    };
}

pub async fn add(tx: &mut Tx, seq: i64) -> Result<u64, StoreError> {
    let insert = sql!("INSERT INTO fact (seq, account, fact_id, body) VALUES (?1, 1, ?2, 'body')");
    tx.execute(insert, &row![seq, &u128::try_from(seq).unwrap_or(0).to_be_bytes()]).await
}

pub async fn count_in(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.query_opt(sql!("SELECT count(*) FROM fact"), &[]).await?.map_or(Ok(-1), |row| row.get(0))
}

pub async fn count(store: &Store) -> i64 {
    store.read("count_facts", count_in).await.unwrap()
}

pub static INSERT: Batch<4> = Batch::new(
    "INSERT INTO fact (account, seq, fact_id, body) {rows} ON CONFLICT DO NOTHING RETURNING seq",
    [Ty::Int, Ty::Int, Ty::Blob, Ty::Text],
);
