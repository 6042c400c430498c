//! The rows of blobs: the offset of each, and the consequences when one is complete.

mod advance;
mod size;
mod verify;

pub use advance::advance;
pub use size::size;
pub use verify::{Whole, verify};
