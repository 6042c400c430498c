//! The number of facts in each state. Every fact is in exactly one state, so the counts add up.

use super::{
    BlobProgress, JournalError, JournalRows, Marks, StoreIdentity,
    rows::{to_i64, to_u64, uuid},
};
use firebee_domain::id::{FactId, TaskId};
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

    /// Those that are not among `part`, which is a part of them.
    #[must_use]
    pub const fn without(self, part: Self) -> Self {
        Self {
            pending: self.pending.saturating_sub(part.pending),
            sent: self.sent.saturating_sub(part.sent),
            acked: self.acked.saturating_sub(part.acked),
            durable: self.durable.saturating_sub(part.durable),
            parked: self.parked.saturating_sub(part.parked),
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

/// The facts that are photos, by the index that holds nothing else: its condition stands in the statement as it stands in
/// the index, and a task's other facts are passed over.
const PHOTOS: &str = "fact AS f INDEXED BY fact_photo JOIN announced AS a ON a.fact_seq = f.seq \
    JOIN blob AS b ON b.id = a.blob WHERE kind = 'photo.taken'";

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
        let sql =
            "SELECT COUNT(*) FROM fact INDEXED BY fact_parked WHERE parked IS NOT NULL AND seq > ?1 AND seq <= ?2";
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

    /// The facts of some tasks by state.
    pub fn counts_of_tasks(&self, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, Counts>, JournalError> {
        let sql = format!(
            "SELECT task, {BY_STATE} FROM fact, store AS s \
             WHERE task IN (SELECT unhex(value) FROM json_each(?1)) GROUP BY task"
        );
        let rows = self.many(&sql, params![hex(tasks)], |row| Ok((TaskId(uuid(row, 0)?), counts(row, 1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// The tasks of which something is not safe on the server yet: a fact that counts and is not durable, or a photo of which
    /// the server has not verified everything.
    pub fn tasks_waiting(&self) -> Result<Vec<TaskId>, JournalError> {
        let announced = "CROSS JOIN announced AS a INDEXED BY announced_blob ON a.blob = b.id \
                         CROSS JOIN fact AS f NOT INDEXED ON f.seq = a.fact_seq \
                         WHERE kind = 'photo.taken' AND f.task IS NOT NULL";
        let sql = format!(
            "SELECT task FROM fact NOT INDEXED WHERE seq > (SELECT durable_through FROM store) AND parked IS NULL \
             AND task IS NOT NULL \
             UNION SELECT f.task FROM blob AS b INDEXED BY blob_unknown {announced} AND state = 'unknown' \
             UNION SELECT f.task FROM blob AS b INDEXED BY blob_lost {announced} AND state = 'lost' ORDER BY task"
        );
        self.many(&sql, [], |row| uuid(row, 0).map(TaskId))
    }

    /// The photos of every task.
    pub fn photos_by_task(&self) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        self.photos("f.task IS NOT NULL AND ?3 IS NULL", None)
    }

    /// The photos of some tasks.
    pub fn photos_of_tasks(&self, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        self.photos("f.task IN (SELECT unhex(value) FROM json_each(?3))", Some(hex(tasks)))
    }

    fn photos(&self, of: &str, ids: Option<String>) -> Result<BTreeMap<TaskId, PhotoCount>, JournalError> {
        let sql = format!(
            "SELECT task, COUNT(*), COALESCE(SUM(whole), 0) FROM ( \
             SELECT f.task AS task, MIN(b.state IN (?1, ?2)) AS whole FROM {PHOTOS} AND {of} GROUP BY f.seq) GROUP BY task"
        );
        let [verified, durable] = BlobProgress::WHOLE;
        let read = |row: &Row<'_>| {
            Ok((TaskId(uuid(row, 0)?), PhotoCount { taken: to_u64(row.get(1)?), verified: to_u64(row.get(2)?) }))
        };
        Ok(self.many(&sql, params![verified, durable, ids], read)?.into_iter().collect())
    }

    /// The photos of one task all of whose blobs the server has verified, by their facts.
    pub fn verified_photos(&self, task: TaskId) -> Result<Vec<FactId>, JournalError> {
        let sql = format!(
            "SELECT f.id FROM {PHOTOS} AND f.task = ?3 GROUP BY f.seq, f.id \
             HAVING MIN(b.state IN (?1, ?2)) = 1 ORDER BY f.id"
        );
        let [verified, durable] = BlobProgress::WHOLE;
        self.many(&sql, params![verified, durable, task.0.as_bytes()], |row| uuid(row, 0).map(FactId))
    }

    /// The photos of one task.
    pub fn photos_of_task(&self, task: TaskId) -> Result<PhotoCount, JournalError> {
        Ok(self.photos_of_tasks(&[task])?.remove(&task).unwrap_or_default())
    }
}

/// The ids of tasks as a JSON text of hexadecimal digits.
fn hex(tasks: &[TaskId]) -> String {
    let ids: Vec<String> = tasks.iter().map(|task| task.0.simple().to_string()).collect();
    serde_json::to_string(&ids).unwrap_or_default()
}
