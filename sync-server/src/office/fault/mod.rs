//! Faults, handled from the console.

pub mod handle;

pub use handle::{Handle, HandleError, handle};
