//! What only PostgreSQL does: many servers contend, and it may go away and come back.

use crate::fixture::{Ledger, add, count, filled, postgres};
use firebee_server::store::{Store, StoreError, Tx};
use firebee_server::{row, sql};
use firebee_tests::postgres::{Cluster, schema_in};
use std::sync::{
    Arc, Barrier,
    atomic::{AtomicU32, Ordering},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_loser_of_a_deadlock_is_run_again() {
    let ledger = postgres().await;
    let (runs, met) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(2)));
    let both = [[1, 2], [2, 1]].map(|[first, second]| {
        let (store, runs, met) = (ledger.store.clone(), runs.clone(), met.clone());
        tokio::spawn(async move {
            let job = async move |tx: &mut Tx| {
                let update = sql!("UPDATE account SET epoch = epoch + 1 WHERE id = ?1");
                tx.execute(update, &row![first]).await?;
                if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                    tokio::task::block_in_place(|| met.wait()); // each holds what the other wants
                }
                tx.execute(update, &row![second]).await
            };
            store.write("cross", job).await
        })
    });
    for end in both {
        assert_eq!(end.await.unwrap(), Ok::<_, StoreError>(1));
    }
    assert_eq!(runs.load(Ordering::SeqCst), 3);
    let epochs = async move |tx: &mut Tx| tx.query(sql!("SELECT epoch FROM account ORDER BY id"), &[]).await;
    let epochs = ledger.store.read("epochs", epochs).await.unwrap();
    assert_eq!(epochs.iter().map(|row| row.get(0)).collect::<Vec<_>>(), [Ok(3_i64), Ok(3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_that_does_not_end_is_told_after_twenty_attempts() {
    let ledger = postgres().await;
    let runs = Arc::new(AtomicU32::new(0));
    let job = {
        let runs = runs.clone();
        async move |tx: &mut Tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            tx.script("", "DO 'BEGIN RAISE EXCEPTION ''lost'' USING ERRCODE = ''serialization_failure''; END'").await
        }
    };
    assert_eq!(ledger.store.write("lose", job).await, Err(StoreError::Retry("lost".into())));
    assert_eq!(runs.load(Ordering::SeqCst), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_outlives_a_restart_and_what_was_answered_is_there() {
    let mut cluster = Cluster::start();
    let store = Store::postgres(schema_in(cluster.config()).await, 2).unwrap();
    let ledger = filled(Ledger { store, folder: None }).await;
    assert_eq!(ledger.store.write("add", async move |tx: &mut Tx| add(tx, 1).await).await, Ok(1));
    cluster.restart();
    assert_eq!(ledger.store.write("add", async move |tx: &mut Tx| add(tx, 2).await).await, Ok(1));
    cluster.stop();
    let away = ledger.store.write("add", async move |tx: &mut Tx| add(tx, 3).await).await;
    assert!(matches!(away, Err(StoreError::Lost(_))), "{away:?}");
    cluster.start_again();
    assert_eq!(count(&ledger.store).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_share_one_database() {
    let config = firebee_tests::postgres::schema().await;
    let one = filled(Ledger { store: Store::postgres(config.clone(), 2).unwrap(), folder: None }).await;
    let two = Store::postgres(config, 2).unwrap();
    assert_eq!(one.store.write("add", async move |tx: &mut Tx| add(tx, 1).await).await, Ok(1));
    assert_eq!(two.write("add", async move |tx: &mut Tx| add(tx, 2).await).await, Ok(1));
    assert_eq!((count(&one.store).await, count(&two).await), (2, 2));
}
