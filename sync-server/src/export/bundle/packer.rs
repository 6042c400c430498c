//! An archive that is written as somebody takes it: it holds one piece of one file at a time, and never goes back.

use crate::store::StoreError;
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::mpsc;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// Pieces that wait for a slow reader.
pub(super) const PIECES_WAITING: usize = 4;

/// Why nothing more is written.
#[derive(Debug, thiserror::Error)]
pub(super) enum PackError {
    /// Nobody takes it any more.
    #[error("the reader went away")]
    Gone,
    /// The database or the disk failed: the archive is cut off.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<io::Error> for PackError {
    fn from(error: io::Error) -> Self {
        Self::Store(StoreError::Lost(error.to_string()))
    }
}

impl From<zip::result::ZipError> for PackError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Store(StoreError::Lost(error.to_string()))
    }
}

/// What the archive has written and nobody has taken yet.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file of the archive, as the manifest lists it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Listed {
    name: String,
    bytes: u64,
    sha256: String,
}

/// The archive while it is written.
pub(super) struct Packer {
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    to: mpsc::Sender<Result<Bytes, StoreError>>,
    open: Option<(String, u64, Sha256)>,
    /// The files that are whole.
    pub(super) files: Vec<Listed>,
}

impl Packer {
    pub(super) fn new(to: mpsc::Sender<Result<Bytes, StoreError>>) -> Self {
        let pipe = Pipe::default();
        Self { zip: ZipWriter::new_stream(pipe.clone()), pipe, to, open: None, files: Vec::new() }
    }

    /// Begins a file. What is packed already, such as a photo, is stored as it is.
    pub(super) fn begin(&mut self, name: String, packed: bool) -> Result<(), PackError> {
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        self.zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method))?;
        self.open = Some((name, 0, Sha256::new()));
        Ok(())
    }

    /// Writes a piece of the open file, and waits until the reader has room for it.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.zip.write_all(bytes)?;
        if let Some((_, count, hash)) = &mut self.open {
            *count += bytes.len() as u64;
            hash.update(bytes);
        }
        self.send().await
    }

    /// Ends the open file.
    pub(super) fn end(&mut self) {
        if let Some((name, bytes, hash)) = self.open.take() {
            let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            self.files.push(Listed { name, bytes, sha256 });
        }
    }

    /// A file whose text is known.
    pub(super) async fn text(&mut self, name: String, text: &str) -> Result<(), PackError> {
        self.begin(name, false)?;
        self.write(text.as_bytes()).await?;
        self.end();
        Ok(())
    }

    /// Ends the archive.
    pub(super) async fn finish(self) -> Result<(), PackError> {
        let Self { zip, pipe, to, .. } = self;
        drop(zip.finish()?);
        to.send(Ok(pipe.take().into())).await.map_err(|_| PackError::Gone)
    }

    async fn send(&self) -> Result<(), PackError> {
        let written = self.pipe.take();
        if written.is_empty() {
            return Ok(());
        }
        self.to.send(Ok(written.into())).await.map_err(|_| PackError::Gone)
    }
}
