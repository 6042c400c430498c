//! Reviews from the console.

pub mod decide;

pub use decide::{Decide, DecideError, decide};
