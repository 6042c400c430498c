//! Strangers who try passwords.

use crate::process::Process;
use firebee_tests::office::PASSWORD;
use std::{sync::Arc, time::Instant};
use tokio::task::JoinSet;

/// A hash takes 19 MiB. Whatever strangers do, two are computed at once, in memory that is used again; each address
/// gets its turn.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_hundred_strangers_cost_little_memory_and_keep_nobody_waiting() {
    let server = Arc::new(Process::start(4_096).await);
    // Two at once bring in the program's own pages and the memory of two hashes; what is measured is what strangers add.
    let first = server.sign_in([127, 0, 0, 9], "qian", PASSWORD);
    let ((welcome, _), (wrong, _)) = tokio::join!(first, server.sign_in([127, 0, 1, 1], "nobody", "a wrong one"));
    assert_eq!((welcome, wrong), (303, 422));
    let [before, _] = server.memory_mb();
    let mut strangers = JoinSet::new();
    for n in 0..400_u16 {
        let (server, address) = (Arc::clone(&server), [127, 0, 1, u8::try_from(n % 4).unwrap() + 1]);
        strangers.spawn(async move { server.sign_in(address, &format!("nobody{n}"), "a wrong one").await.0 });
    }
    let (started, mut honest) = (Instant::now(), Vec::new());
    while !strangers.is_empty() {
        let (status, took) = server.sign_in([127, 0, 0, 9], "qian", PASSWORD).await;
        assert_eq!(status, 303);
        honest.push(took);
        while let Some(refused) = strangers.try_join_next() {
            assert_eq!(refused.unwrap(), 422);
        }
    }
    let (took, [after, most]) = (started.elapsed(), server.memory_mb());
    honest.sort_unstable();
    // The machine may do other things, so the usual one is compared with the time that all strangers take. One that
    // stood behind them would take as long.
    let (count, usual, slowest) = (honest.len(), honest[honest.len() / 2], honest.last().unwrap());
    println!("{before} MB before, {after} MB after and {most} MB during 400 strangers in {took:?}");
    println!("{count} honest sign-ins meanwhile: median {usual:?}, slowest {slowest:?}");
    // How large the program itself is says nothing about them; the benchmark measures the whole of a release build.
    assert!(most < before + 40, "{before} MB, then {most} MB");
    assert!(usual * 6 < took, "{usual:?} of {took:?}");
}
