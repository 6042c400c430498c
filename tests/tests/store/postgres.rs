//! What only PostgreSQL does: many servers contend, and it may go away and come back.

use crate::fixture::{Ledger, add, count, filled, postgres};
use firebee_server::store::{Store, StoreError, Tx};
use firebee_server::{row, sql};
use firebee_tests::postgres::{Cluster, schema_in};
use std::sync::{
    Arc, Barrier,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

/// Fails as a transaction that lost against another.
const LOST: &str = "DO 'BEGIN RAISE EXCEPTION ''lost'' USING ERRCODE = ''serialization_failure''; END'";

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
            tx.script("", LOST).await
        }
    };
    assert_eq!(ledger.store.write("lose", job).await, Err(StoreError::Retry("lost".into())));
    assert_eq!(runs.load(Ordering::SeqCst), 20);
}

/// Else a long write would lose against short ones for ever, where every conflict ends a transaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_write_that_lost_several_times_runs_while_no_other_does() {
    let ledger = postgres().await;
    let (others, ended) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
    let read = sql!("SELECT epoch FROM account");
    let running = (0..3).map(|_| {
        let (store, others, ended) = (ledger.store.clone(), others.clone(), ended.clone());
        tokio::spawn(async move {
            while !ended.load(Ordering::SeqCst) {
                let others = others.clone();
                let job = async move |tx: &mut Tx| {
                    others.fetch_add(1, Ordering::SeqCst);
                    let found = tx.query(read, &[]).await.map(drop);
                    others.fetch_sub(1, Ordering::SeqCst);
                    found
                };
                store.write::<_, StoreError, _>("short", job).await.unwrap();
            }
        })
    });
    let running: Vec<_> = running.collect();
    let attempts = Arc::new(AtomicU32::new(0));
    let job = async move |tx: &mut Tx| {
        if attempts.fetch_add(1, Ordering::SeqCst) < 3 {
            tx.script("", LOST).await?;
        }
        let mut met = 0;
        for _ in 0..50 {
            tx.query(read, &[]).await?;
            met += others.load(Ordering::SeqCst);
        }
        Ok::<_, StoreError>(met)
    };
    assert_eq!(ledger.store.write("long", job).await, Ok(0));
    ended.store(true, Ordering::SeqCst);
    for other in running {
        other.await.unwrap();
    }
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
