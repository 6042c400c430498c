//! Reads and writes the documents of the cache.

use super::CacheError;
use firebee_domain::id::StoreId;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use serde::de::DeserializeOwned;
use std::cell::Cell;

/// A document as it was pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub rev: u64,
    /// What it says.
    pub body: T,
}

/// How far the first snapshot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// Whether a complete snapshot was pulled: there are documents to show, or the account has none.
    pub is_complete: bool,
    /// How many documents are here, those of the unfinished first snapshot included.
    pub documents: u64,
}

/// The cache as one snapshot shows it.
pub struct CacheRows<'a> {
    connection: &'a Connection,
    damaged: Cell<bool>,
}

impl<'a> CacheRows<'a> {
    pub(super) const fn of(connection: &'a Connection) -> Self {
        Self { connection, damaged: Cell::new(false) }
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.get()
    }

    fn note<T>(&self, result: rusqlite::Result<T>) -> Result<T, CacheError> {
        #[cfg(test)]
        crate::tally::note();
        result.map_err(CacheError::from).inspect_err(|error| {
            if error.is_damage() {
                self.damaged.set(true);
            }
        })
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, CacheError> {
        self.note(self.connection.prepare_cached(sql).and_then(|mut held| held.query_row(params, read).optional()))
    }

    pub(super) fn many<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, CacheError> {
        let all = |mut held: rusqlite::CachedStatement<'_>| held.query_map(params, read)?.collect();
        self.note(self.connection.prepare_cached(sql).and_then(all))
    }

    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, CacheError> {
        self.note(self.connection.prepare_cached(sql).and_then(|mut held| held.execute(params)))
    }

    /// One document; `None` when it was not pulled.
    ///
    /// # Errors
    /// The cache cannot be read. A body of another version counts as not pulled yet.
    pub fn document<T: DeserializeOwned>(&self, kind: &str, id: &str) -> Result<Option<Stored<T>>, CacheError> {
        let sql = "SELECT id, rev, body FROM document WHERE kind = ?1 AND id = ?2";
        Ok(self.one(sql, params![kind, id], raw)?.and_then(parse))
    }

    /// Every document of a kind, by id. Bodies that this version cannot read are left out.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn documents<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<Stored<T>>, CacheError> {
        let sql = "SELECT id, rev, body FROM document WHERE kind = ?1 ORDER BY id";
        Ok(self.many(sql, params![kind], raw)?.into_iter().filter_map(parse).collect())
    }

    /// How far the pulled documents contain a store's facts.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn applied(&self, store: StoreId) -> Result<u64, CacheError> {
        let sql = "SELECT seq FROM applied WHERE store_id = ?1";
        let seq: Option<i64> = self.one(sql, params![store.0.as_bytes()], |row| row.get(0))?;
        Ok(seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(0))
    }

    /// When a pull last ended at the server's head, by this phone's wall clock.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn synced_ms(&self) -> Result<Option<i64>, CacheError> {
        Ok(self.one("SELECT synced_ms FROM progress", [], |row| row.get(0))?.flatten())
    }

    pub(super) fn set_synced_ms(&self, ms: i64) -> Result<(), CacheError> {
        self.execute("UPDATE progress SET synced_ms = ?1", params![ms]).map(drop)
    }

    pub(super) fn pulled(&self) -> Result<Pulled, CacheError> {
        let sql = "SELECT cursor IS NOT NULL, CASE WHEN cursor IS NULL THEN (SELECT COUNT(*) FROM shadow) \
                   ELSE (SELECT COUNT(*) FROM document) END FROM progress";
        let found: Option<(bool, i64)> = self.one(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (is_complete, documents) = found.unwrap_or_default();
        Ok(Pulled { is_complete, documents: u64::try_from(documents).unwrap_or(0) })
    }

    pub(super) fn resynced_ms(&self) -> Result<Option<i64>, CacheError> {
        Ok(self.one("SELECT resynced_ms FROM progress", [], |row| row.get(0))?.flatten())
    }

    pub(super) fn set_resynced_ms(&self, ms: i64) -> Result<(), CacheError> {
        self.execute("UPDATE progress SET resynced_ms = ?1", params![ms]).map(drop)
    }

    pub(super) fn cursor(&self) -> Result<Option<String>, CacheError> {
        let sql = "SELECT CASE snapshot WHEN 1 THEN shadow_cursor ELSE cursor END FROM progress";
        Ok(self.one(sql, [], |row| row.get(0))?.flatten())
    }
}

pub(super) fn raw(row: &Row<'_>) -> rusqlite::Result<(String, i64, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

pub(super) fn parse<T: DeserializeOwned>((id, rev, body): (String, i64, String)) -> Option<Stored<T>> {
    Some(Stored { id, rev: u64::try_from(rev).ok()?, body: serde_json::from_str(&body).ok()? })
}
