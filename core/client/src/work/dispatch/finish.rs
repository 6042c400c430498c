//! The team lead finishes the work, with an outcome, details and photos.

use crate::{
    changes::Change,
    evidence::AttachError,
    work::{Dispatches, Trouble, task::task_errors},
};
use firebee_domain::{
    code::Code,
    dispatch::{DispatchFinished, Outcome},
    id::DispatchId,
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};

/// What the work came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishDispatch {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What it came to.
    pub outcome: Outcome,
    /// What was found and done; required.
    pub details: String,
    /// Photos and PDFs that show it, as paths. They are only read.
    pub attachments: Vec<String>,
}

/// Why a completion is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum FinishDispatchError {
    /// The details are too long or hold what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A file is refused; nothing of it is left.
    #[error(transparent)]
    Attachment(#[from] AttachError),
    /// The dispatch refuses it: another state, another team lead, no details.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(FinishDispatchError);

impl FinishDispatchError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Attachment(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

const OPERATION: &str = "finish_dispatch";

impl Dispatches {
    /// Finishes the work on a dispatch. Durable when this returns, its files too.
    ///
    /// # Errors
    /// See [`FinishDispatchError`]; nothing was recorded.
    pub fn finish(&self, input: &FinishDispatch) -> Result<(), FinishDispatchError> {
        // The shell may have deleted the files since the first call of this request.
        if let Some(()) = self.0.before(OPERATION)? {
            return Ok(());
        }
        let details = text::clean(&input.details, TEXT_MAX)?;
        let attached = self.0.attach(&input.attachments)?;
        self.0.act(OPERATION, |acting| {
            let mut view = acting.dispatch_to_step::<FinishDispatchError>(input.dispatch)?;
            let body = DispatchFinished {
                dispatch: input.dispatch,
                outcome: input.outcome,
                details: details.clone(),
                attachments: attached.ids(),
            };
            acting.say_of_dispatch::<FinishDispatchError>(&mut view, body, attached.0.clone()).map(drop)
        })?;
        self.0.changes.tell(Change::Dispatch(input.dispatch));
        Ok(())
    }
}
