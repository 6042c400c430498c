//! What a team lead does: receive a dispatch, start the work, finish it (R-165…R-171).

mod finish;
mod look;
mod receive;
mod start;
mod step;

pub use finish::{FinishDispatch, FinishDispatchError};
pub use look::DispatchView;
pub use step::StepError;
