//! The blobs that this phone's facts announce, and how far each is on its way.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{content_id, to_i64, to_u64, uuid_opt, word},
};
use firebee_domain::{
    id::{ContentId, TaskId},
    time::Timestamp,
};
use firebee_protocol::fact::{BlobRole, Mime};
use rusqlite::{Row, ToSql, params, types::ToSqlOutput};
use strum::{EnumString, IntoStaticStr};

/// How far a blob is, as the phone knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum BlobProgress {
    /// Not known on the server, in whole or in part.
    Unknown,
    /// The server has it and re-hashed it.
    Verified,
    /// Verified, and inside the durability that the server promises.
    Durable,
    /// The phone's own bytes are wrong or gone: noted, not tried again.
    Lost,
}

impl BlobProgress {
    /// The server has all bytes.
    pub const WHOLE: [Self; 2] = [Self::Verified, Self::Durable];
}

impl ToSql for BlobProgress {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(<&str>::from(*self).into())
    }
}

/// A blob as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// Its hash.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
    /// Its type.
    pub mime: Mime,
    /// What it is for.
    pub role: BlobRole,
    /// The first fact that announced it.
    pub fact_seq: u64,
    /// How far it is.
    pub progress: BlobProgress,
    /// Bytes that the server said it holds.
    pub sent_offset: u64,
    /// Whether its bytes were freed.
    pub collected: bool,
}

/// A blob of a fact, whose bytes may be freed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldBlob {
    /// Its hash.
    pub id: ContentId,
    /// What it is for.
    pub role: BlobRole,
    /// The task of a fact that announced it.
    pub task: Option<TaskId>,
}

/// How long the phone remembers that the network refused a size, in milliseconds.
const REFUSAL_KEPT_MS: i64 = 86_400_000;

/// What is sent first, in this order; originals and attachments follow.
const FIRST: [BlobRole; 3] = [BlobRole::Thumb, BlobRole::Track, BlobRole::Preview];

const COLUMNS: &str = "id, len, mime, role, fact_seq, state, sent_offset, collected";

fn read(row: &Row<'_>) -> rusqlite::Result<BlobRow> {
    Ok(BlobRow {
        id: content_id(row, 0)?,
        len: to_u64(row.get(1)?),
        mime: word(row, 2, Mime::Jpeg)?,
        role: word(row, 3, BlobRole::Original)?,
        fact_seq: to_u64(row.get(4)?),
        progress: word(row, 5, BlobProgress::Unknown)?,
        sent_offset: to_u64(row.get(6)?),
        collected: row.get(7)?,
    })
}

impl JournalRows<'_> {
    /// One blob.
    pub fn blob(&self, id: ContentId) -> Result<Option<BlobRow>, JournalError> {
        self.one(&format!("SELECT {COLUMNS} FROM blob WHERE id = ?1"), params![id.0], read)
    }

    /// The blobs to send next: thumbnails, then tracks and previews, then originals, each oldest first. Only blobs of
    /// acknowledged facts are sent, and without `pictures` only tracks.
    pub fn pending_blobs(&self, limit: u32, pictures: bool) -> Result<Vec<BlobRow>, JournalError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM blob WHERE state = 'unknown' AND fact_seq <= (SELECT acked_through FROM store) \
             AND (?5 OR role = ?3) \
             ORDER BY CASE role WHEN ?2 THEN 0 WHEN ?3 THEN 1 WHEN ?4 THEN 2 ELSE 3 END, fact_seq, id LIMIT ?1"
        );
        let [first, second, third] = FIRST.map(<&str>::from);
        self.many(&sql, params![limit, first, second, third, pictures], read)
    }

    /// The blobs that the server has not verified, in the order in which they are sent.
    pub fn unsent_blob_rows(&self) -> Result<Vec<BlobRow>, JournalError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM blob WHERE state = 'unknown' AND collected = 0 \
             ORDER BY CASE role WHEN ?1 THEN 0 WHEN ?2 THEN 1 WHEN ?3 THEN 2 ELSE 3 END, fact_seq, id"
        );
        let [first, second, third] = FIRST.map(<&str>::from);
        self.many(&sql, params![first, second, third], read)
    }

    /// How many blobs, and how many bytes of them, the server has not verified.
    pub fn unsent_blobs(&self) -> Result<(u64, u64), JournalError> {
        let sql = "SELECT COUNT(*), COALESCE(SUM(len - sent_offset), 0) FROM blob WHERE state = 'unknown'";
        let found = self.one(sql, [], |row| Ok((to_u64(row.get(0)?), to_u64(row.get(1)?))))?;
        Ok(found.unwrap_or_default())
    }

    /// How many blobs are safe on the server, and how many there are. Those whose bytes are wrong or gone here count for
    /// neither.
    pub fn blobs_safe(&self) -> Result<(u64, u64), JournalError> {
        let sql = "SELECT COUNT(*) FILTER (WHERE state = ?1), COUNT(*) FROM blob WHERE state <> ?2";
        let words = [BlobProgress::Durable, BlobProgress::Lost].map(<&str>::from);
        let found = self.one(sql, words, |row| Ok((to_u64(row.get(0)?), to_u64(row.get(1)?))))?;
        Ok(found.unwrap_or_default())
    }

    /// The size, in bytes, that the network refused last, unless that is longer ago than a day: another network, or a proxy
    /// that was set right, may take it.
    pub fn refused_size(&self, now: Timestamp) -> Result<Option<u64>, JournalError> {
        let sql = "SELECT bytes FROM refused_size WHERE wall_ms BETWEEN ?1 AND ?2";
        let day_ago = now.0.saturating_sub(REFUSAL_KEPT_MS);
        self.one(sql, params![day_ago, now.0], |row| row.get(0).map(to_u64))
    }

    /// How many blobs are wrong or gone on this phone.
    pub fn lost_blobs(&self) -> Result<u64, JournalError> {
        let sql = "SELECT COUNT(*) FROM blob WHERE state = ?1";
        let found = self.one(sql, params![BlobProgress::Lost], |row| row.get(0).map(to_u64))?;
        Ok(found.unwrap_or_default())
    }

    /// The bytes of the blobs that this phone still has, by what they are for.
    pub fn blob_bytes(&self) -> Result<Vec<(BlobRole, u64)>, JournalError> {
        let sql = "SELECT role, SUM(len) FROM blob WHERE NOT collected AND state <> ?1 GROUP BY role ORDER BY role";
        self.many(sql, params![BlobProgress::Lost], |row| Ok((word(row, 0, BlobRole::Original)?, to_u64(row.get(1)?))))
    }

    /// Every blob that was announced here and not freed.
    pub fn blob_ids(&self) -> Result<Vec<ContentId>, JournalError> {
        self.many("SELECT id FROM blob WHERE NOT collected ORDER BY id", [], |row| content_id(row, 0))
    }

    /// The blobs that were durable on the server at this instant and still lie here, a row for each fact that announced one.
    pub fn durable_since(&self, at: Timestamp) -> Result<Vec<OldBlob>, JournalError> {
        let sql = "SELECT b.id, b.role, f.task FROM blob AS b LEFT JOIN announced AS a ON a.blob = b.id \
                   LEFT JOIN fact AS f ON f.seq = a.fact_seq \
                   WHERE b.state = ?1 AND NOT b.collected AND b.durable_ms <= ?2 \
                   AND b.fact_seq <= (SELECT durable_through FROM store)";
        self.many(sql, params![BlobProgress::Durable, at.0], |row| {
            let task = uuid_opt(row, 2)?.map(TaskId);
            Ok(OldBlob { id: content_id(row, 0)?, role: word(row, 1, BlobRole::Thumb)?, task })
        })
    }
}

impl JournalTx<'_> {
    /// Notes how far a blob is.
    pub fn set_blob(&self, id: ContentId, progress: BlobProgress, at: Timestamp) -> Result<(), JournalError> {
        let durable_ms = (progress == BlobProgress::Durable).then_some(at.0);
        let sql = "UPDATE blob SET state = ?2, durable_ms = ?3 WHERE id = ?1";
        self.execute(sql, params![id.0, progress, durable_ms]).map(drop)
    }

    /// Notes that the bytes of a blob are freed.
    pub fn set_collected(&self, id: ContentId) -> Result<(), JournalError> {
        self.execute("UPDATE blob SET collected = 1 WHERE id = ?1", params![id.0]).map(drop)
    }

    /// Notes how many bytes of a blob the server holds.
    pub fn set_blob_offset(&self, id: ContentId, offset: u64) -> Result<(), JournalError> {
        self.execute("UPDATE blob SET sent_offset = ?2 WHERE id = ?1", params![id.0, to_i64(offset)]).map(drop)
    }

    /// Notes that the network refused a body of so many bytes.
    pub fn set_refused_size(&self, bytes: u64, at: Timestamp) -> Result<(), JournalError> {
        let sql = "INSERT OR REPLACE INTO refused_size (one, bytes, wall_ms) VALUES (1, ?1, ?2)";
        self.execute(sql, params![to_i64(bytes), at.0]).map(drop)
    }

    /// Forgets how far each blob on this phone is, because the server's data have a new incarnation. The lane asks
    /// again.
    pub fn forget_blobs(&self) -> Result<(), JournalError> {
        let sql = "UPDATE blob SET state = ?1, sent_offset = 0, durable_ms = NULL \
                   WHERE collected = 0 AND state IN (?2, ?3)";
        let (unknown, [verified, durable]) = (BlobProgress::Unknown, BlobProgress::WHOLE);
        self.execute(sql, params![unknown, verified, durable]).map(drop)
    }
}
