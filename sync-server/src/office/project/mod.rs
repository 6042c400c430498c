//! Projects: who has them on the phone, and their end.

pub(super) mod publish;
pub mod set_witness;
pub mod terminate;

pub use set_witness::{SetWitness, set_witness};
pub use terminate::{Terminate, terminate};
