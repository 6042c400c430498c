//! The catalogue packs on this phone: the built-in one, and others that plans pin.

use firebee_domain::id::ContentId;
use firebee_protocol::catalogue::{Pack, PackError};
use std::{
    collections::HashMap,
    fs, io,
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
    read: Mutex<HashMap<ContentId, Arc<Pack>>>,
    /// Grows with every pack that is put.
    generation: AtomicU64,
}

impl Packs {
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, read: Mutex::default(), generation: AtomicU64::new(0) })
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
            let bytes = fs::read(self.folder.join(id.to_string())).ok()?;
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
        let temp = self.folder.join("new");
        fs::write(&temp, bytes)?;
        fs::rename(&temp, self.folder.join(id.to_string()))?;
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}
