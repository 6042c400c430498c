//! Opens cache.db. `synchronous=NORMAL` is enough: a power cut takes a page and its cursor together, so the phone pulls
//! the page again. Eight megabytes of pages stay in memory: the rows that lists read after a year of work.

use super::CacheError;
use rusqlite::Connection;
use std::{fs, path::Path, time::Duration};

const VERSION: i64 = 3;

const SETTINGS: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA journal_size_limit = 4194304;
PRAGMA cache_size = -8192;
";

const TABLES: &str = "
CREATE TABLE document (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE TABLE shadow (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE TABLE brief (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    plan TEXT,
    executor TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    state TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    submitted_ms INTEGER,
    deleted_ms INTEGER,
    asked INTEGER NOT NULL,
    sort TEXT NOT NULL,
    facilities TEXT NOT NULL,
    find TEXT NOT NULL,
    body TEXT NOT NULL,
    items TEXT NOT NULL
) STRICT;
CREATE INDEX brief_state ON brief (state, submitted_ms);
CREATE INDEX brief_project ON brief (project, id);
CREATE INDEX brief_plan ON brief (plan) WHERE plan IS NOT NULL;
CREATE TABLE assignment (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    plan TEXT NOT NULL,
    project TEXT NOT NULL,
    executor TEXT NOT NULL,
    head TEXT NOT NULL,
    facilities TEXT NOT NULL DEFAULT '[]',
    total INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    approved INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX assignment_plan ON assignment (plan);
CREATE INDEX assignment_project ON assignment (project);
CREATE TABLE issued (
    assignment INTEGER NOT NULL,
    place INTEGER NOT NULL,
    item TEXT NOT NULL,
    item_id TEXT NOT NULL,
    system TEXT NOT NULL,
    facility TEXT NOT NULL,
    position TEXT,
    planned_for TEXT,
    task TEXT,
    PRIMARY KEY (assignment, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX issued_item ON issued (item);
CREATE INDEX issued_task ON issued (task) WHERE task IS NOT NULL;
CREATE INDEX issued_facility ON issued (assignment, facility, place);
CREATE TABLE sent (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    project TEXT NOT NULL,
    team_lead TEXT NOT NULL,
    closed INTEGER NOT NULL
) STRICT;
CREATE INDEX sent_task ON sent (task);
CREATE INDEX sent_project ON sent (project);
CREATE INDEX sent_team_lead ON sent (team_lead, closed);
CREATE TABLE applied (store_id BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    snapshot INTEGER NOT NULL DEFAULT 1,
    cursor TEXT,
    shadow_cursor TEXT,
    digest BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    shadow_digest BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    resynced_ms INTEGER,
    synced_ms INTEGER
) STRICT;
INSERT INTO progress (one) VALUES (1);
";

/// The index of the log stays in memory, for which the connection holds the file alone.
const ALONE: &str = "PRAGMA locking_mode = EXCLUSIVE;";

/// Opens the cache. A cache that is damaged, or of another version, is deleted first. On a full disk, which has no room for
/// the index of the log, it can still be read.
pub(super) fn open_or_replace(path: &Path) -> Result<Connection, CacheError> {
    match open(path, "") {
        Err(error) if error.is_damage() => {
            delete(path);
            open(path, "")
        }
        Err(error) => open(path, ALONE).map_err(|_| error),
        opened => opened,
    }
}

fn open(path: &Path, before: &str) -> Result<Connection, CacheError> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(before)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(SETTINGS)?;
    let transaction = connection.transaction()?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        0 => {
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        VERSION => {}
        _ => return Err(CacheError::Damaged { reason: format!("version {found} is not known") }),
    }
    transaction.commit()?;
    Ok(connection)
}

/// Deletes the cache's files. A file that stays fails at the next opening, which tries to delete it again.
pub(super) fn delete(path: &Path) {
    for tail in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        let _ = fs::remove_file(name);
    }
}
