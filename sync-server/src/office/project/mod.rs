//! Projects: who has them on the phone, who leads them, and their end.

pub(super) mod publish;
pub mod replace_lead;
pub mod set_witness;
pub mod terminate;

pub use replace_lead::{ReplaceLead, ReplaceLeadError, replace_lead};
pub use set_witness::{SetWitness, set_witness};
pub use terminate::{Terminate, terminate};
