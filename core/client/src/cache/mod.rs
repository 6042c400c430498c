//! The cache, `cache.db`: the pulled documents and the cursor. The cache is disposable: a damaged one is deleted and
//! pulled again. It holds nothing that this phone recorded.
//!
//! Invariant: a page, its cursor and its `applied` are written in one transaction.
//! Invariant: the stored digest equals the digest of the rows.

mod brief;
mod connect;
mod documents;
mod error;
mod issued;
mod listed;
mod page;
mod sent;
#[cfg(test)]
mod tests;

pub(crate) use brief::gravest;
pub use brief::{TaskBrief, TaskPins};
pub use documents::{CacheRows, Pulled, Stored};
pub use error::CacheError;
pub use issued::{Facility, Issue, IssueCounts, IssueItem, IssueSlice};
pub use listed::Listed;
pub use page::{Changed, PageApplied};

use firebee_domain::time::Timestamp;
use firebee_protocol::pull::Page;
use rusqlite::{Connection, TransactionBehavior};
use std::{
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// A snapshot for a digest that does not match is pulled at most once a day.
const RESYNC_EVERY_MS: i64 = 86_400_000;

/// The pulled documents of one account.
pub struct Cache {
    path: PathBuf,
    slot: Mutex<Slot>,
    /// Grows with every change, so that readers notice when something they computed from the documents is out of date.
    generation: AtomicU64,
}

struct Slot {
    connection: Option<Connection>,
    suspended: bool,
}

impl Cache {
    /// Opens the cache in `folder`; one that is damaged or of another version is replaced by an empty one.
    ///
    /// # Errors
    /// Not even an empty one can be made.
    pub fn open(folder: &std::path::Path) -> Result<Self, CacheError> {
        let path = folder.join("cache.db");
        let connection = connect::open_or_replace(&path)?;
        let slot = Mutex::new(Slot { connection: Some(connection), suspended: false });
        Ok(Self { path, slot, generation: AtomicU64::new(1) })
    }

    /// A number that differs after every change of the cache.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Reads one snapshot.
    ///
    /// # Errors
    /// What `act` returned, or why the cache could not be read.
    pub fn read<T, E: From<CacheError>>(&self, act: impl FnOnce(&CacheRows<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut slot = self.slot();
        let connection = self.opened(&mut slot)?;
        let transaction = connection.transaction().map_err(CacheError::from)?;
        let rows = CacheRows::of(&transaction);
        let result = act(&rows);
        let damaged = rows.is_damaged();
        drop(transaction);
        if damaged {
            self.replace(&mut slot);
        }
        result
    }

    fn write<T>(&self, act: impl FnOnce(&CacheRows<'_>) -> Result<T, CacheError>) -> Result<T, CacheError> {
        let mut slot = self.slot();
        let connection = self.opened(&mut slot)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = act(&CacheRows::of(&transaction));
        let written = match result {
            Ok(value) => transaction.commit().map(|()| value).map_err(CacheError::from),
            Err(error) => {
                drop(transaction);
                Err(error)
            }
        };
        self.generation.fetch_add(1, Ordering::AcqRel);
        if written.as_ref().is_err_and(CacheError::is_damage) {
            self.replace(&mut slot);
        }
        written
    }

    /// Applies one page with its cursor. While a snapshot is being pulled, pages go into a second set of tables; the
    /// last page of the snapshot replaces all documents.
    ///
    /// # Errors
    /// The cache cannot be written; nothing of the page was applied then.
    pub fn apply_page(&self, page: &Page) -> Result<PageApplied, CacheError> {
        self.write(|rows| page::apply(rows, page))
    }

    /// The cursor of the next request; `None` starts a snapshot.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn cursor(&self) -> Result<Option<String>, CacheError> {
        self.read(|rows| rows.cursor())
    }

    /// How far the first snapshot is.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn pulled(&self) -> Result<Pulled, CacheError> {
        self.read(|rows| rows.pulled())
    }

    /// Begins a snapshot, because the server no longer has the changes after the cursor. The documents stay until the
    /// snapshot is complete.
    ///
    /// # Errors
    /// The cache cannot be written.
    pub fn begin_snapshot(&self) -> Result<(), CacheError> {
        self.write(|rows| rows.begin_snapshot())
    }

    /// Begins a snapshot after a digest that did not match, unless one began less than a day ago.
    ///
    /// # Errors
    /// The cache cannot be written.
    pub fn resync(&self, now: Timestamp) -> Result<bool, CacheError> {
        self.write(|rows| {
            let last = rows.resynced_ms()?;
            if last.is_some_and(|last| now.0 >= last && now.0 - last < RESYNC_EVERY_MS) {
                return Ok(false);
            }
            rows.set_resynced_ms(now.0)?;
            rows.begin_snapshot().map(|()| true)
        })
    }

    /// Notes when a pull ended at the server's head, for the screen.
    ///
    /// # Errors
    /// The cache cannot be written.
    pub fn note_synced(&self, now: Timestamp) -> Result<(), CacheError> {
        self.write(|rows| rows.set_synced_ms(now.0))
    }

    /// Closes the file for the time that the app is suspended.
    pub fn suspend(&self) {
        let mut slot = self.slot();
        slot.suspended = true;
        slot.connection = None;
    }

    /// Goes on after [`Cache::suspend`].
    pub fn resume(&self) {
        self.slot().suspended = false;
    }

    fn opened<'s>(&self, slot: &'s mut Slot) -> Result<&'s mut Connection, CacheError> {
        if slot.connection.is_none() && !slot.suspended {
            slot.connection = Some(connect::open_or_replace(&self.path)?);
        }
        slot.connection.as_mut().ok_or(CacheError::Suspended)
    }

    /// Replaces a damaged cache by an empty one, to be filled by the next pull. The call that found the damage fails.
    fn replace(&self, slot: &mut Slot) {
        slot.connection = None;
        connect::delete(&self.path);
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
