//! The catalogue packs on this phone: the built-in one, and others that plans pin.

use crate::disk::{self, Files, Lasting};
use firebee_domain::id::ContentId;
use firebee_protocol::catalogue::{Pack, PackError};
use std::{
    collections::HashMap,
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Why a pack that was pulled is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PutPackError {
    /// Its bytes are not the pack.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// It could not be written.
    #[error("the catalogue pack could not be written")]
    Io(#[from] io::Error),
}

/// The packs of one account: files named by their hashes, each read once.
#[derive(Debug)]
pub struct Packs {
    folder: PathBuf,
    files: Arc<dyn Files>,
    read: Mutex<HashMap<ContentId, Arc<Pack>>>,
    /// Grows with every pack that is put.
    generation: AtomicU64,
}

impl Packs {
    pub(crate) fn open(folder: PathBuf, files: Arc<dyn Files>) -> io::Result<Self> {
        files.create_folder(&folder)?;
        Ok(Self { folder, files, read: Mutex::default(), generation: AtomicU64::new(0) })
    }

    /// A pack; `None` when it was not pulled yet.
    pub fn get(&self, id: ContentId) -> Option<Arc<Pack>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = read.get(&id) {
            return Some(held.clone());
        }
        let pack = if Pack::embedded().id == id {
            Arc::new(Pack::embedded().clone())
        } else {
            let bytes = disk::read(&*self.files, &self.folder.join(id.to_string())).ok()?;
            Arc::new(Pack::parse_named(id, &bytes).ok()?)
        };
        read.insert(id, pack.clone());
        Some(pack)
    }

    /// A number that changes with every stored pack.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Stores the bytes of a pulled pack. They can be pulled again, so they are not synced.
    ///
    /// # Errors
    /// The bytes are not that pack, or cannot be written.
    pub fn put(&self, id: ContentId, bytes: &[u8]) -> Result<(), PutPackError> {
        Pack::parse_named(id, bytes)?;
        disk::replace(&*self.files, &self.folder.join(id.to_string()), bytes, Lasting::Hint)?;
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}
