//! Reads facts, and notes which of them the server does not count.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{to_i64, to_u64, uuid, uuid_opt},
};
use crate::ports::Clocks;
use firebee_domain::id::{FactId, TaskId};
use firebee_protocol::{
    fact::{Kind, glance},
    problem::CodeWord,
};
use rusqlite::{Row, params};

/// A fact's line as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// Its place in the store.
    pub seq: u64,
    /// The content bytes without line feed.
    pub line: Vec<u8>,
}

/// A fact of a task, to be folded into the view of the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFact {
    /// Its place in the store.
    pub seq: u64,
    /// Its content bytes.
    pub line: Vec<u8>,
    /// The code of the quarantine, when the server keeps the fact without counting it.
    pub parked: Option<CodeWord>,
}

/// A fact of this phone that the server keeps without counting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedFact {
    /// Its place in the store.
    pub seq: u64,
    /// Its id.
    pub id: FactId,
    /// Its kind.
    pub kind: String,
    /// The task it names.
    pub task: Option<TaskId>,
    /// Why it does not count.
    pub code: CodeWord,
}

/// The clocks as a fact carries them.
fn clocks_of(line: &[u8]) -> Option<Clocks> {
    let seen = glance(line).ok()?.captured;
    Some(Clocks { wall_ms: seen.wall_ms, boot_ms: seen.boot_ms, boot_id: seen.boot_id, satellites: None })
}

impl JournalRows<'_> {
    /// The clocks as the last fact carries them; `None` without one.
    pub fn last_clocks(&self) -> Result<Option<Clocks>, JournalError> {
        let sql = "SELECT line FROM fact ORDER BY seq DESC LIMIT 1";
        let line: Option<Vec<u8>> = self.one(sql, [], |row| row.get(0))?;
        Ok(line.as_deref().and_then(clocks_of))
    }

    /// The clocks as the oldest fact carries them of which the server does not have everything: no receipt covers it, or a
    /// blob of it is not verified. `None` when the server has all.
    pub fn oldest_unsent(&self) -> Result<Option<Clocks>, JournalError> {
        let sql = "SELECT line FROM fact WHERE seq >= (SELECT MIN(first) FROM ( \
                   SELECT MIN(seq) AS first FROM fact WHERE seq > (SELECT acked_through FROM store) \
                   UNION ALL SELECT MIN(fact_seq) FROM blob INDEXED BY blob_unknown WHERE state = 'unknown')) \
                   ORDER BY seq LIMIT 1";
        let line: Option<Vec<u8>> = self.one(sql, [], |row| row.get(0))?;
        Ok(line.as_deref().and_then(clocks_of))
    }

    /// Lines from `first_seq` on, until `limit` lines or `bytes_max` bytes; at least one if there is any.
    pub fn lines_from(&self, first_seq: u64, limit: u32, bytes_max: u64) -> Result<Vec<FactLine>, JournalError> {
        let sql = "SELECT seq, line FROM fact WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
        let read = |row: &Row<'_>| Ok(FactLine { seq: to_u64(row.get(0)?), line: row.get(1)? });
        let mut left = bytes_max;
        let fits = |line: &FactLine| {
            let bytes = line.line.len() as u64 + 1;
            let fits = bytes <= left;
            left = left.saturating_sub(bytes);
            fits || line.seq == first_seq
        };
        self.while_fit(sql, params![to_i64(first_seq), limit], read, fits)
    }

    /// The facts of a task up to `through` that the server does not count, in order. Documents do not contain them.
    pub fn parked_of_task(&self, task: TaskId, through: u64) -> Result<Vec<LocalFact>, JournalError> {
        let sql =
            "SELECT seq, line, parked FROM fact WHERE task = ?1 AND seq <= ?2 AND parked IS NOT NULL ORDER BY seq";
        self.many(sql, params![task.0.as_bytes(), to_i64(through)], |row| {
            Ok(LocalFact {
                seq: to_u64(row.get(0)?),
                line: row.get(1)?,
                parked: row.get::<_, Option<String>>(2)?.map(CodeWord::from),
            })
        })
    }

    /// The facts of a task after `after`, in order.
    pub fn facts_of_task(&self, task: TaskId, after: u64) -> Result<Vec<LocalFact>, JournalError> {
        let sql = "SELECT seq, line, parked FROM fact WHERE task = ?1 AND seq > ?2 ORDER BY seq";
        self.many(sql, params![task.0.as_bytes(), to_i64(after)], |row| {
            Ok(LocalFact {
                seq: to_u64(row.get(0)?),
                line: row.get(1)?,
                parked: row.get::<_, Option<String>>(2)?.map(CodeWord::from),
            })
        })
    }

    /// The tasks that facts after `after` are about, and those of facts that do not count.
    pub fn tasks_touched(&self, after: u64) -> Result<Vec<TaskId>, JournalError> {
        // The order by task must not tempt the engine to walk through the tasks of all facts.
        let sql = "SELECT task FROM fact NOT INDEXED WHERE seq > ?1 AND task IS NOT NULL UNION \
                   SELECT task FROM fact INDEXED BY fact_parked WHERE parked IS NOT NULL AND task IS NOT NULL \
                   ORDER BY task";
        self.many(sql, params![to_i64(after)], |row| uuid(row, 0).map(TaskId))
    }

    /// The decisions about undecided facts after `after` that the server has not refused, in order.
    pub fn parked_decisions(&self, after: u64) -> Result<Vec<Vec<u8>>, JournalError> {
        let sql = "SELECT line FROM fact WHERE kind = ?1 AND seq > ?2 AND parked IS NULL ORDER BY seq";
        self.many(sql, params![Kind::ParkedDecided.as_str(), to_i64(after)], |row| row.get(0))
    }

    /// Whether this phone recorded the fact.
    pub fn knows(&self, fact: FactId) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM fact WHERE id = ?1";
        Ok(self.one(sql, params![fact.0.as_bytes()], |_| Ok(()))?.is_some())
    }

    /// A mark that changes whenever a fact is parked or counts after all: how many are parked, and the sum of their seqs.
    pub fn parked_mark(&self) -> Result<(u64, u64), JournalError> {
        let sql = "SELECT COUNT(*), COALESCE(SUM(seq), 0) FROM fact WHERE parked IS NOT NULL";
        let found = self.one(sql, [], |row| Ok((to_u64(row.get(0)?), to_u64(row.get(1)?))))?;
        Ok(found.unwrap_or_default())
    }

    /// The facts of this phone that do not count, oldest first.
    pub fn parked(&self) -> Result<Vec<ParkedFact>, JournalError> {
        let sql = "SELECT seq, id, kind, task, parked FROM fact WHERE parked IS NOT NULL ORDER BY seq";
        self.many(sql, [], |row| {
            Ok(ParkedFact {
                seq: to_u64(row.get(0)?),
                id: FactId(uuid(row, 1)?),
                kind: row.get(2)?,
                task: uuid_opt(row, 3)?.map(TaskId),
                code: row.get::<_, String>(4)?.into(),
            })
        })
    }
}

impl JournalTx<'_> {
    /// The server keeps the fact without counting it.
    pub fn park(&self, seq: u64, code: &CodeWord) -> Result<(), JournalError> {
        self.execute("UPDATE fact SET parked = ?2 WHERE seq = ?1", params![to_i64(seq), code.as_str()]).map(drop)
    }

    /// Notes that the server counts the fact after all; false when the fact is unknown here or was not parked.
    pub fn unpark(&self, fact: FactId) -> Result<bool, JournalError> {
        let sql = "UPDATE fact SET parked = NULL WHERE id = ?1 AND parked IS NOT NULL";
        Ok(self.execute(sql, params![fact.0.as_bytes()])? > 0)
    }
}
