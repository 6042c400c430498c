//! The floor: the least that a sync can do. It is the denominator of every ratio.
//!
//! SQLite on both ends, WAL, every commit synced → batches of 500 lines in one zstd-3 frame → `POST` → the JSON parsed
//! once → one transaction, synced. No sign-in, no rules, no chain, no signatures, no documents made, no feed. A blob
//! is a `PUT` into a file that is synced; no hash.

pub mod client;
pub mod server;

use rusqlite::Connection;
use std::path::Path;

/// Lines in one request, and documents in one page.
pub const BATCH: usize = 500;
/// The level of zstd.
pub const LEVEL: i32 = 3;

/// A database with the settings that every store of Firebee has whose loss would matter.
fn database(path: &Path, tables: &str) -> Connection {
    let connection = Connection::open(path).expect("SQLite opens");
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;")
        .expect("SQLite takes its settings");
    connection.execute_batch(tables).expect("SQLite makes its tables");
    connection
}
