//! Reads the databases by SQL of its own.

use crate::book::Id;
use rusqlite::{Connection, OpenFlags, Result, Row};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A line on the server.
#[derive(Clone, Debug)]
pub struct Line {
    /// The store that sent it.
    pub store: Id,
    /// Its place.
    pub seq: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Why it does not count; `None` when it was accepted.
    pub code: Option<String>,
}

/// Opens a database to read it.
///
/// # Errors
/// As SQLite says.
pub fn open(path: &Path) -> Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// The store that a journal belongs to, and how far it holds its facts for acknowledged.
///
/// # Errors
/// As SQLite says.
pub fn acknowledged(db: &Connection) -> Result<Option<(Id, i64)>> {
    let mut rows = db.prepare("SELECT store_id, acked_through FROM store")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.next().transpose()
}

/// The lines of a journal behind a seq.
///
/// # Errors
/// As SQLite says.
pub fn journal_lines(db: &Connection, after: i64) -> Result<Vec<(i64, Id, Vec<u8>)>> {
    let mut rows = db.prepare("SELECT seq, id, line FROM fact WHERE seq > ?1 ORDER BY seq")?;
    rows.query_map([after], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// The line of a fact in a journal.
///
/// # Errors
/// As SQLite says.
pub fn journal_line(db: &Connection, id: Id) -> Result<Option<Vec<u8>>> {
    let mut rows = db.prepare("SELECT line FROM fact WHERE id = ?1")?;
    rows.query_map([id], |row| row.get(0))?.next().transpose()
}

/// The ids that a query finds.
///
/// # Errors
/// As SQLite says.
pub fn ids(db: &Connection, sql: &str) -> Result<BTreeSet<Vec<u8>>> {
    let mut rows = db.prepare(sql)?;
    rows.query_map([], |row| row.get(0))?.collect()
}

/// One number.
///
/// # Errors
/// As SQLite says.
pub fn number(db: &Connection, sql: &str) -> Result<u64> {
    db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
}

/// Everything that the server keeps of its stores, in order.
///
/// # Errors
/// As SQLite says.
pub fn server_lines(db: &Connection) -> Result<Vec<Line>> {
    let mut codes: BTreeMap<(Id, i64), String> = BTreeMap::new();
    let mut rows = db.prepare("SELECT store_id, seq, code FROM outcome")?;
    for row in rows.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))? {
        let (place, code) = row?;
        codes.insert(place, code);
    }
    let mut lines = Vec::new();
    let mut rows = db.prepare("SELECT store_id, first_seq, count, bytes FROM push ORDER BY store_id, first_seq")?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Id>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get(3)?));
    for row in rows.query_map([], read)? {
        let (store, first, count, bytes): (Id, i64, i64, Vec<u8>) = row?;
        let found = last_lines(&bytes, usize::try_from(count).unwrap_or(0));
        for (seq, bytes) in (first..).zip(found) {
            let code = codes.get(&(store, seq)).cloned();
            lines.push(Line { store, seq: seq.unsigned_abs(), bytes, code });
        }
    }
    Ok(lines)
}

/// The last lines of a packed text.
fn last_lines(packed: &[u8], count: usize) -> Vec<Vec<u8>> {
    let text = zstd::decode_all(packed).unwrap_or_default();
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    lines.iter().skip(lines.len().saturating_sub(count)).map(|line| line.to_vec()).collect()
}

/// The bytes of lines that came under a seq which was taken.
///
/// # Errors
/// As SQLite says.
pub fn conflicts(db: &Connection) -> Result<BTreeSet<Vec<u8>>> {
    let mut rows = db.prepare("SELECT bytes FROM conflict")?;
    rows.query_map([], |row| row.get(0))?.collect()
}

/// The watermark of each store.
///
/// # Errors
/// As SQLite says.
pub fn watermarks(db: &Connection) -> Result<BTreeMap<Id, u64>> {
    let mut rows = db.prepare("SELECT store_id, watermark FROM device_store")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?.collect()
}

/// The bodies of the live documents of a kind.
///
/// # Errors
/// As SQLite says.
pub fn documents(db: &Connection, kind: &str) -> Result<Vec<(String, serde_json::Value)>> {
    let mut rows = db.prepare("SELECT id, body FROM document WHERE kind = ?1 AND body IS NOT NULL ORDER BY id")?;
    let found = rows.query_map([kind], |row| {
        let body: Vec<u8> = row.get(1)?;
        let text = zstd::decode_all(body.as_slice()).unwrap_or_default();
        Ok((row.get(0)?, serde_json::from_slice(&text).unwrap_or_default()))
    })?;
    found.collect()
}

/// Opens a database that nobody else has open, with what its log holds.
///
/// # Errors
/// As SQLite says.
pub fn open_whole(path: &Path) -> Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}
