//! Projects: who has them on the phone, who leads them, where the instances of their facilities are, what their design
//! prescribes, and their end.

pub mod buildings;
pub mod change;
pub mod create;
mod design;
mod fence;
mod positions;
pub(super) mod publish;
pub mod replace_lead;
pub mod set_witness;
mod systems;
pub mod terminate;
mod typed;

pub use buildings::{BuildingTyped, BuildingsError, PutBuilding, RemoveBuilding};
pub use change::{Change, change};
pub use create::{Create, create};
pub use design::{EnterDesign, enter_design};
pub use fence::{PutFence, RemoveFence, put_fence, remove_fence};
pub use positions::{KeepPositions, keep_positions};
pub use replace_lead::{ReplaceLead, ReplaceLeadError, replace_lead};
pub use set_witness::{SetWitness, set_witness};
pub use systems::{TickSystems, TickSystemsError, tick_systems};
pub use terminate::{Terminate, terminate};
pub use typed::{ProjectTyped, TypedError};
