//! Photos: take in, withdraw, look at.

use crate::{
    cancel::{CancelHandle, unless_cancelled},
    error::ClientError,
    noun::Noun,
};
use firebee_client::{
    screen::Purpose,
    work::{
        Evidence as CoreEvidence,
        evidence::{PhotoSource, TakePhoto, WithdrawPhoto},
    },
};
use firebee_domain::{
    evidence::{PhotoRole, PhotoSize},
    id::{FactId, RequestId, TaskId},
};
use std::sync::Arc;

/// What a photo is for.
#[uniffi::remote(Enum)]
pub enum PhotoRole {
    /// The submitter's selfie.
    Selfie,
    /// Shows a result.
    Evidence,
    /// The panel of the controller.
    Panel,
    /// A paper document.
    Paper,
    /// A system that is back in automatic.
    Restored,
    /// A site on which phones are forbidden, seen from outside.
    Outside,
}

/// A size in which a photo is kept.
#[uniffi::remote(Enum)]
pub enum PhotoSize {
    /// The bytes as the camera wrote them.
    Original,
    /// 1,600 px on the long side.
    Preview,
    /// 320 px on the long side.
    Thumbnail,
}

/// Which photo, and why.
#[uniffi::remote(Record)]
pub struct WithdrawPhoto {
    /// The task.
    pub task: TaskId,
    /// The `photo.taken`.
    pub photo: FactId,
    /// Why, in words; may be empty.
    #[uniffi(default)]
    pub reason: String,
}

/// Photos. The original's bytes are kept as they are; a call returns when they and the fact are on the disk.
/// A call that may be cancelled has a request, as those of a task do.
#[derive(uniffi::Object)]
pub struct Evidence(pub(crate) Noun<CoreEvidence>);

#[uniffi::export(async_runtime = "tokio")]
impl Evidence {
    /// Takes in the picture at `path`. The files are only read: the shell deletes them. Of a HEIC or AVIF picture, which
    /// the core cannot decode, the shell gives the path of a JPEG that shows the same, too.
    #[uniffi::method(default(preview_path = None, request = None))]
    pub async fn take_photo(
        &self,
        task: TaskId,
        purpose: Purpose,
        path: String,
        preview_path: Option<String>,
        request: Option<RequestId>,
    ) -> Result<FactId, ClientError> {
        let ordinal = purpose.instance.and_then(|instance| u32::try_from(instance.ordinal).ok());
        let item = purpose.instance.map(|instance| instance.item);
        let source = match preview_path {
            Some(preview) => PhotoSource::Previewed { original: path.into(), preview: preview.into() },
            None => PhotoSource::File(path.into()),
        };
        let input = TakePhoto { task, role: purpose.role, item, ordinal, source };
        self.0.once(request, move |evidence| evidence.take_photo(&input)).await
    }

    /// Withdraws a photo: it stays, and does not count any more.
    #[uniffi::method(default(request = None))]
    pub async fn withdraw_photo(&self, input: WithdrawPhoto, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |evidence| evidence.withdraw_photo(&input)).await
    }

    /// The path of a photo in a size, fetched from the server where another phone took it; nothing after a cancel. A second
    /// call goes on behind what came. Screens name the path from then on. The system may need the room: a fetched file can
    /// be gone later, and is fetched again.
    #[uniffi::method(default(cancel = None))]
    pub async fn fetch(
        &self,
        task: TaskId,
        photo: FactId,
        size: PhotoSize,
        cancel: Option<Arc<CancelHandle>>,
    ) -> Result<Option<String>, ClientError> {
        let client = self.0.client().clone();
        let fetched = self.0.driven(async move { client.fetch_photo(task, photo, size).await });
        let path = unless_cancelled(cancel, fetched).await.transpose()?;
        Ok(path.map(|path| path.display().to_string()))
    }
}
