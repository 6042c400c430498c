//! The number of facts in each state. Every fact is in exactly one state, so the counts add up.

use super::{
    BlobProgress, JournalError, JournalRows, Marks, StoreIdentity,
    rows::{to_i64, to_u64, uuid},
};
use firebee_domain::{
    fact::Kind,
    id::{FactId, TaskId},
};
use rusqlite::{Row, params};
use std::collections::BTreeMap;

/// The facts of a store or a task by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recorded, not yet sent.
    pub pending: u64,
    /// Sent, not yet acknowledged.
    pub sent: u64,
    /// Acknowledged: the server has committed them.
    pub acked: u64,
    /// The server has promised durability for these. They include facts whose bytes were freed on this phone.
    pub durable: u64,
    /// Received, not counted: quarantined, as the server told.
    pub parked: u64,
}

impl Counts {
    /// Those of both.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            pending: self.pending + other.pending,
            sent: self.sent + other.sent,
            acked: self.acked + other.acked,
            durable: self.durable + other.durable,
            parked: self.parked + other.parked,
        }
    }

    /// All facts.
    pub const fn total(&self) -> u64 {
        self.pending + self.sent + self.acked + self.durable + self.parked
    }
}

/// How many photos of a task there are, and how many of them are whole on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhotoCount {
    /// Photos all of whose blobs the server has verified.
    pub verified: u64,
    /// Photos that this phone took for the task.
    pub taken: u64,
}

/// The kind of the facts that are photos.
const PHOTO: &str = Kind::PhotoTaken.as_str();

/// The five counts of [`Counts`], in the order of its fields.
const BY_STATE: &str = "\
    COUNT(*) FILTER (WHERE parked IS NULL AND seq > s.sent_through), \
    COUNT(*) FILTER (WHERE parked IS NULL AND seq <= s.sent_through AND seq > s.acked_through), \
    COUNT(*) FILTER (WHERE parked IS NULL AND seq <= s.acked_through AND seq > s.durable_through), \
    COUNT(*) FILTER (WHERE parked IS NULL AND seq <= s.durable_through), \
    COUNT(*) FILTER (WHERE parked IS NOT NULL)";

fn counts(row: &Row<'_>, from: usize) -> rusqlite::Result<Counts> {
    Ok(Counts {
        pending: to_u64(row.get(from)?),
        sent: to_u64(row.get(from + 1)?),
        acked: to_u64(row.get(from + 2)?),
        durable: to_u64(row.get(from + 3)?),
        parked: to_u64(row.get(from + 4)?),
    })
}

impl JournalRows<'_> {
    /// What is not safe on the server: facts that no receipt covers, and blobs that the server has not verified.
    pub fn unsent(&self, identity: &StoreIdentity) -> Result<(u64, u64), JournalError> {
        let facts = self.head(identity)?.seq.saturating_sub(self.marks()?.acked_through);
        Ok((facts, self.unsent_blobs()?.0))
    }

    /// The facts of the whole store by state; adds up to the last seq.
    pub fn counts(&self, identity: &StoreIdentity) -> Result<Counts, JournalError> {
        let head = self.head(identity)?.seq;
        let Marks { sent_through, acked_through, durable_through } = self.marks()?;
        let durable = self.counted(0, durable_through.min(head))?;
        let acked = self.counted(durable_through, acked_through.min(head))?;
        let sent = self.counted(acked_through, sent_through.min(head))?;
        let pending = self.counted(sent_through, head)?;
        let parked = head - (durable + acked + sent + pending);
        Ok(Counts { pending, sent, acked, durable, parked })
    }

    /// Facts after `after`, up to `through`, that are not parked.
    fn counted(&self, after: u64, through: u64) -> Result<u64, JournalError> {
        let sql = "SELECT COUNT(*) FROM fact WHERE parked IS NOT NULL AND seq > ?1 AND seq <= ?2";
        let parked = self.one(sql, params![to_i64(after), to_i64(through)], |row| row.get(0).map(to_u64))?;
        Ok(through.saturating_sub(after).saturating_sub(parked.unwrap_or(0)))
    }

    /// The facts of one task by state.
    pub fn counts_of_task(&self, task: TaskId) -> Result<Counts, JournalError> {
        let sql = format!("SELECT {BY_STATE} FROM fact, store AS s WHERE task = ?1");
        Ok(self.one(&sql, params![task.0.as_bytes()], |row| counts(row, 0))?.unwrap_or_default())
    }

    /// The facts of every task by state.
    pub fn counts_by_task(&self) -> Result<BTreeMap<TaskId, Counts>, JournalError> {
        let sql = format!("SELECT task, {BY_STATE} FROM fact, store AS s WHERE task IS NOT NULL GROUP BY task");
        let rows = self.many(&sql, [], |row| Ok((TaskId(uuid(row, 0)?), counts(row, 1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// The facts of no task by state, such as what the phone notes about itself.
    pub fn counts_of_no_task(&self) -> Result<Counts, JournalError> {
        let sql = format!("SELECT {BY_STATE} FROM fact, store AS s WHERE task IS NULL");
        Ok(self.one(&sql, [], |row| counts(row, 0))?.unwrap_or_default())
    }

    /// The photos of every task.
    pub fn photos_by_task(&self) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        self.photos("f.task IS NOT NULL AND ?4 IS NULL", None)
    }

    /// The photos of some tasks.
    pub fn photos_of_tasks(&self, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        let ids: Vec<String> = tasks.iter().map(|task| task.0.simple().to_string()).collect();
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        self.photos("f.task IN (SELECT unhex(value) FROM json_each(?4))", Some(ids))
    }

    fn photos(&self, of: &str, ids: Option<String>) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        let sql = format!(
            "SELECT task, COUNT(*), COALESCE(SUM(whole), 0) FROM ( \
             SELECT f.task AS task, MIN(b.state IN (?1, ?2)) AS whole \
             FROM fact AS f JOIN announced AS a ON a.fact_seq = f.seq JOIN blob AS b ON b.id = a.blob \
             WHERE {of} AND f.kind = ?3 GROUP BY f.seq) GROUP BY task"
        );
        let [verified, durable] = BlobProgress::WHOLE;
        let read = |row: &Row<'_>| {
            Ok((TaskId(uuid(row, 0)?), PhotoCount { taken: to_u64(row.get(1)?), verified: to_u64(row.get(2)?) }))
        };
        Ok(self.many(&sql, params![verified, durable, PHOTO, ids], read)?.into_iter().collect())
    }

    /// The photos of one task all of whose blobs the server has verified, by their facts.
    pub fn verified_photos(&self, task: TaskId) -> Result<Vec<FactId>, JournalError> {
        let sql = "SELECT f.id FROM fact AS f JOIN announced AS a ON a.fact_seq = f.seq JOIN blob AS b ON b.id = a.blob \
            WHERE f.task = ?4 AND f.kind = ?3 GROUP BY f.seq, f.id \
            HAVING MIN(b.state IN (?1, ?2)) = 1 ORDER BY f.id";
        let [verified, durable] = BlobProgress::WHOLE;
        self.many(sql, params![verified, durable, PHOTO, task.0.as_bytes()], |row| uuid(row, 0).map(FactId))
    }

    /// The photos of one task.
    pub fn photos_of_task(&self, task: TaskId) -> Result<PhotoCount, JournalError> {
        let sql = "SELECT COUNT(*), COALESCE(SUM(whole), 0) FROM ( \
            SELECT MIN(b.state IN (?1, ?2)) AS whole \
            FROM fact AS f JOIN announced AS a ON a.fact_seq = f.seq JOIN blob AS b ON b.id = a.blob \
            WHERE f.task = ?4 AND f.kind = ?3 GROUP BY f.seq)";
        let [verified, durable] = BlobProgress::WHOLE;
        let found = self.one(sql, params![verified, durable, PHOTO, task.0.as_bytes()], |row| {
            Ok(PhotoCount { taken: to_u64(row.get(0)?), verified: to_u64(row.get(1)?) })
        })?;
        Ok(found.unwrap_or_default())
    }
}
