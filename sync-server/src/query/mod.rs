//! Reads, filtered by who asks.

mod pull;

pub use pull::{PullError, PullRequest, pull};
