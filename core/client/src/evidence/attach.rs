//! Takes in a file that belongs to a decision or to the handling of a fault.

use super::{
    folder::{BlobFolder, FolderError, Streamed, Temp},
    intake::BlobMeta,
};
use firebee_domain::{code::Code, evidence::ATTACHMENT_BYTES_MAX};
use firebee_protocol::fact::Mime;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Why a file is not taken. After every error, nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// Neither a picture nor a PDF.
    #[error("the file is neither a picture nor a PDF")]
    FormatUnsupported,
    /// More than [`ATTACHMENT_BYTES_MAX`].
    #[error("the file is larger than 10 MiB")]
    TooLarge,
    /// The source could not be read, or the folder did not take it.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl AttachError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::FormatUnsupported => Code::AttachmentFormatUnsupported,
            Self::TooLarge => Code::AttachmentTooLarge,
            Self::Folder(error) => error.code(),
        }
    }
}

impl From<io::Error> for AttachError {
    fn from(error: io::Error) -> Self {
        Self::Folder(error.into())
    }
}

/// Stores the file at `path`, which is only read. After Ok its bytes are durable under their hash and a fact may name
/// them (protocol, "Blobs"). Its bytes decide what it is, not its name.
///
/// # Errors
/// See [`AttachError`].
pub fn attach(folder: &BlobFolder, path: &Path) -> Result<BlobMeta, AttachError> {
    let mut source = File::open(path).map_err(FolderError::Source)?;
    let mut temp = folder.temp()?;
    let mime = receive(&mut source, &mut temp)?;
    let [stored] = folder.adopt([temp])?;
    Ok(BlobMeta { id: stored.id, len: stored.len, mime })
}

fn receive(source: &mut impl Read, into: &mut Temp) -> Result<Mime, AttachError> {
    let sniff = |block: &[u8]| Mime::sniff(block).filter(|mime| mime.is_attachable());
    match into.receive(source, u64::from(ATTACHMENT_BYTES_MAX), sniff)? {
        Streamed::Whole(mime) => Ok(mime),
        Streamed::Empty | Streamed::Unknown => Err(AttachError::FormatUnsupported),
        Streamed::TooLarge => Err(AttachError::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Its code, and how many files lie in the folder afterwards.
    fn taken(bytes: &[u8]) -> (Result<Mime, Code>, usize) {
        let dir = tempfile::tempdir().unwrap();
        let (file, root) = (dir.path().join("picked"), dir.path().join("blobs"));
        fs::write(&file, bytes).unwrap();
        let folder = BlobFolder::open(root).unwrap();
        let taken = attach(&folder, &file).map(|meta| meta.mime).map_err(|error| error.code());
        (taken, folder.list().unwrap().len())
    }

    #[test]
    fn r_151_a_picture_or_a_pdf_is_taken_by_its_bytes_and_nothing_else_is() {
        assert_eq!(taken(b"%PDF-1.7\n..."), (Ok(Mime::Pdf), 1));
        assert_eq!(taken(b"\xff\xd8\xff\xe0 a photo"), (Ok(Mime::Jpeg), 1));
        for other in [&b"<html>"[..], b"PK\x03\x04", b"FBTRK1\n", b""] {
            assert_eq!(taken(other), (Err(Code::AttachmentFormatUnsupported), 0), "{other:?}");
        }
        let long = [b"%PDF-1.7".to_vec(), vec![0; 10 << 20]].concat();
        assert_eq!(taken(&long), (Err(Code::AttachmentTooLarge), 0));
        assert_eq!(taken(&long[..10 << 20]), (Ok(Mime::Pdf), 1));
    }
}
