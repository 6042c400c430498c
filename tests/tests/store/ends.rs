//! How jobs end: panics, neighbours, callers that go away, the end of the store.

use crate::{
    both,
    fixture::{Ledger, add, count},
};
use firebee_server::store::{StoreError, Tx};
use firebee_server::{row, sql};
use futures_util::future::join_all;
use std::{future::Future as _, pin::pin, task::Context};

both! {
    a_panic_rolls_back_and_the_store_goes_on,
    jobs_do_not_undo_each_other,
    a_caller_that_goes_away_leaves_nothing_half_done,
    close_finishes_what_was_accepted,
    close_can_be_called_again,
}

async fn a_panic_rolls_back_and_the_store_goes_on(ledger: Ledger) {
    let store = &ledger.store;
    let boom = store.write("boom", async move |tx: &mut Tx| {
        add(tx, 1).await?;
        if tx.query_opt(sql!("SELECT 1"), &[]).await?.is_some() {
            panic!("boom");
        }
        Ok::<_, StoreError>(())
    });
    assert_eq!(boom.await, Err(StoreError::Bug("a job panicked: boom".into())));
    let read = store.read("boom", async move |_: &mut Tx| -> Result<(), StoreError> { panic!("too") }).await;
    assert_eq!(read, Err(StoreError::Bug("a job panicked: too".into())));
    assert_eq!(store.write("add", async move |tx: &mut Tx| add(tx, 2).await).await, Ok(1));
    assert_eq!(count(store).await, 1);
}

async fn jobs_do_not_undo_each_other(ledger: Ledger) {
    let jobs = (0..200).map(|i| {
        let store = ledger.store.clone();
        let job = async move |tx: &mut Tx| {
            add(tx, i).await?;
            match i % 4 {
                1 => Err(StoreError::Bug("refused".into())),
                2 => panic!("job {i}"),
                3 => tx.execute(sql!("INSRT"), &[]).await.map(drop),
                _ => Ok(()),
            }
        };
        tokio::spawn(async move { store.write("add", job).await.is_ok() })
    });
    let kept = join_all(jobs).await.into_iter().filter(|kept| *kept.as_ref().unwrap()).count();
    assert_eq!((kept, count(&ledger.store).await), (50, 50));
}

async fn a_caller_that_goes_away_leaves_nothing_half_done(ledger: Ledger) {
    for i in 0..50 {
        let job = async move |tx: &mut Tx| {
            add(tx, i).await?;
            add(tx, i + 100).await
        };
        let write = ledger.store.write("add_two", job);
        tokio::time::timeout(std::time::Duration::from_micros(u64::try_from(i).unwrap() * 40), write).await.ok();
    }
    assert_eq!(ledger.store.write("add", async move |tx: &mut Tx| add(tx, 99).await).await, Ok(1));
    let halves =
        sql!("SELECT seq FROM fact WHERE seq < 50 AND NOT EXISTS (SELECT 1 FROM fact b WHERE b.seq = fact.seq + 100)");
    assert_eq!(ledger.store.read("halves", async move |tx: &mut Tx| tx.query(halves, &row![]).await).await, Ok(vec![]));
}

async fn close_finishes_what_was_accepted(ledger: Ledger) {
    let jobs = (0..100).map(|i| {
        let store = ledger.store.clone();
        async move { store.write("add", async move |tx: &mut Tx| add(tx, i).await).await }
    });
    // Polled once, every job is accepted; nobody is yet told an end.
    let mut jobs = pin!(tokio::task::unconstrained(join_all(jobs)));
    let early = jobs.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()));
    assert!(early.is_pending());
    let (ends, ()) = tokio::join!(jobs, ledger.store.close());
    assert!(ends.iter().all(|end| matches!(end, Ok(1) | Err(StoreError::Closed))), "{ends:?}");
    if ledger.folder.is_some() {
        assert!(ends.iter().all(Result::is_ok), "the queue is first come, first served: {ends:?}");
    }
    let late = ledger.store.write("add", async move |tx: &mut Tx| add(tx, 500).await).await;
    assert_eq!(late, Err(StoreError::Closed));
    let late = ledger.store.read("add", async move |tx: &mut Tx| tx.query(sql!("SELECT 1"), &[]).await).await;
    assert_eq!(late, Err(StoreError::Closed));
}

async fn close_can_be_called_again(ledger: Ledger) {
    let clone = ledger.store.clone();
    tokio::join!(ledger.store.close(), clone.close());
    clone.close().await;
}
