//! What a lead does: look, handle faults, decide (R-150… …R-184).

mod decide;
mod handle_fault;
mod queue;
mod record_fault;

pub use decide::{DecideError, DecideTask};
pub use handle_fault::{HandleFault, HandleFaultError};
pub use queue::QueuedTask;
pub use record_fault::{RecordFault, RecordFaultError};
