//! The views of lists that people name for themselves. They are no acts of the firm, so the work log has none.

mod forget;
mod keep;

pub use forget::forget;
pub use keep::{Keep, KeepError, keep};

/// The most views of a person.
pub const VIEWS_MAX: u64 = 100;
/// The most characters of an address.
const ADDRESS_MAX: u32 = 2_000;
