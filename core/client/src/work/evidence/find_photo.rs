//! Where a photo is, for somebody who wants to look at it.

use crate::work::{Evidence, Trouble, task::task_errors};
use firebee_domain::{
    account::Action,
    code::Code,
    evidence::{PhotoRole, PhotoSize},
    id::{ContentId, FactId, TaskId},
    task::{TaskError, TaskState},
};
use std::path::PathBuf;

/// Where a photo is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoPlace {
    /// On this phone, at this path.
    Here(PathBuf),
    /// On the server, under this hash.
    OnServer(ContentId),
}

/// Why a photo is not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindPhotoError {
    /// The phone that took it has not sent it yet.
    #[error("the photo has not reached the server")]
    OnItsWay,
    /// The task or the photo is not known here.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(FindPhotoError);

impl FindPhotoError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::OnItsWay => Code::PhotoOnItsWay,
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Evidence {
    /// Where a photo is in this size.
    ///
    /// # Errors
    /// See [`FindPhotoError`]; `not_permitted` where the account may not look at it.
    pub fn find_photo(&self, task: TaskId, photo: FactId, size: PhotoSize) -> Result<PhotoPlace, FindPhotoError> {
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            let held = view.task.photos.iter().find(|held| held.fact == photo).ok_or(TaskError::PhotoUnknown)?;
            let (own, state) = (view.task.executor == eyes.me, view.task.state);
            let action = size.action(held.taken.role == PhotoRole::Selfie, state == TaskState::Approved);
            eyes.permit(action, view.task.project, own)?;
            if state == TaskState::Discarded && !own {
                eyes.permit(Action::ReadDiscardedTask, view.task.project, own)?;
            }
            let blob = held.taken.blob(size);
            match eyes.core.file(blob) {
                Some(path) => Ok(PhotoPlace::Here(path)),
                None if view.evidence.coming().any(|coming| *coming == blob) => Err(FindPhotoError::OnItsWay),
                None => Ok(PhotoPlace::OnServer(blob)),
            }
        })
    }
}
