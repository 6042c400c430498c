//! The journal, `journal.db`: all facts that this phone recorded, their blobs, the name of its key and its session.
//! Nothing can rebuild it.
//!
//! Invariant: after [`Journal::write`] returned Ok, its facts survive a power cut.
//! Invariant: `seq` is dense from 1 and assigned in the fact's own transaction, with its chain.
//! Invariant: a line's bytes never change, and no line goes while its store lives (ADR 52).

mod append;
mod blobs;
mod connect;
mod counts;
mod drafts;
mod error;
mod facts;
mod high_water;
mod inspect;
mod lock;
mod marks;
mod open;
mod requests;
mod reserve;
mod rows;
mod schema;
mod session;
mod settings;
mod store;
mod succeed;
#[cfg(test)]
mod tests;
mod tracks;
mod verify;

pub use append::{AppendError, Recorded};
pub use blobs::{BlobProgress, BlobRow, OldBlob};
pub use counts::{Counts, PhotoCount};
pub use error::JournalError;
pub use facts::{FactLine, LocalFact, ParkedFact};
pub use inspect::{Inspected, inspect};
pub use marks::{MEETING_KEPT_MS, Marks, Meeting};
pub use requests::Done;
pub use rows::{JournalRows, JournalTx};
pub use session::{ClaimState, Session};
pub use settings::{Allowance, LOOKS_BYTES_MAX, Settings};
pub use store::{RetireReason, StoreHealth, StoreIdentity};
pub use succeed::FormerStore;
pub use tracks::OpenTrack;
pub use verify::ChainHead;

use crate::disk::{Files, absent_is_fine};
use high_water::HighWater;
use lock::FolderLock;
use reserve::Reserve;
use rusqlite::{Connection, TransactionBehavior};
use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Where a journal lies and how it is opened.
#[derive(Clone, Debug)]
pub struct JournalConfig {
    /// The folder; it exists.
    pub folder: PathBuf,
    /// The name of an SQLite VFS to use instead of the platform's; for tests of faults.
    pub vfs: Option<String>,
    /// The file layer of the files beside the database; the platform's but in tests of faults.
    pub files: Arc<dyn Files>,
    /// Bytes reserved for the current fact when the disk is full: 32 MiB on a phone.
    pub reserve_bytes: u64,
    /// Whether the folder is held, so that a second client is refused. A program that writes beside its own client does not
    /// hold it.
    pub lock: bool,
}

/// The journal of one account on this phone.
pub struct Journal {
    config: JournalConfig,
    lock: FolderLock,
    writer: Mutex<Option<Connection>>,
    reader: Mutex<Option<Connection>>,
    /// The reader holds the file alone, because the disk is full.
    alone: AtomicBool,
    suspended: AtomicBool,
    /// The files are erased, or another store's now: this journal opens them no more.
    erased: AtomicBool,
    /// The reserve was given up: no further capture until it is held again.
    capture_stopped: AtomicBool,
    reserve: Reserve,
    high_water: HighWater,
    identity: StoreIdentity,
    health: Mutex<StoreHealth>,
}

impl Journal {
    /// The store: its id and its key.
    pub const fn identity(&self) -> &StoreIdentity {
        &self.identity
    }

    /// Whether the store may go on.
    pub fn health(&self) -> StoreHealth {
        *lock(&self.health)
    }

    /// The server has shown that the store must not go on. Known from now on, also after a restart.
    ///
    /// # Errors
    /// The journal could not be written; until the app ends, it is known all the same.
    pub fn retire(&self, reason: RetireReason) -> Result<(), JournalError> {
        *lock(&self.health) = StoreHealth::Retired(reason);
        self.write("retire", |tx| tx.set_retired(reason))
    }

    /// The only way to write: one `BEGIN IMMEDIATE` transaction. After Ok its writes are on the disk; after Err nothing
    /// was written. `operation` names the transaction in the log.
    ///
    /// When the disk is full, the reserve is freed and `act` runs a second time, so `act` must have no effects outside
    /// the transaction. Any other failed write or fsync is never repeated: the journal is closed, and the next call
    /// opens it and verifies it again.
    ///
    /// # Errors
    /// What `act` returned, or why the journal could not be written.
    pub fn write<T, E: From<JournalError>>(
        &self,
        operation: &'static str,
        act: impl FnMut(&JournalTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_then(operation, act, |_| ())
    }

    /// Like [`Journal::write`]. `committed` runs after the commit and before any other writer, so that state in memory
    /// changes together with the journal.
    ///
    /// # Errors
    /// As [`Journal::write`].
    pub fn write_then<T, E: From<JournalError>>(
        &self,
        operation: &'static str,
        mut act: impl FnMut(&JournalTx<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        let mut slot = lock(&self.writer);
        let (result, trouble) = self.attempt(&mut slot, operation, &mut act);
        let result = match trouble {
            Some(JournalError::DiskFull) if self.reserve.release() => {
                self.capture_stopped.store(true, Ordering::Release);
                self.attempt(&mut slot, operation, &mut act).0
            }
            _ => result,
        };
        result.inspect(committed)
    }

    /// Tries once. A failure of the journal itself closes the connection; a refusal by the caller does not.
    fn attempt<T, E: From<JournalError>>(
        &self,
        slot: &mut Option<Connection>,
        operation: &'static str,
        act: &mut impl FnMut(&JournalTx<'_>) -> Result<T, E>,
    ) -> (Result<T, E>, Option<JournalError>) {
        let outcome = match self.opened(slot) {
            Ok(connection) => transact(connection, &self.identity, act),
            Err(error) => Err(Failure::Journal(error)),
        };
        match outcome {
            Ok(value) => (Ok(value), None),
            Err(Failure::Refused(error)) => (Err(error), None),
            Err(Failure::Journal(error)) => {
                let error = with_operation(operation, error);
                if error.spoils_connection() {
                    *slot = None;
                }
                (Err(error.clone().into()), Some(error))
            }
        }
    }

    /// Reads beside the writer. It sees everything that was committed when the read began.
    ///
    /// # Errors
    /// What `act` returned, or why the journal could not be read.
    pub fn read<T, E: From<JournalError>>(
        &self,
        operation: &'static str,
        act: impl FnOnce(&JournalRows<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut slot = lock(&self.reader);
        if slot.is_none() {
            self.refuse_while_suspended()?;
            *slot = Some(self.reader_again()?);
        }
        let Some(connection) = slot.as_mut() else { return Err(JournalError::Suspended.into()) };
        let snapshot = connection.transaction().map_err(|error| with_operation(operation, error.into()))?;
        act(&JournalRows::of(&snapshot))
    }

    fn opened<'s>(&self, slot: &'s mut Option<Connection>) -> Result<&'s mut Connection, JournalError> {
        if slot.is_none() {
            self.refuse_while_suspended()?;
            let mut reader = lock(&self.reader);
            if self.alone.swap(false, Ordering::AcqRel) {
                *reader = None;
            }
            *slot = Some(self.writer_again()?);
        }
        slot.as_mut().ok_or(JournalError::Suspended)
    }

    fn refuse_while_suspended(&self) -> Result<(), JournalError> {
        let closed = self.suspended.load(Ordering::Acquire) || self.erased.load(Ordering::Acquire);
        if closed { Err(JournalError::Suspended) } else { Ok(()) }
    }

    /// Whether the phone may capture something new. A retired store captures nothing, because nothing of it would ever
    /// arrive. Nor does a phone while its disk is full; it tries to reserve the space again.
    ///
    /// # Errors
    /// `key_gone`, `other_install`, `rolled_back` or `diverged` for a retired store; `disk_full`.
    pub fn may_capture(&self) -> Result<(), JournalError> {
        if let StoreHealth::Retired(reason) = self.health() {
            return Err(JournalError::Retired(reason));
        }
        if !self.capture_stopped.load(Ordering::Acquire) {
            return Ok(());
        }
        self.opened(&mut lock(&self.writer)).map(drop)?;
        self.reserve.take().map_err(|_| JournalError::DiskFull)?;
        self.capture_stopped.store(false, Ordering::Release);
        Ok(())
    }

    /// Copies the last seq to its file outside the journal: at each sync and every 60 s.
    ///
    /// # Errors
    /// The journal cannot be read or the file not be written.
    pub fn note_high_water(&self) -> Result<(), JournalError> {
        let head = self.read("high_water", |rows| rows.head(&self.identity))?;
        self.high_water.write(self.identity.store_id, head.seq).map_err(Into::into)
    }

    /// Drains, checkpoints and closes. iOS kills an app that holds a file lock while it is suspended.
    pub fn suspend(&self) {
        self.suspended.store(true, Ordering::Release);
        let mut writer = lock(&self.writer);
        *lock(&self.reader) = None;
        if let Some(connection) = writer.take() {
            // A failure here is harmless: the WAL holds the data, and the next opening reads it.
            let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        self.lock.release();
    }

    /// Erases the journal's files, for ever. Every later call fails as if the journal were suspended.
    ///
    /// # Errors
    /// A file could not be removed.
    pub fn erase(&self) -> io::Result<()> {
        self.erased.store(true, Ordering::Release);
        self.suspend();
        for name in [FILE, "journal.db-wal", "journal.db-shm", "high-water", "reserve"] {
            absent_is_fine(self.config.files.remove(&self.config.folder.join(name)))?;
        }
        Ok(())
    }

    /// Goes on after [`Journal::suspend`]: the next call opens the journal and verifies its tail.
    pub fn resume(&self) {
        self.suspended.store(false, Ordering::Release);
    }
}

/// Why a transaction was rolled back.
enum Failure<E> {
    Refused(E),
    Journal(JournalError),
}

fn transact<T, E>(
    connection: &mut Connection,
    identity: &StoreIdentity,
    act: &mut impl FnMut(&JournalTx<'_>) -> Result<T, E>,
) -> Result<T, Failure<E>> {
    let failed = |error: rusqlite::Error| Failure::Journal(error.into());
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let tx = JournalTx::of(&transaction, identity);
    let result = act(&tx);
    // The caller may have gone on after a failed statement. Half a transaction never commits.
    if let Some(trouble) = tx.trouble() {
        return Err(Failure::Journal(trouble));
    }
    let value = result.map_err(Failure::Refused)?;
    transaction.commit().map_err(failed)?;
    Ok(value)
}

const FILE: &str = "journal.db";

fn with_operation(operation: &'static str, error: JournalError) -> JournalError {
    match error {
        JournalError::Unavailable { reason } => JournalError::Unavailable { reason: format!("{operation}: {reason}") },
        other => other,
    }
}

/// A poisoned lock is usable: the transaction of the thread that panicked was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
