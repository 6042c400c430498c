//! Reads about files whose time is over.
//!
//! A file is past when each task that has it is: discarded, or approved and in a report that is filed where it was planned,
//! with no fault that is still followed, nothing that waits for a decision and no report that waits for its filing, and
//! handed in last before the day from which its kind is kept. A file that something else names as well stays, and so does
//! one that the office brought: contracts and petitions may rest on it.

use crate::{
    org::Org,
    row, sql,
    store::{BlobStage, Row, StoreError, Tx, Value},
};
use chrono::NaiveDate;
use firebee_domain::{
    fault::FaultState,
    id::{ContentId, TaskId},
    retention::{Kept, Retention},
    task::TaskState,
    time::{Timestamp, china_midnight},
};
use firebee_protocol::fact::BlobRole;

/// The files of one kind that are past.
#[derive(Clone, Copy, Debug)]
pub struct PastRow {
    /// The kind.
    pub kept: Kept,
    /// How many.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
    /// When the oldest of their tasks was handed in.
    pub oldest: Timestamp,
}

/// The files that are past: of which no use is another than of a past task. Parameters: ?2 to ?5 the days by kind, ?6 to ?8 the
/// roles, ?9 and ?10 the states of a task that is done, ?11 to ?13 those of a fault that is closed, ?14 that of
/// a file that has come, ?15 the latest of the days.
macro_rules! files {
    () => {
        "SELECT b.id AS id, b.len AS len, MIN(COALESCE(t.submitted_ms, t.started_ms)) AS at_ms,
             MIN(CASE WHEN u.role = ?6 THEN 1 WHEN u.role = ?7 THEN 2 WHEN u.role = ?8 THEN 3 ELSE 0 END) AS kind
         FROM task t JOIN blob_use u ON u.org = t.org AND u.task = t.id JOIN blob b ON b.org = u.org AND b.id = u.blob
         WHERE t.org = ?1 AND COALESCE(t.submitted_ms, t.started_ms) < CAST(?15 AS BIGINT)
             AND b.state = ?14 AND b.expired_ms IS NULL
             AND NOT EXISTS (SELECT 1 FROM attachment n WHERE n.org = b.org AND n.blob = b.id)
             AND NOT EXISTS (
                 SELECT 1 FROM blob_use o LEFT JOIN task s ON s.org = o.org AND s.id = o.task
                 WHERE o.org = b.org AND o.blob = b.id AND (s.id IS NULL OR NOT (
                     s.state IN (?9, ?10)
                     AND COALESCE(s.submitted_ms, s.started_ms) < CASE
                         WHEN o.role = ?6 THEN CAST(?3 AS BIGINT) WHEN o.role = ?7 THEN CAST(?4 AS BIGINT)
                         WHEN o.role = ?8 THEN CAST(?5 AS BIGINT) ELSE CAST(?2 AS BIGINT) END
                     AND NOT EXISTS (SELECT 1 FROM fault f
                         WHERE f.org = s.org AND f.task = s.id AND f.state NOT IN (?11, ?12, ?13))
                     AND NOT EXISTS (SELECT 1 FROM parked k
                         WHERE k.org = s.org AND k.task = s.id AND k.decision IS NULL)
                     AND NOT EXISTS (SELECT 1 FROM report_task m JOIN report r ON r.org = m.org AND r.id = m.report
                         WHERE m.org = s.org AND m.task = s.id AND r.filed IS NULL)
                     AND (s.state = ?10 OR s.plan IS NULL
                         OR EXISTS (SELECT 1 FROM report_task m WHERE m.org = s.org AND m.task = s.id)))))
         GROUP BY b.id, b.len"
    };
}

/// What the statements are asked with.
struct Asked {
    org: Org,
    from: [Timestamp; 4],
}

impl Asked {
    fn of(org: Org, retention: Retention, today: NaiveDate) -> Self {
        let from = [Kept::Photo, Kept::Signature, Kept::Track, Kept::File];
        Self { org, from: from.map(|kept| china_midnight(retention.kept_from(kept, today))) }
    }

    fn values(&self) -> Vec<Value<'_>> {
        let [photo, signature, track, file] = self.from;
        let roles = row![BlobRole::Signature, BlobRole::Track, BlobRole::Attachment];
        let closed = row![FaultState::Resolved, FaultState::OutOfScope, FaultState::Withdrawn];
        let done = row![TaskState::Approved, TaskState::Discarded];
        let own = row![self.org, photo, signature, track, file];
        let last = self.from.iter().max().copied().unwrap_or(photo);
        [&own[..], &roles, &done, &closed, &row![BlobStage::Verified, last]].concat()
    }
}

/// How many files of a firm are past on a day, by kind.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn past(tx: &mut Tx, org: Org, retention: Retention, today: NaiveDate) -> Result<Vec<PastRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT kind, COUNT(*), CAST(SUM(len) AS BIGINT), MIN(at_ms) FROM (",
        files!(),
        ") past GROUP BY kind ORDER BY kind"
    ));
    let rows = tx.query(find, &Asked::of(org, retention, today).values()).await?;
    let read = |row: &Row| {
        let kept = match row.get::<i64>(0)? {
            1 => Kept::Signature,
            2 => Kept::Track,
            3 => Kept::File,
            _ => Kept::Photo,
        };
        Ok(PastRow { kept, files: row.get(1)?, bytes: row.get(2)?, oldest: row.get(3)? })
    };
    rows.iter().map(read).collect()
}

/// The files of a firm that are past on a day, so many at most, with their bytes.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn files(
    tx: &mut Tx,
    org: Org,
    (retention, today): (Retention, NaiveDate),
    most: i64,
) -> Result<Vec<(ContentId, i64)>, StoreError> {
    let find = sql!(concat!("SELECT id, len FROM (", files!(), ") past ORDER BY at_ms, id LIMIT ?16"));
    let asked = Asked::of(org, retention, today);
    let values = [&asked.values()[..], &row![most]].concat();
    tx.query(find, &values).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many files of a task are gone because their time was over, and when the last of them went.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn expired(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<(i64, Timestamp)>, StoreError> {
    let find = sql!(
        "SELECT COUNT(DISTINCT b.id), MAX(b.expired_ms) FROM blob_use u JOIN blob b ON b.org = u.org AND b.id = u.blob
         WHERE u.org = ?1 AND u.task = ?2 AND b.expired_ms IS NOT NULL"
    );
    let Some(row) = tx.query_opt(find, &row![org, &task]).await? else { return Ok(None) };
    row.get::<Option<Timestamp>>(1)?.map(|last| Ok((row.get(0)?, last))).transpose()
}
