//! Opens connections to journal.db with the settings that durability is made of.

use super::{JournalError, schema};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::{path::Path, time::Duration};

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const STATEMENTS_CACHED: usize = 64;

/// WAL with FULL: a commit that returned outlives a power cut. On Apple's systems a plain fsync stops at the drive's
/// cache, hence `fullfsync`.
const SETTINGS: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA journal_size_limit = 4194304;
PRAGMA foreign_keys = ON;
";
const APPLE_SETTINGS: &str = "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;";

fn open(path: &Path, vfs: Option<&str>, flags: OpenFlags) -> Result<Connection, JournalError> {
    let connection = match vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        None => Connection::open_with_flags(path, flags),
    }?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    Ok(connection)
}

/// The one connection that writes; makes the tables in a new file.
pub(super) fn writer(path: &Path, vfs: Option<&str>) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = open(path, vfs, flags)?;
    connection.execute_batch(SETTINGS)?;
    if cfg!(target_vendor = "apple") {
        connection.execute_batch(APPLE_SETTINGS)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        0 => {
            transaction.execute_batch(schema::TABLES)?;
            transaction.pragma_update(None, "user_version", schema::VERSION)?;
        }
        schema::VERSION => {}
        _ => return Err(JournalError::Newer { found, known: schema::VERSION }),
    }
    transaction.commit()?;
    Ok(connection)
}

/// A connection that reads beside the writer. It reads once, so that a disk without room for the index of the log shows
/// itself here.
pub(super) fn reader(path: &Path, vfs: Option<&str>) -> Result<Connection, JournalError> {
    let connection = open(path, vfs, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

/// A connection that reads while nothing can be written: it keeps the index of the log in memory, for which it holds the
/// file alone. The folder's lock keeps other clients away.
pub(super) fn lone_reader(path: &Path, vfs: Option<&str>) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, vfs, flags)?;
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON")?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        schema::VERSION => Ok(connection),
        // It was about to be made when the disk was full.
        0 => Err(JournalError::DiskFull),
        _ => Err(JournalError::Newer { found, known: schema::VERSION }),
    }
}
