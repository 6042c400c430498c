//! Takes a file that somebody sends with a form of the console.

use super::{Incoming, ReceiveError, Uploads, put};
use crate::{
    blobs::BlobKey,
    evidence::blob::{Delivery, bring},
    org::Org,
    store::StoreError,
};
use bytes::Bytes;
use firebee_domain::{
    code::Code,
    evidence::{ATTACHMENT_BYTES_MAX, ATTACHMENT_MIB_MAX},
    id::{AccountId, ContentId, StoreId},
};
use firebee_protocol::{
    fact::Mime,
    media::SNIFF_BYTES,
    text::{Arg, named::Values},
};
use sha2::{Digest as _, Sha256};

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// Its bytes are of no type that is taken here.
    #[error("the file is of no type that is taken here")]
    FormatUnsupported,
    /// More than [`ATTACHMENT_BYTES_MAX`].
    #[error("the file is larger than 10 MiB")]
    TooLarge,
    /// The folder of the blobs.
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AttachError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::FormatUnsupported => Code::AttachmentFormatUnsupported,
            Self::TooLarge => Code::AttachmentTooLarge,
            Self::Receive(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    /// What the sentences of that code name.
    pub fn values(&self) -> Values {
        match self {
            Self::TooLarge => vec![("max", Arg::from(ATTACHMENT_MIB_MAX))],
            Self::FormatUnsupported | Self::Receive(_) | Self::Store(_) => Values::new(),
        }
    }
}

/// The bytes of a file while they come; never more than one file may have.
#[derive(Debug, Default)]
pub struct Attaching {
    chunks: Vec<Bytes>,
    len: u64,
}

impl Attaching {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`AttachError::TooLarge`].
    pub fn push(&mut self, chunk: Bytes) -> Result<(), AttachError> {
        self.len += chunk.len() as u64;
        if self.len > u64::from(ATTACHMENT_BYTES_MAX) {
            self.chunks.clear();
            return Err(AttachError::TooLarge);
        }
        self.chunks.push(chunk);
        Ok(())
    }

    /// Whether nothing has come.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// Stores a file under its hash, if it is of a type that is taken here. Its bytes decide what it is. Afterwards `account` may name it in an act.
///
/// # Errors
/// See [`AttachError`].
pub async fn attach(
    uploads: &Uploads,
    org: Org,
    account: AccountId,
    (file, takes): (Attaching, fn(Mime) -> bool),
) -> Result<ContentId, AttachError> {
    let Attaching { chunks, len } = file;
    let start: Vec<u8> = chunks.iter().flatten().copied().take(SNIFF_BYTES).collect();
    let mime = Mime::sniff(&start).filter(|mime| takes(*mime)).ok_or(AttachError::FormatUnsupported)?;
    let mut hasher = Sha256::new();
    chunks.iter().for_each(|chunk| hasher.update(chunk));
    let key = BlobKey { org, id: ContentId(hasher.finalize().into()) };
    bring(&uploads.store, key, account, (len, mime)).await?;
    let body = Incoming::new(futures_util::stream::iter(chunks.into_iter().map(Ok)), Some(len));
    // The reception must run to its end, also when the browser goes away.
    // No phone's store has the id of an account: what the office sends lies beside every phone's pieces.
    let delivery = Delivery { key, store: StoreId(account.0), account };
    let received = tokio::spawn(put(uploads.clone(), delivery, body)).await;
    received.map_err(|_| StoreError::Lost("the reception of a file was cut off".into()))??;
    Ok(key.id)
}
