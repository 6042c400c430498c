//! What a lead does: look, handle faults, decide (R-150… …R-184).

mod decide;
mod decide_undecided;
mod handle_fault;
mod queue;
mod record_fault;
mod undecided;

pub use decide::{DecideError, DecideTask};
pub use decide_undecided::{DecideUndecided, DecideUndecidedError};
pub use handle_fault::{HandleFault, HandleFaultError};
pub use queue::QueuedTask;
pub use record_fault::{RecordFault, RecordFaultError};
pub use undecided::Undecided;
