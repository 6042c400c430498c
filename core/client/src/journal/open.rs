//! Opens the journal: takes the folder, the connections and the key. On a full disk it opens for reading alone.

use super::{
    FILE, Journal, JournalConfig, JournalError, JournalRows, StoreHealth, connect, high_water::HighWater,
    lock::FolderLock, reserve::Reserve, store, verify,
};
use crate::ports::{Entropy, Signer};
use rusqlite::Connection;
use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

/// What a connection is for.
enum Connected {
    /// Writing, with a reader beside it.
    Both { writer: Connection, reader: Connection },
    /// Reading, because the disk is full.
    Alone(Connection),
}

impl Journal {
    /// Opens the journal, makes it with a store and a key when there is none, verifies its tail and its key. When the disk
    /// is so full that nothing can be written, what was recorded can still be read, and recording says `disk_full`.
    ///
    /// # Errors
    /// Another client holds the folder, or the journal cannot be opened, contradicts itself, or is of a newer version.
    pub fn open(config: JournalConfig, signer: &dyn Signer, entropy: &dyn Entropy) -> Result<Self, JournalError> {
        let lock = FolderLock::new(config.folder.join("lock"), config.lock);
        lock.take()?;
        let reserve = Reserve::new(config.folder.join("reserve"), config.reserve_bytes, config.files.clone());
        let connected = connect_with_room(&config, &reserve)?;
        let install = store::install_id(&*config.files, &config.folder, entropy)?;
        let (identity, writer, reader) = match connected {
            Connected::Both { mut writer, reader } => {
                (store::load_or_make(&mut writer, install, signer, entropy)?, Some(writer), reader)
            }
            Connected::Alone(reader) => (store::load(&reader)?.ok_or(JournalError::DiskFull)?, None, reader),
        };
        let rows = JournalRows::of(&reader);
        let head = verify::verify_tail(&rows, &identity)?;
        let high_water = HighWater::new(config.folder.join("high-water"), config.files.clone());
        let rolled_back = high_water.read(identity.store_id) > head.seq;
        let health = match rows.retired()? {
            Some(reason) => StoreHealth::Retired(reason),
            None => store::health(&identity, install, rolled_back, signer, entropy),
        };
        let alone = writer.is_none();
        let capture_stopped = AtomicBool::new(alone || reserve.take().is_err());
        Ok(Self {
            config,
            lock,
            writer: Mutex::new(writer),
            reader: Mutex::new(Some(reader)),
            alone: AtomicBool::new(alone),
            suspended: AtomicBool::new(false),
            erased: AtomicBool::new(false),
            capture_stopped,
            reserve,
            high_water,
            identity,
            health: Mutex::new(health),
        })
    }

    /// A reader beside the writer; on a disk that has no room for that, one alone.
    pub(super) fn reader_again(&self) -> Result<Connection, JournalError> {
        self.lock.take()?;
        let (path, vfs) = (self.config.folder.join(FILE), self.config.vfs.as_deref());
        connect::reader(&path, vfs).or_else(|error| {
            let error = self.reserve.blame(error);
            if error != JournalError::DiskFull {
                return Err(error);
            }
            let reader = connect::lone_reader(&path, vfs)?;
            self.alone.store(true, Ordering::Release);
            Ok(reader)
        })
    }

    /// The writer again, with its tail verified. The caller has let a lone reader go.
    pub(super) fn writer_again(&self) -> Result<Connection, JournalError> {
        self.lock.take()?;
        let path = self.config.folder.join(FILE);
        let opened = connect::writer(&path, self.config.vfs.as_deref());
        let connection = opened.map_err(|error| self.reserve.blame(error))?;
        verify::verify_tail(&JournalRows::of(&connection), &self.identity)?;
        Ok(connection)
    }
}

/// Both connections. On a full disk the reserve makes the room that opening takes; without a reserve there is only a
/// reader.
fn connect_with_room(config: &JournalConfig, reserve: &Reserve) -> Result<Connected, JournalError> {
    let (path, vfs) = (config.folder.join(FILE), config.vfs.as_deref());
    let both = || {
        let writer = connect::writer(&path, vfs)?;
        Ok(Connected::Both { writer, reader: connect::reader(&path, vfs)? })
    };
    let opened = both().map_err(|error| reserve.blame(error));
    if !matches!(opened, Err(JournalError::DiskFull)) {
        return opened;
    }
    if reserve.release()
        && let Ok(both) = both()
    {
        return Ok(both);
    }
    connect::lone_reader(&path, vfs).map(Connected::Alone).or(opened)
}
