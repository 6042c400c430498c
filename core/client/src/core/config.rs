//! Where a client lives and whom it talks to.

use crate::disk::{DiskFiles, Files};
use firebee_protocol::{session::Device, text::Language};
use std::{path::PathBuf, sync::Arc};

/// The reserve for the current fact when the disk is full: 32 MiB.
pub const RESERVE_BYTES: u64 = 32 << 20;

/// What must be free before a photo is taken: the largest original, and its smaller copies.
pub const PHOTO_BYTES: u64 = 32 << 20;

/// Where a client lives and whom it talks to.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The folder of one account on one server, created when missing. A shared phone has one folder for each account.
    pub folder: PathBuf,
    /// The server, such as `https://firebee.example.cn`.
    pub server_url: String,
    /// The phone as its user would name it.
    pub device: Device,
    /// The language of every text until another is chosen.
    pub language: Language,
    /// The name of an SQLite VFS for the journal; `None` is the platform's. For tests of faults.
    pub journal_vfs: Option<String>,
    /// The file layer of the folder, beside what SQLite writes and pictures of other phones; the platform's but in tests of
    /// faults.
    pub files: Arc<dyn Files>,
    /// Bytes reserved for the current fact when the disk is full.
    pub reserve_bytes: u64,
    /// Bytes that must be free before a photo is taken.
    pub photo_bytes: u64,
}

impl ClientConfig {
    /// A client of this folder and server with the settings of a phone, in Chinese.
    pub fn new(folder: impl Into<PathBuf>, server_url: impl Into<String>, device: Device) -> Self {
        Self {
            folder: folder.into(),
            server_url: server_url.into(),
            device,
            language: Language::Zh,
            journal_vfs: None,
            files: Arc::new(DiskFiles),
            reserve_bytes: RESERVE_BYTES,
            photo_bytes: PHOTO_BYTES,
        }
    }
}
