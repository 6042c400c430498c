//! The open track: fixes that no segment has sealed yet.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{to_i64, to_u64, uuid},
};
use firebee_domain::{
    fact::Kind,
    id::{BootId, TaskId},
    track::{Cause, Fix, Hint, Provider},
};
use rusqlite::{Row, params};

/// The track that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenTrack {
    /// The task it was begun for, or went on for when that one was handed in.
    pub task: TaskId,
    /// The boot of the fixes that are not sealed yet.
    pub boot_id: BootId,
    /// Whether it is replayed from a file.
    pub replayed: bool,
    /// The last fact before it began. It serves every task that a later fact is about.
    pub since_seq: u64,
}

fn cause_of(number: i64) -> Cause {
    u8::try_from(number).ok().and_then(Cause::from_repr).unwrap_or(Cause::Unknown)
}

fn fix(row: &Row<'_>) -> rusqlite::Result<Fix> {
    let provider: u8 = row.get(4)?;
    Ok(Fix {
        boot_ms: row.get(0)?,
        lat_e6: row.get(1)?,
        lon_e6: row.get(2)?,
        accuracy_m: row.get(3)?,
        provider: match provider {
            0 => Provider::Gnss,
            1 => Provider::Network,
            2 => Provider::Fused,
            _ => Provider::Other,
        },
        mock: row.get(5)?,
    })
}

impl JournalRows<'_> {
    /// The track that runs, if one does.
    pub fn open_track(&self) -> Result<Option<OpenTrack>, JournalError> {
        let sql = "SELECT task, boot_id, replayed, since_seq FROM track";
        self.one(sql, [], |row| {
            Ok(OpenTrack {
                task: TaskId(uuid(row, 0)?),
                boot_id: BootId(uuid(row, 1)?),
                replayed: row.get(2)?,
                since_seq: to_u64(row.get(3)?),
            })
        })
    }

    /// The tasks that facts after this one are about, the pieces of tracks left out.
    pub fn tasks_worked_on(&self, after: u64) -> Result<Vec<TaskId>, JournalError> {
        let sql = "SELECT DISTINCT task FROM fact NOT INDEXED WHERE seq > ?1 AND task IS NOT NULL AND kind <> ?2 \
                   ORDER BY task";
        self.many(sql, params![to_i64(after), Kind::TrackSegment.as_str()], |row| uuid(row, 0).map(TaskId))
    }

    /// The fixes that are not sealed yet, in the order they came, at most `limit`.
    pub fn fixes(&self, limit: usize) -> Result<Vec<Fix>, JournalError> {
        let sql = "SELECT boot_ms, lat_e6, lon_e6, accuracy_m, provider, mock FROM fix ORDER BY n LIMIT ?1";
        self.many(sql, params![i64::try_from(limit).unwrap_or(i64::MAX)], fix)
    }

    /// How many fixes are not sealed yet.
    pub fn fix_count(&self) -> Result<usize, JournalError> {
        let found = self.one("SELECT COUNT(*) FROM fix", [], |row| row.get::<_, i64>(0))?;
        Ok(found.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
    }

    /// Whether a fix that is not sealed yet was marked as invented.
    pub fn has_mock_fix(&self) -> Result<bool, JournalError> {
        Ok(self.one("SELECT EXISTS (SELECT 1 FROM fix WHERE mock)", [], |row| row.get(0))?.unwrap_or(false))
    }

    /// What the recorder noticed since the last seal, in order.
    pub fn hints(&self) -> Result<Vec<Hint>, JournalError> {
        let sql = "SELECT boot_ms, cause FROM hint ORDER BY n";
        self.many(sql, [], |row| Ok(Hint { boot_ms: row.get(0)?, cause: cause_of(row.get(1)?) }))
    }
}

impl JournalTx<'_> {
    /// Opens a track or changes the one that runs.
    pub fn put_track(&self, track: &OpenTrack) -> Result<(), JournalError> {
        self.execute(
            "INSERT OR REPLACE INTO track (one, task, boot_id, replayed, since_seq) VALUES (1, ?1, ?2, ?3, ?4)",
            params![track.task.0.as_bytes(), track.boot_id.0.as_bytes(), track.replayed, to_i64(track.since_seq)],
        )
        .map(drop)
    }

    /// Closes the track. The caller has sealed its fixes.
    pub fn close_track(&self) -> Result<(), JournalError> {
        self.execute("DELETE FROM track", [])?;
        self.execute("DELETE FROM hint", []).map(drop)
    }

    /// Keeps fixes in the order they came.
    pub fn put_fixes(&self, fixes: &[Fix]) -> Result<(), JournalError> {
        for fix in fixes {
            self.execute(
                "INSERT INTO fix (boot_ms, lat_e6, lon_e6, accuracy_m, provider, mock) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![fix.boot_ms, fix.lat_e6, fix.lon_e6, fix.accuracy_m, fix.provider as u8, fix.mock],
            )?;
        }
        Ok(())
    }

    /// Keeps what the recorder noticed.
    pub fn put_hint(&self, hint: &Hint) -> Result<(), JournalError> {
        let sql = "INSERT INTO hint (boot_ms, cause) VALUES (?1, ?2)";
        self.execute(sql, params![hint.boot_ms, hint.cause as u8]).map(drop)
    }

    /// Drops the first `count` fixes, which a segment has sealed in this transaction.
    pub fn drop_fixes(&self, count: usize) -> Result<(), JournalError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.execute("DELETE FROM fix WHERE n IN (SELECT n FROM fix ORDER BY n LIMIT ?1)", params![count]).map(drop)
    }

    /// Drops hints before `boot_ms`.
    pub fn drop_hints_before(&self, boot_ms: i64) -> Result<(), JournalError> {
        self.execute("DELETE FROM hint WHERE boot_ms < ?1", params![boot_ms]).map(drop)
    }
}
