//! The requests of the app that were carried out, and what each gave.

use super::{JournalError, JournalRows, JournalTx};
use firebee_domain::id::RequestId;
use rusqlite::params;

/// What a request gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The call that carried it out.
    pub operation: String,
    /// The result of that call, as JSON.
    pub answer: String,
}

impl JournalRows<'_> {
    /// What a request gave; `None` for one that was not carried out.
    pub fn request(&self, request: RequestId) -> Result<Option<Done>, JournalError> {
        let sql = "SELECT operation, answer FROM request WHERE id = ?1";
        self.one(sql, params![request.0.as_bytes()], |row| Ok(Done { operation: row.get(0)?, answer: row.get(1)? }))
    }
}

impl JournalTx<'_> {
    /// Keeps what a request gave, in the transaction that carried it out.
    pub fn put_request(&self, request: RequestId, done: &Done) -> Result<(), JournalError> {
        let sql = "INSERT INTO request (id, operation, answer) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![request.0.as_bytes(), done.operation, done.answer]).map(drop)
    }
}
