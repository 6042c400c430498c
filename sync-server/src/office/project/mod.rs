//! Projects: who has them on the phone, who leads them, where the instances of their facilities are, what their design
//! prescribes, and their end.

mod design;
mod fence;
mod positions;
pub(super) mod publish;
pub mod replace_lead;
pub mod set_witness;
pub mod terminate;

pub use design::{EnterDesign, enter_design};
pub use fence::{PutFence, RemoveFence, put_fence, remove_fence};
pub use positions::{KeepPositions, keep_positions};
pub use replace_lead::{ReplaceLead, ReplaceLeadError, replace_lead};
pub use set_witness::{SetWitness, set_witness};
pub use terminate::{Terminate, terminate};
