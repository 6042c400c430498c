//! The journal inside a transaction or a snapshot.

use super::{JournalError, StoreIdentity};
use firebee_domain::id::{ContentId, Hash};
use rusqlite::{Connection, Params, Row};
use std::{cell::RefCell, ops::Deref, str::FromStr};
use uuid::Uuid;

/// The journal as one snapshot shows it.
pub struct JournalRows<'a> {
    connection: &'a Connection,
    trouble: RefCell<Option<JournalError>>,
}

/// One transaction that writes; see [`super::Journal::write`].
pub struct JournalTx<'a> {
    rows: JournalRows<'a>,
    identity: &'a StoreIdentity,
}

impl<'a> JournalRows<'a> {
    pub(super) const fn of(connection: &'a Connection) -> Self {
        Self { connection, trouble: RefCell::new(None) }
    }

    /// The first failure of a statement: even if a caller swallows it, the transaction does not commit.
    fn note<T>(&self, result: rusqlite::Result<T>) -> Result<T, JournalError> {
        #[cfg(test)]
        crate::tally::note();
        result.map_err(|error| {
            let error = JournalError::from(error);
            self.trouble.borrow_mut().get_or_insert(error).clone()
        })
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, JournalError> {
        use rusqlite::OptionalExtension;
        self.note(self.connection.prepare_cached(sql).and_then(|mut held| held.query_row(params, read).optional()))
    }

    pub(super) fn many<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, JournalError> {
        let all = |mut held: rusqlite::CachedStatement<'_>| held.query_map(params, read)?.collect();
        self.note(self.connection.prepare_cached(sql).and_then(all))
    }

    /// Like [`Self::many`], up to the first row that does not fit.
    pub(super) fn while_fit<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        mut fits: impl FnMut(&T) -> bool,
    ) -> Result<Vec<T>, JournalError> {
        let first = |mut held: rusqlite::CachedStatement<'_>| {
            held.query_map(params, read)?.take_while(|row| row.as_ref().map_or(true, &mut fits)).collect()
        };
        self.note(self.connection.prepare_cached(sql).and_then(first))
    }

    fn execute(&self, sql: &str, params: impl Params) -> Result<usize, JournalError> {
        self.note(self.connection.prepare_cached(sql).and_then(|mut held| held.execute(params)))
    }
}

impl<'a> JournalTx<'a> {
    pub(super) const fn of(connection: &'a Connection, identity: &'a StoreIdentity) -> Self {
        Self { rows: JournalRows::of(connection), identity }
    }

    pub(super) fn trouble(&self) -> Option<JournalError> {
        self.rows.trouble.borrow().clone()
    }

    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, JournalError> {
        self.rows.execute(sql, params)
    }

    /// The store that is written to.
    pub const fn identity(&self) -> &StoreIdentity {
        self.identity
    }
}

impl<'a> Deref for JournalTx<'a> {
    type Target = JournalRows<'a>;
    fn deref(&self) -> &JournalRows<'a> {
        &self.rows
    }
}

/// A number of SQLite as unsigned. The journal never writes a negative one.
pub(super) fn to_u64(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A number of ours for SQLite. All are below 2^53.
pub(super) fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn wrong_length(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "id".into(), rusqlite::types::Type::Blob)
}

pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: Vec<u8> = row.get(column)?;
    Uuid::from_slice(&bytes).map_err(|_| wrong_length(column))
}

pub(super) fn uuid_opt(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    let bytes: Option<Vec<u8>> = row.get(column)?;
    bytes.map(|bytes| Uuid::from_slice(&bytes).map_err(|_| wrong_length(column))).transpose()
}

pub(super) fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<Hash> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map(Hash).map_err(|_| wrong_length(column))
}

pub(super) fn content_id(row: &Row<'_>, column: usize) -> rusqlite::Result<ContentId> {
    hash(row, column).map(|hash| ContentId(hash.0))
}

/// A word of a closed set; one that this version does not know counts as `unknown`.
pub(super) fn word<T: FromStr>(row: &Row<'_>, column: usize, unknown: T) -> rusqlite::Result<T> {
    row.get::<_, String>(column).map(|word| word.parse().unwrap_or(unknown))
}
