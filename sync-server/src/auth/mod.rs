//! Who asks: the token that a phone's request bears, and the address that it comes from.

pub mod address;
pub mod bearer;

pub use bearer::Bearer;
