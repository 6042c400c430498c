//! The result of one test item on one instance.

mod verdict;

pub use verdict::{Verdict, VerdictError};
