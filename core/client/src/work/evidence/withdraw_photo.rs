//! Withdraws a photo: it stays, shown as withdrawn, and no longer counts.

use crate::work::{Evidence, Trouble, task::task_errors};
use firebee_domain::{
    account::Action,
    code::Code,
    evidence::PhotoWithdrawn,
    id::{FactId, TaskId},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};

/// Which photo, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawPhoto {
    /// The task.
    pub task: TaskId,
    /// The `photo.taken`.
    pub photo: FactId,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// Why a photo is not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawPhotoError {
    /// The reason is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(WithdrawPhotoError);

impl WithdrawPhotoError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Evidence {
    /// Withdraws a photo. Durable when this returns. Withdrawing a second time changes nothing.
    ///
    /// # Errors
    /// See [`WithdrawPhotoError`]; nothing was recorded.
    pub fn withdraw_photo(&self, input: &WithdrawPhoto) -> Result<(), WithdrawPhotoError> {
        let reason = text::clean(&input.reason, TEXT_MAX)?;
        self.0.act_on("withdraw_photo", input.task, Action::WithdrawPhoto, |acting, view| {
            let gone = |photo: &firebee_domain::evidence::Photo| photo.fact == input.photo && photo.withdrawn;
            if view.task.is_editable() && view.task.photos.iter().any(gone) {
                return Ok(());
            }
            let body = PhotoWithdrawn { photo: input.photo, reason: reason.clone() };
            acting.say::<WithdrawPhotoError>(view, body, Vec::new()).map(drop)
        })
    }
}
