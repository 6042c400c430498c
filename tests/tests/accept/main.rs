//! What `accept` promises, on both engines: each behaviour is one function over a [`Firm`](firebee_tests::firm::Firm).
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test may fail"
)]

mod coverage;
mod decisions;
mod dispatch;
mod ended;
mod export;
mod faults;
mod feed;
mod firms;
mod fixture;
mod notes;
mod outside_plan;
mod poison;
mod practice;
mod push;
mod quarantine;
mod scope;
mod split;
mod tasks;
mod together;
mod trusted_time;
mod verdicts;
