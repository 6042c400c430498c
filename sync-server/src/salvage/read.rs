//! Reads the parts of an opened export file.

use super::{
    SalvageError,
    open::{Head, Opened, unreadable},
};
use crate::keys::ExportKey;
use bytes::Bytes;
use firebee_domain::id::{ContentId, StoreId};
use firebee_protocol::{export::ExportPart, json, limits::LIMITS, push::Frame};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

/// The most bytes of a line between parts.
const LINE_BYTES_MAX: usize = 512;

/// A part with its bytes.
pub(super) enum Part {
    Push(Bytes),
    Blob(ContentId, Bytes),
}

/// The parts of a file, one after the other.
pub(super) struct Parts {
    from: Opened<BufReader<File>>,
}

impl Parts {
    /// Opens a file for the firm of this key.
    pub(super) fn open(path: &Path, key: &ExportKey) -> Result<Self, SalvageError> {
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let head = Head::read(&mut file)?;
        if head.recipient != key.public {
            return Err(SalvageError::Foreign);
        }
        Ok(Self { from: Opened::new(file, &head, key)? })
    }

    /// The next part; `None` at the end, when nothing follows it.
    pub(super) fn next(&mut self) -> Result<Option<Part>, SalvageError> {
        let part = ExportPart::read(&self.line()?).ok_or(SalvageError::Unreadable)?;
        let most = match part {
            ExportPart::Push { .. } => u64::from(LIMITS.inflated_bytes_max),
            ExportPart::Blob { .. } => u64::from(LIMITS.blob_bytes_max),
            ExportPart::End => 0,
        };
        if part.len() > most {
            return Err(SalvageError::Unreadable);
        }
        let mut bytes = vec![0; usize::try_from(part.len()).map_err(|_| SalvageError::Unreadable)?];
        self.from.read_exact(&mut bytes).map_err(unreadable)?;
        match part {
            ExportPart::Push { .. } => Ok(Some(Part::Push(bytes.into()))),
            ExportPart::Blob { id, .. } => Ok(Some(Part::Blob(id, bytes.into()))),
            ExportPart::End if self.from.is_over().map_err(unreadable)? => Ok(None),
            ExportPart::End => Err(SalvageError::Unreadable),
        }
    }

    fn line(&mut self) -> Result<Vec<u8>, SalvageError> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            self.from.read_exact(&mut byte).map_err(unreadable)?;
            match byte {
                [b'\n'] => return Ok(line),
                [other] if line.len() < LINE_BYTES_MAX => line.push(other),
                [_] => return Err(SalvageError::Unreadable),
            }
        }
    }
}

/// What a file holds.
pub(super) struct Survey {
    /// The store of all its pushes; `None` when it holds blobs only.
    pub(super) store: Option<StoreId>,
    /// The epoch of its pushes.
    pub(super) epoch: u64,
}

/// Reads a whole file once, and takes nothing in: it is whole, its pushes are of one store and one epoch, its blobs are what they are
/// called.
pub(super) fn survey(path: &Path, key: &ExportKey) -> Result<Survey, SalvageError> {
    let mut parts = Parts::open(path, key)?;
    let mut found = Survey { store: None, epoch: 0 };
    while let Some(part) = parts.next()? {
        match part {
            Part::Push(body) => {
                let frame = frame(&body).ok_or(SalvageError::Unreadable)?;
                if found.store.is_some_and(|store| (store, found.epoch) != (frame.store_id, frame.epoch)) {
                    return Err(SalvageError::Unreadable);
                }
                found = Survey { store: Some(frame.store_id), epoch: frame.epoch };
            }
            Part::Blob(id, bytes) if Sha256::digest(&bytes)[..] == id.0 => {}
            Part::Blob(..) => return Err(SalvageError::Unreadable),
        }
    }
    Ok(found)
}

fn frame(body: &[u8]) -> Option<Frame> {
    let line = body.split(|byte| *byte == b'\n').next()?;
    json::check(line).ok()?;
    serde_json::from_slice(line).ok()
}

/// For whom a file is sealed.
pub(super) fn recipient(path: &Path) -> Result<[u8; firebee_protocol::export::KEY_BYTES], SalvageError> {
    Ok(Head::read(&mut File::open(path).map_err(unreadable)?)?.recipient)
}
