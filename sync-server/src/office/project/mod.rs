//! Projects: who has them on the phone, and their end.

pub(super) mod publish;
pub mod terminate;

pub use terminate::{Terminate, terminate};
