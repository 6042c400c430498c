//! A lead decides on the round that waits (R-150… ).

use crate::{
    evidence::AttachError,
    work::{Review, Trouble, task::task_errors},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{Hash, TaskId},
    review::{Decision, ReviewDecided},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};

/// A decision about what the lead looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideTask {
    /// The task.
    pub task: TaskId,
    /// The round that was looked at.
    pub round: u32,
    /// The manifest that was looked at.
    pub manifest_hash: Hash,
    /// Approved or rejected.
    pub decision: Decision,
    /// The opinion; required for a rejection.
    pub opinion: String,
    /// Files that belong to it: pictures or PDFs. They are only read.
    pub attachments: Vec<String>,
}

/// Why a decision is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// the holder is surely no registered engineer today, by the server's clock as the phone knows it.
    #[error("the reviewer is not qualified")]
    ReviewerNotQualified,
    /// The opinion is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A file is refused; nothing of it is left.
    #[error(transparent)]
    Attachment(#[from] AttachError),
    /// The state machine refuses it: unhandled faults, evidence on its way, another round, no opinion.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(DecideError);

impl DecideError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::ReviewerNotQualified => Code::ReviewerNotQualified,
            Self::Text(error) => error.code(),
            Self::Attachment(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

const OPERATION: &str = "decide_task";

impl Review {
    /// Approves or rejects the round that was looked at. Durable when this returns. When two leads decide at once, the
    /// decision that the server accepts first counts.
    ///
    /// # Errors
    /// See [`DecideError`]; nothing was recorded.
    pub fn decide(&self, input: &DecideTask) -> Result<(), DecideError> {
        let _taking = self.0.taking();
        // The shell may have deleted the files since the first call of this request.
        if let Some(()) = self.0.before(OPERATION)? {
            return Ok(());
        }
        let opinion = text::clean(&input.opinion, TEXT_MAX)?;
        let attached = self.0.attach(&input.attachments)?;
        self.0.act_on(OPERATION, input.task, Action::ReviewTask, |acting, view| {
            if !acting.may_review_today()? {
                return Err(DecideError::ReviewerNotQualified);
            }
            let decided = ReviewDecided {
                round: input.round,
                manifest_hash: input.manifest_hash,
                decision: input.decision,
                opinion: opinion.clone(),
                attachments: attached.ids(),
            };
            acting.say_as_lead::<DecideError>(view, decided, attached.0.clone()).map(drop)
        })
    }
}
