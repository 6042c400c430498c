//! What the administrator of the server sets for its region.

mod set;

pub use set::{SetRegionError, set};
