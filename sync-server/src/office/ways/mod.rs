//! How a firm works, as its manager sets it.

mod change;

pub use change::{ChangeWays, ChangeWaysError, change};
