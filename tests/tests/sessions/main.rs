//! Signing in and out, one device an account, on both engines, through the real router.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod claim;
mod described;
mod firm;
mod refresh;
mod release;
mod remedies;
mod sign_in;
mod start;

pub use firebee_tests::both;
