//! The owner's witness signs on site.

use crate::{
    evidence::{AttachError, attach},
    work::{Tasks, Trouble},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    task::{TaskError, WitnessSigned},
    text::{self, NAME_MAX, TextError},
};
use firebee_protocol::fact::{BlobRef, BlobRole};
use std::path::PathBuf;

/// Who signed, and the picture of the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignWitness {
    /// The task.
    pub task: TaskId,
    /// The witness's name.
    pub name: String,
    /// What the witness is at the owner.
    pub role: String,
    /// A picture: drawn with a finger, or a photo. The file is only read.
    pub signature: PathBuf,
}

/// Why a signature is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The picture of the signature is refused; nothing of it is left.
    #[error(transparent)]
    Picture(#[from] AttachError),
    /// A text is missing or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(WitnessError);

impl WitnessError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Picture(error) => error.code(),
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

const OPERATION: &str = "sign_witness";

impl Tasks {
    /// Records the witness and the signature; the last one counts. Picture and fact are durable when it returns.
    ///
    /// # Errors
    /// See [`WitnessError`]; nothing was recorded.
    pub fn witness(&self, input: &SignWitness) -> Result<(), WitnessError> {
        // Of a call that is repeated, the shell may have deleted the file already.
        if let Some(()) = self.0.before(OPERATION)? {
            return Ok(());
        }
        let (name, role) = (text::name(&input.name, NAME_MAX)?, text::name(&input.role, NAME_MAX)?);
        self.0.journal.may_capture().map_err(Trouble::from)?;
        let stored = attach(&self.0.blobs, &input.signature)?;
        if !stored.mime.is_picture() {
            return Err(AttachError::FormatUnsupported.into());
        }
        let blob = BlobRef { id: stored.id, len: stored.len, mime: stored.mime, role: BlobRole::Signature };
        let body = WitnessSigned { name, role, signature: stored.id };
        self.0.act_on(OPERATION, input.task, Action::TakeWitness, |acting, view| {
            acting.say::<WitnessError>(view, body.clone(), vec![blob.clone()]).map(drop)
        })
    }
}
