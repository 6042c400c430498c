//! Writes an export file: what this phone has that the server lacks, for an administrator who takes it in by the same way
//! as a push. For a phone that cannot reach the server.

use super::{
    batch::{Batch, BatchError},
    seal::Sealer,
};
use crate::{
    disk::is_full,
    journal::{BlobRow, FactLine, JournalError, Session},
    ports::SignerError,
    session::Server,
};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::{
    chain::ChainPoint,
    encode::{from_base64, to_base64},
    export::{ExportPart, KEY_BYTES},
    limits::LIMITS,
    sign::head_text,
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, BufWriter, Read, Write},
    path::Path,
};

/// What an export file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Records.
    pub facts: i64,
    /// Files.
    pub blobs: i64,
    /// Files that the phone has lost or whose bytes are wrong; they are not in it.
    pub blobs_lost: i64,
    /// Bytes of the file.
    pub bytes: i64,
}

/// Why there is no export file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Nobody has signed in here yet.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The phone has not been told for whom to seal it.
    #[error("the phone does not know the server's recipient key")]
    RecipientMissing,
    /// Everything is on the server.
    #[error("nothing is unsent")]
    NothingUnsent,
    /// A line was freed meanwhile, because a push had made it safe on the server. Another export leaves it out.
    #[error("a line is not on the phone any more")]
    Collected,
    /// The key cannot sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The file cannot be written.
    #[error("the file cannot be written: {reason}")]
    Storage {
        /// What the system said, for the log.
        reason: String,
        /// Whether there is no room.
        full: bool,
    },
}

impl ExportError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotSignedIn => Code::NotSignedIn,
            Self::RecipientMissing => Code::RecipientMissing,
            Self::NothingUnsent => Code::NothingUnsent,
            Self::Collected => Code::Internal,
            Self::Signer(error) => error.code(),
            Self::Journal(error) => error.code(),
            Self::Storage { full: true, .. } => Code::DiskFull,
            Self::Storage { full: false, .. } => Code::StorageFailed,
        }
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Storage { reason: error.to_string(), full: is_full(&error) }
    }
}

impl From<BatchError> for ExportError {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Collected => Self::Collected,
            BatchError::Empty | BatchError::Compressor => Self::Storage { reason: error.to_string(), full: false },
        }
    }
}

/// A count as a shell takes it.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Writes the file. It appears under its name when it is whole and on the disk. Nothing on the phone changes: when it meets
/// the server after all, it sends the same again, and nothing is doubled.
pub(super) fn export(server: &Server, to: &Path) -> Result<Exported, ExportError> {
    let journal = &server.core.journal;
    let (session, acked, head, blobs) = journal.read::<_, JournalError>("export", |rows| {
        let (acked, head) = (rows.marks()?.acked_through, rows.head(journal.identity())?);
        Ok((rows.session()?, acked, ChainPoint { seq: head.seq, chain: head.chain }, rows.unsent_blob_rows()?))
    })?;
    let session = session.filter(|held| held.account.is_some()).ok_or(ExportError::NotSignedIn)?;
    if acked >= head.seq && blobs.is_empty() {
        return Err(ExportError::NothingUnsent);
    }
    let recipient = session.recipient.as_deref().and_then(from_base64::<KEY_BYTES>);
    let recipient = recipient.ok_or(ExportError::RecipientMissing)?;
    let unfinished = to.with_extension("unfinished");
    let written = write(server, (&session, acked, head), &blobs, &recipient, &unfinished);
    let named = written.and_then(|exported| {
        fs::rename(&unfinished, to)?;
        Ok(exported)
    });
    let exported = named.inspect_err(|_| {
        // What could not be finished helps nobody; that it cannot be removed either is not the user's concern.
        let _ = fs::remove_file(&unfinished);
    })?;
    if let Some(folder) = to.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(exported)
}

fn write(
    server: &Server,
    (session, acked, head): (&Session, u64, ChainPoint),
    blobs: &[BlobRow],
    recipient: &[u8; KEY_BYTES],
    to: &Path,
) -> Result<Exported, ExportError> {
    let mut sealer = Sealer::begin(BufWriter::new(fs::File::create(to)?), recipient)?;
    let mut next = acked.saturating_add(1);
    while next <= head.seq {
        let most = u64::from(LIMITS.inflated_bytes_max) / 2;
        let mut lines: Vec<FactLine> = server
            .core
            .journal
            .read::<_, JournalError>("export_lines", |rows| rows.lines_from(next, LIMITS.facts_max, most))?;
        lines.retain(|line| line.seq <= head.seq);
        let Some(last) = lines.last().map(|line| line.seq) else { break };
        put(&mut sealer, &push(server, session, head, &lines)?)?;
        next = last.saturating_add(1);
    }
    let facts = signed(next.saturating_sub(acked).saturating_sub(1));
    let mut exported = Exported { facts, blobs: 0, blobs_lost: 0, bytes: 0 };
    for blob in blobs {
        if put_blob(server, &mut sealer, blob)? {
            exported.blobs += 1;
        } else {
            exported.blobs_lost += 1;
        }
    }
    sealer.write_all(&ExportPart::End.to_line().map_err(io::Error::other)?)?;
    let file = sealer.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    exported.bytes = signed(file.metadata()?.len());
    Ok(exported)
}

/// The body of a push, signed like any other.
fn push(server: &Server, session: &Session, head: ChainPoint, lines: &[FactLine]) -> Result<Vec<u8>, ExportError> {
    let identity = server.core.journal.identity();
    let newest = lines.last().ok_or(BatchError::Empty)?.seq;
    let chain = server.core.journal.read::<_, JournalError>("export_chain", |rows| rows.chain_at(identity, newest))?;
    let chain = chain.ok_or(BatchError::Collected)?;
    let text = head_text(identity.store_id, &head, &ChainPoint { seq: newest, chain });
    let sig = to_base64(&server.core.ports.signer.sign(&identity.key_alias, &text)?);
    let batch = Batch { store: identity.store_id, epoch: session.epoch, head, lines };
    Ok(batch.body(Some(sig))?)
}

fn put(sealer: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let part = ExportPart::Push { len: body.len() as u64 };
    sealer.write_all(&part.to_line().map_err(io::Error::other)?)?;
    sealer.write_all(body)
}

/// Puts a blob in, unless its file is gone or has other bytes than its name says: the server refuses a file that holds one.
fn put_blob(server: &Server, sealer: &mut impl Write, blob: &BlobRow) -> io::Result<bool> {
    let blobs = &server.core.blobs;
    if blobs.len(blob.id)? != Some(blob.len) {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    blobs.read(blob.id)?.take(blob.len.saturating_add(1)).read_to_end(&mut bytes)?;
    if ContentId(Sha256::digest(&bytes).into()) != blob.id {
        return Ok(false);
    }
    let part = ExportPart::Blob { id: blob.id, len: blob.len };
    sealer.write_all(&part.to_line().map_err(io::Error::other)?)?;
    sealer.write_all(&bytes)?;
    Ok(true)
}
