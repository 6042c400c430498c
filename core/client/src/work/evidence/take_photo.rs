//! Takes a photo: first its three blobs become durable, then the fact that names them.

use crate::{
    evidence::{BlobMeta, Intake, IntakeError, intake, intake_file, intake_with_preview},
    work::{Evidence, Trouble, task::task_errors},
};
use firebee_domain::{
    account::Action,
    code::Code,
    evidence::{PhotoRole, PhotoTaken},
    id::{FactId, PlanItemId, TaskId},
    task::TaskError,
};
use firebee_protocol::fact::{BlobRef, BlobRole};
use std::path::PathBuf;

/// Where the picture's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoSource {
    /// In a file, which is only read.
    File(PathBuf),
    /// In a file, with a JPEG, PNG or WebP that shows the same. Both are only read. The preview is used when the original
    /// cannot be decoded here: HEIC, AVIF, and what takes too much memory.
    Previewed {
        /// The picture.
        original: PathBuf,
        /// What shows the same, upright.
        preview: PathBuf,
    },
    /// In memory.
    Bytes(Vec<u8>),
}

/// A photo for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakePhoto {
    /// The task.
    pub task: TaskId,
    /// What it is for.
    pub role: PhotoRole,
    /// The plan item it shows, for evidence of a result.
    pub item: Option<PlanItemId>,
    /// The instance it shows; `None` is 1.
    pub ordinal: Option<u32>,
    /// The picture.
    pub source: PhotoSource,
}

/// Why a photo is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakePhotoError {
    /// The picture is refused; nothing of it is left.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(TakePhotoError);

impl TakePhotoError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Intake(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

const OPERATION: &str = "take_photo";

impl Evidence {
    /// Takes a photo for a task. Original, preview, thumbnail and fact are durable when this returns. It blocks while
    /// decoding; other calls run meanwhile.
    ///
    /// # Errors
    /// See [`TakePhotoError`]; no fact was recorded, and written files are removed at the next start at the latest.
    pub fn take_photo(&self, input: &TakePhoto) -> Result<FactId, TakePhotoError> {
        // Of a call that is repeated, the shell may have deleted the files already.
        if let Some(taken) = self.0.before(OPERATION)? {
            return Ok(taken);
        }
        self.refuse_early(input)?;
        let _taking = self.0.taking();
        let taken = match &input.source {
            PhotoSource::File(path) => intake_file(&self.0.blobs, path)?,
            PhotoSource::Previewed { original, preview } => intake_with_preview(&self.0.blobs, original, preview)?,
            PhotoSource::Bytes(bytes) => intake(&self.0.blobs, &mut bytes.as_slice())?,
        };
        let mut blobs = vec![
            blob(taken.original, BlobRole::Original),
            blob(taken.preview, BlobRole::Preview),
            blob(taken.thumbnail, BlobRole::Thumb),
        ];
        // The preview of a tiny picture is its thumbnail: one blob, announced once.
        blobs.dedup_by_key(|blob| blob.id);
        self.0.act_on(OPERATION, input.task, Action::TakePhoto, |acting, view| {
            Ok(acting.say::<TakePhotoError>(view, Box::new(photo_of(input, &taken)), blobs.clone())?.id)
        })
    }

    /// What is surely refused is refused before the picture is decoded.
    fn refuse_early(&self, input: &TakePhoto) -> Result<(), TakePhotoError> {
        self.0.make_room().map_err(Trouble::from)?;
        self.0.look(|eyes| {
            let view = eyes.task(input.task)?.ok_or(TaskError::Unknown)?;
            eyes.permit(Action::TakePhoto, view.task.project, view.task.executor == eyes.me)?;
            view.task.takes_records()?;
            match input.item {
                Some(item) if view.task.item(item).is_none() => Err(TaskError::ItemNotInTask.into()),
                _ => Ok(()),
            }
        })
    }
}

const fn blob(meta: BlobMeta, role: BlobRole) -> BlobRef {
    BlobRef { id: meta.id, len: meta.len, mime: meta.mime, role }
}

fn photo_of(input: &TakePhoto, taken: &Intake) -> PhotoTaken {
    PhotoTaken {
        role: input.role,
        item: input.item,
        ordinal: input.item.map(|_| input.ordinal.unwrap_or(1)),
        original: taken.original.id,
        preview: taken.preview.id,
        thumbnail: taken.thumbnail.id,
        exif: taken.exif.fact(),
    }
}
