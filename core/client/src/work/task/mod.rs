//! The executor's side of a task.

mod choose;
mod confirm_line;
mod describe;
mod discard;
mod draft;
mod form;
mod hand_over;
mod isolate;
mod look;
mod move_result;
mod record_each;
mod record_result;
mod rest_conform;
mod restore;
mod start;
mod start_outside_plan;
mod submit;
mod witness;

pub use confirm_line::{ConfirmLine, ConfirmLineError};
pub use describe::{DescribeError, DescribeTask};
pub use discard::{DiscardError, DiscardTask};
pub use draft::Draft;
pub(crate) use draft::Weighed;
pub use form::{FormError, ItemForm, Proposed};
pub use hand_over::{HandOverError, HandOverTask};
pub use isolate::{IsolateError, IsolateSystem};
pub use look::{TaskFilter, TaskSummary};
pub use move_result::MoveResult;
pub(crate) use move_result::{elsewhere, movable};
pub use record_each::{Measured, RecordEach};
pub(crate) use record_result::compose;
pub use record_result::{RecordResult, RecordResultError};
pub use rest_conform::{RestConform, RestRecorded};
pub use restore::{ConfirmRestore, RestoreError};
pub use start::{StartTask, StartTaskError};
pub use start_outside_plan::{StartMismatch, StartSupplementary};
pub use submit::{SubmitError, SubmitTask, Submitted};
pub use witness::{SignWitness, WitnessError};

/// Adds the errors that all acts on a task share: refusals of the state machine, and trouble with the stores.
macro_rules! task_errors {
    ($($error:ty),*) => { $(
        impl From<firebee_domain::task::TaskError> for $error {
            fn from(error: firebee_domain::task::TaskError) -> Self {
                Self::Task(error)
            }
        }
        impl From<crate::work::Trouble> for $error {
            fn from(error: crate::work::Trouble) -> Self {
                Self::Trouble(error)
            }
        }
    )* };
}
pub(crate) use task_errors;
