//! Projects: who has them on the phone, where the instances of their facilities are, what their design prescribes, and
//! their end.

mod design;
mod positions;
pub(super) mod publish;
pub mod terminate;

pub use design::{EnterDesign, enter_design};
pub use positions::{KeepPositions, keep_positions};
pub use terminate::{Terminate, terminate};
