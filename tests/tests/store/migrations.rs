//! The schema goes one way, and a database says who made it.

use crate::{
    both,
    fixture::{LEDGER, Ledger},
};
use firebee_domain::code::Code;
use firebee_server::sql;
use firebee_server::store::{
    StoreError, Tx,
    migrate::{MigrateError, Migration, migrate},
};
use std::sync::LazyLock;

both! {
    a_migration_is_applied_once,
    servers_that_start_together_migrate_once,
    a_newer_schema_is_refused,
    a_changed_migration_is_refused,
    a_migration_that_fails_leaves_the_database_as_it_was,
}

const NOTE: Migration = Migration { name: "0003_note", ddl: "CREATE TABLE note (\n    text TEXT NOT NULL\n);\n" };

static LONGER: LazyLock<Vec<Migration>> = LazyLock::new(|| [LEDGER, &[NOTE]].concat());

async fn a_migration_is_applied_once(ledger: Ledger) {
    assert_eq!(migrate(&ledger.store, LEDGER).await, Ok(0));
    assert_eq!(migrate(&ledger.store, &LONGER).await, Ok(1));
    assert_eq!(migrate(&ledger.store, &LONGER).await, Ok(0));
    let text = sql!("INSERT INTO account (id, epoch) VALUES (5, 'text')");
    let text = ledger.store.write("strict", async move |tx: &mut Tx| tx.execute(text, &[]).await).await;
    assert!(text.is_err(), "SQLite refuses another type only in a STRICT table");
}

async fn servers_that_start_together_migrate_once(ledger: Ledger) {
    let starts = (0..4).map(|_| migrate(&ledger.store, &LONGER));
    let mut done = futures_util::future::join_all(starts).await;
    done.sort_by_key(|out| out.clone().unwrap_or(usize::MAX));
    assert_eq!(done, [Ok(0), Ok(0), Ok(0), Ok(1)]);
}

async fn a_newer_schema_is_refused(ledger: Ledger) {
    assert_eq!(migrate(&ledger.store, &LONGER).await, Ok(1));
    let old = migrate(&ledger.store, LEDGER).await;
    assert_eq!(old, Err(MigrateError::Newer { database: 3, program: 2 }));
    assert_eq!(old.map_err(|error| error.code()), Err(Code::DatabaseNewer));
}

async fn a_changed_migration_is_refused(ledger: Ledger) {
    const CHANGED: &[Migration] = &[LEDGER[0], Migration { name: LEDGER[1].name, ddl: "SELECT 1;" }, NOTE];
    let changed = migrate(&ledger.store, CHANGED).await;
    assert_eq!(changed, Err(MigrateError::Changed("0002_fact".into())));
    assert_eq!(changed.map_err(|error| error.code()), Err(Code::DatabaseChanged));
    assert_eq!(migrate(&ledger.store, LEDGER).await, Ok(0), "and nothing was applied");
}

async fn a_migration_that_fails_leaves_the_database_as_it_was(ledger: Ledger) {
    const BROKEN: Migration = Migration { name: "0004_broken", ddl: "CREATE TABEL x (\n    n BIGINT\n);\n" };
    static LIST: LazyLock<Vec<Migration>> = LazyLock::new(|| [LEDGER, &[NOTE, BROKEN]].concat());
    let broken = migrate(&ledger.store, &LIST).await;
    assert!(matches!(broken, Err(MigrateError::Store(StoreError::Bug(_)))), "{broken:?}");
    assert_eq!(migrate(&ledger.store, &LONGER).await, Ok(1), "the note of the first attempt was undone");
}
