//! A lead completes the record of a fault.

use crate::work::{Review, Trouble, task::task_errors};
use firebee_domain::{
    account::Action,
    code::Code,
    fault::{FaultRecorded, Particulars},
    id::{FaultId, TaskId},
    task::TaskError,
    text::TextError,
};

/// Which fault, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFault {
    /// The task that found it.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// What is known of it by now. What is left out stays as it was said before.
    pub particulars: Particulars,
}

/// Why a record stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFaultError {
    /// A text is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The fault refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(RecordFaultError);

impl RecordFaultError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Review {
    /// Completes the record of a fault, in any round and after the approval of its task. Durable when this returns.
    ///
    /// # Errors
    /// See [`RecordFaultError`]; nothing was recorded.
    pub fn record_fault(&self, input: &RecordFault) -> Result<(), RecordFaultError> {
        let particulars = input.particulars.clone().checked()?;
        self.0.act_on("record_fault", input.task, Action::HandleFault, |acting, view| {
            let recorded = FaultRecorded { fault: input.fault, particulars: particulars.clone() };
            acting.say_as_lead::<RecordFaultError>(view, recorded, Vec::new()).map(drop)
        })
    }
}
