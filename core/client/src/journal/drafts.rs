//! What somebody has typed on this phone and not recorded yet, and what the phone has reminded somebody of. Neither is ever
//! sent.

use super::{JournalError, JournalRows, JournalTx};
use firebee_domain::time::Timestamp;
use rusqlite::params;
use std::collections::BTreeMap;

impl JournalRows<'_> {
    /// What is typed at a place, by field.
    pub fn drafts(&self, place: &str) -> Result<BTreeMap<String, String>, JournalError> {
        let sql = "SELECT field, text FROM draft WHERE place = ?1";
        let rows = self.many(sql, params![place], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// What the phone has reminded of, by key, each with its mark.
    pub fn told(&self) -> Result<BTreeMap<String, i64>, JournalError> {
        let rows = self.many("SELECT key, mark FROM told", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }
}

impl JournalTx<'_> {
    /// Keeps what is typed in a field, in place of what was.
    pub fn put_draft(&self, place: &str, field: &str, text: &str) -> Result<(), JournalError> {
        let sql = "INSERT OR REPLACE INTO draft (place, field, text) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![place, field, text]).map(drop)
    }

    /// Drops what is typed in one field.
    pub fn drop_draft(&self, place: &str, field: &str) -> Result<(), JournalError> {
        self.execute("DELETE FROM draft WHERE place = ?1 AND field = ?2", params![place, field]).map(drop)
    }

    /// Drops everything that is typed at a place.
    pub fn drop_drafts(&self, place: &str) -> Result<(), JournalError> {
        self.execute("DELETE FROM draft WHERE place = ?1", params![place]).map(drop)
    }

    /// Keeps that the phone has reminded of something.
    pub fn put_told(&self, key: &str, mark: i64) -> Result<(), JournalError> {
        self.execute("INSERT OR REPLACE INTO told (key, mark) VALUES (?1, ?2)", params![key, mark]).map(drop)
    }

    /// Keeps what a shell has handed to the phone's clock, in place of what it had handed over before.
    pub fn put_foretold(&self, all: &[(String, i64, Timestamp)]) -> Result<(), JournalError> {
        self.execute("DELETE FROM foretold", [])?;
        for (key, mark, at) in all {
            let sql = "INSERT INTO foretold (key, mark, at_ms) VALUES (?1, ?2, ?3)";
            self.execute(sql, params![key, mark, at.0])?;
        }
        Ok(())
    }

    /// What the phone's clock has told by now counts as told.
    pub fn tell_foretold(&self, now: Timestamp) -> Result<(), JournalError> {
        let latest = "INSERT OR REPLACE INTO told (key, mark)
            SELECT key, mark FROM foretold WHERE at_ms <= ?1 ORDER BY at_ms";
        self.execute(latest, params![now.0])?;
        self.execute("DELETE FROM foretold WHERE at_ms <= ?1", params![now.0]).map(drop)
    }

    /// There is nothing to remind of any more.
    pub fn drop_told(&self, key: &str) -> Result<(), JournalError> {
        self.execute("DELETE FROM told WHERE key = ?1", params![key]).map(drop)
    }
}
