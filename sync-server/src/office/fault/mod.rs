//! Faults, handled from the console.

pub mod handle;
pub mod record;

pub use handle::{Handle, HandleError, handle};
pub use record::{Record, RecordError, record};
