//! Projects: who has them on the phone, who leads them, where the instances of their facilities are, what their design
//! prescribes, and their end.

pub mod buildings;
pub mod change;
pub mod create;
mod design;
mod edit;
mod fence;
mod position;
mod positions;
pub(super) mod publish;
pub mod replace_lead;
pub mod set_witness;
mod systems;
mod take_back;
pub mod terminate;
mod typed;

pub use buildings::{BuildingTyped, BuildingsError, PutBuilding, RemoveBuilding};
pub use change::{Change, change};
pub use create::{Create, create};
pub use design::{EnterDesign, TakeBackDesign, enter_design, take_back_design};
pub use fence::{PutFence, RemoveFence, put_fence, remove_fence};
pub use position::{PutPosition, RemovePosition, put_position, remove_position};
pub use positions::{KeepPositions, keep_positions};
pub use replace_lead::{ReplaceLead, ReplaceLeadError, replace_lead};
pub use set_witness::{SetWitness, set_witness};
pub use systems::{TickSystems, TickSystemsError, tick_systems};
pub use take_back::{TakeBack, TakeBackError, take_back};
pub use terminate::{Terminate, terminate};
pub use typed::{ProjectTyped, TypedError};

pub(in crate::office) use buildings::{try_put as try_put_building, try_remove as try_remove_building};
pub(in crate::office) use change::{attempt as try_change, says_more};
pub(in crate::office) use create::attempt as try_create;
pub(in crate::office) use design::{try_enter as try_enter_design, try_take_back as try_take_back_design};
pub(in crate::office) use position::{try_put as try_put_position, try_remove as try_remove_position};
pub(in crate::office) use take_back::attempt as try_take_back;
