//! A PostgreSQL server with TLS, a pooler before one, and sentences where neither can be reached.

use firebee_server::{
    backup::{self, Wanted},
    blobs::Blobs,
    clock::Clock,
    config::{Config, PostgresAddress, read},
    keys::Keyring,
    row, sql,
    store::{OpenError, ReachError, Store, StoreError, Trouble, Tx, migrate::migrate, schema},
};
use firebee_tests::{
    device::{Device, Sign},
    firm::Firm,
    postgres::Cluster,
};
use tokio::task::JoinSet;

async fn cluster() -> Cluster {
    tokio::task::spawn_blocking(Cluster::start).await.unwrap()
}

async fn reached(address: &str) -> Result<Store, ReachError> {
    let address = PostgresAddress::parse(address).unwrap();
    match Store::reach_postgres(&address).await {
        Ok(()) => Ok(Store::postgres(address, 2).unwrap()),
        Err(OpenError::Reach(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// Whether a store talks with its server through TLS.
async fn is_encrypted(store: &Store) -> bool {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT CAST(ssl AS INTEGER)::bigint FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
        tx.query_opt(find, &row![]).await?.map_or(Ok(0_i64), |row| row.get(0))
    };
    store.read::<_, StoreError, _>("tls", read).await.unwrap() == 1
}

#[tokio::test(flavor = "multi_thread")]
async fn sslmode_says_how_far_the_database_server_is_trusted() {
    let mut cluster = cluster().await;
    let (address, authority) = tokio::task::block_in_place(|| cluster.with_tls());
    let by_number = address.replace("host=localhost", "host=127.0.0.1");
    let of = async |address: &str, tls: &str| {
        let store = reached(&format!("{address} {tls}")).await?;
        let encrypted = is_encrypted(&store).await;
        store.close().await;
        Ok::<_, ReachError>(encrypted)
    };
    let trusting = format!("sslrootcert={authority}");
    assert_eq!(of(&address, "sslmode=disable").await, Ok(false));
    assert_eq!(of(&address, "").await, Ok(true), "as good as it gets, unless told");
    assert_eq!(of(&by_number, "sslmode=require").await, Ok(true));
    assert_eq!(of(&address, &format!("sslmode=verify-full {trusting}")).await, Ok(true));
    assert_eq!(of(&by_number, &format!("sslmode=verify-ca {trusting}")).await, Ok(true));
    // The certificate is for another name, and then of nobody that the system knows.
    for (address, tls) in [
        (&by_number, format!("sslmode=verify-full {trusting}")),
        (&address, "sslmode=verify-full".to_owned()),
        (&address, "sslmode=verify-ca".to_owned()),
    ] {
        let refused = of(address, &tls).await.unwrap_err();
        println!("{refused}");
        assert_eq!(refused.trouble, Trouble::Untrusted, "{tls}");
        assert!(refused.to_string().contains("Check `sslmode` and `sslrootcert`"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_the_database_away_is_a_sentence_with_a_remedy() {
    let mut cluster = cluster().await;
    let (address, _) = tokio::task::block_in_place(|| cluster.with_tls());
    let owner = reached(&address).await.unwrap();
    let prepare = async move |tx: &mut Tx| tx.script("", "CREATE ROLE guest LOGIN; CREATE DATABASE other").await;
    // A database is made outside of a transaction.
    assert!(owner.write::<_, StoreError, _>("prepare", prepare).await.is_err());
    let role = async move |tx: &mut Tx| tx.script("", "CREATE ROLE guest LOGIN").await;
    owner.write::<_, StoreError, _>("role", role).await.unwrap();
    let free = firebee_tests::port::free();
    for (broken, trouble) in [
        (format!("host=127.0.0.1 port={free} user=postgres dbname=postgres"), Trouble::Silent),
        (address.replace("dbname=postgres", "dbname=firebee"), Trouble::NoDatabase),
        (address.replace("user=postgres", "user=nobody"), Trouble::Refused),
        (address.replace("user=postgres", "user=guest"), Trouble::NotOwner),
    ] {
        let error = reached(&broken).await.err().unwrap();
        println!("{error}");
        assert_eq!(error.trouble, trouble, "{error}");
    }
    // What a server tells at its start is that sentence.
    let folder = tempfile::tempdir().unwrap();
    let postgres = Some(PostgresAddress::parse(&address.replace("user=postgres", "user=nobody")).unwrap());
    let config = Config { postgres, ..Config::in_folder(folder.path()) };
    let error = firebee_server::state::open(config, firebee_server::clock::Clock::System).await.err().unwrap();
    assert!(error.to_string().contains("Check user and password in `postgres`"), "{error}");
    assert_eq!(error.code(), Some(firebee_domain::code::Code::StoreUnreachable));
    let flags = |value: &str| [("postgres", value.to_owned()), ("postgres_statements", "sometimes".to_owned())];
    let wrong = read(None, [], flags("host=x sslmode=often")).unwrap_err().to_string();
    assert!(
        wrong.contains("postgres: sslmode is often; it can be disable") && wrong.contains("postgres_statements"),
        "{wrong}"
    );
}

/// Whole tables are copied through the same pooler, both ways, more than once.
async fn backed_up_and_restored_twice(store: &Store, firm: &Firm) {
    let folder = tempfile::tempdir().unwrap();
    firm.lay_key(folder.path());
    let (blobs, keyring) = (Blobs::at(&folder.path().join("blobs")), Keyring::in_folder(folder.path()));
    for name in ["first", "second"] {
        let from = folder.path().join(name);
        let made = backup::make(store, (&blobs, &keyring), None, &from).await.unwrap();
        assert_eq!(made.firms.len(), 1, "{name}");
        let wanted = Wanted { from, organisation: None, replace: true };
        let place = (&blobs, &keyring, folder.path());
        let restored = backup::restore(store, place, &wanted, Clock::System.now()).await.unwrap();
        assert_eq!(restored.firms.len(), 1, "{name}");
    }
    let failed = backup::make(store, (&blobs, &keyring), Some("无此公司"), &folder.path().join("failed")).await;
    assert!(failed.is_err());
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left = left
        .filter(|name| ["restoring", "failed"].iter().any(|word| name.to_string_lossy().contains(word)))
        .collect::<Vec<_>>();
    assert!(left.is_empty(), "{left:?}");
}

/// A pooler in transaction mode gives each transaction another connection, where the names of statements are another
/// client's. Without names everything goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn through_a_pooler_in_transaction_mode_statements_have_no_names() {
    let mut cluster = cluster().await;
    let through = tokio::task::block_in_place(|| cluster.pooler());
    let address = |named_statements: bool| {
        let mut address = PostgresAddress::parse(&through).unwrap();
        address.named_statements = named_statements;
        address
    };
    let store = Store::postgres(address(false), 8).unwrap();
    migrate(&store, schema::MIGRATIONS).await.unwrap();
    let firm = Firm::found((store.clone(), None), 1).await;
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    for item in firm.items_of(0) {
        device.whole_task(&firm, std::slice::from_ref(item), firm.assignments[0]);
    }
    let reply = device.push(&firm, 1, device.head(), Sign::Right).await.unwrap();
    assert_eq!((reply.results.len(), reply.acked_through), (0, device.head()));
    assert_eq!(device.pull(&store, None, None).await.unwrap().applied[0].seq, device.head());
    let many = async |store: Store| {
        let mut running = JoinSet::new();
        for _ in 0..200 {
            let store = store.clone();
            running.spawn(async move {
                let read = async move |tx: &mut Tx| {
                    for find in [
                        sql!("SELECT count(*) FROM fact"),
                        sql!("SELECT count(*) FROM push"),
                        sql!("SELECT count(*) FROM task"),
                    ] {
                        tx.query(find, &row![]).await?;
                    }
                    Ok::<_, StoreError>(())
                };
                store.read("many", read).await
            });
        }
        running.join_all().await.into_iter().filter_map(Result::err).collect::<Vec<StoreError>>()
    };
    assert_eq!(many(store.clone()).await, []);
    backed_up_and_restored_twice(&store, &firm).await;
    let named = Store::postgres(address(true), 8).unwrap();
    let failed = many(named.clone()).await;
    println!("with names {} of 200 transactions failed, without names none", failed.len());
    let told = failed.iter().find(|error| matches!(error, StoreError::Pooled(_))).expect("the setting is needed");
    assert!(told.to_string().contains("postgres_statements = \"unnamed\""), "{told}");
    named.close().await;
    store.close().await;
}
