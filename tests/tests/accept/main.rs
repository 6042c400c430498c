//! What `accept` promises, on both engines: each behaviour is one function over a [`Firm`](firebee_tests::firm::Firm).
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod fixture;
mod push;
