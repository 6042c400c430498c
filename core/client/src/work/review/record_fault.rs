//! A lead completes the record of a fault.

use crate::work::{Review, Trouble, task::task_errors};
use firebee_domain::{
    account::Action,
    code::Code,
    fault::{FaultRecorded, Particulars, Removal},
    id::{FaultId, TaskId},
    task::TaskError,
    text::TextError,
    time::NEVER,
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
    /// Who has just confirmed that the fault is removed; empty for nobody. An earlier confirmation stands in `particulars`,
    /// with its instant.
    pub confirmed_by: String,
}

impl RecordFault {
    /// What is said, fit to keep, and whether the removal was just confirmed: then its instant is still open.
    fn said(&self) -> Result<(Particulars, bool), TextError> {
        let mut said = self.particulars.clone();
        let now = !self.confirmed_by.trim().is_empty();
        if now {
            said.removal = Some(Removal { confirmed_by: self.confirmed_by.clone(), at: NEVER });
        }
        Ok((said.checked()?, now))
    }
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
        let (said, confirmed_now) = input.said()?;
        self.0.act_on("record_fault", input.task, Action::HandleFault, |acting, view| {
            let particulars = said.clone().confirmed(confirmed_now.then_some(acting.clocks.wall_ms));
            let recorded = FaultRecorded { fault: input.fault, particulars };
            acting.say_as_lead::<RecordFaultError>(view, recorded, Vec::new()).map(drop)
        })
    }
}
