//! What came late: a lead or manager decides on it.

mod decide;

pub use decide::{Decide, decide};
