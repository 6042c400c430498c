//! How far the server is: watermarks, receipts, and its clock.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{to_i64, to_u64, uuid},
};
use firebee_domain::{
    id::BootId,
    time::{Anchor, Timestamp},
};
use rusqlite::params;

/// How long a meeting with the server is kept before another takes its place, in milliseconds of the boot clock. A few
/// minutes make no difference to what is stated, and save writes.
pub const MEETING_KEPT_MS: i64 = 300_000;

/// A meeting with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The server's clock at an instant of this phone.
    pub anchor: Anchor,
    /// The server's signature over that time and this store, if it was asked for.
    pub stamp: Option<String>,
}

/// The watermarks of this store. `durable ≤ acked ≤ sent`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The last seq that was handed to the network.
    pub sent_through: u64,
    /// The last seq that a verified receipt covers.
    pub acked_through: u64,
    /// The last seq inside the durability that the server promises.
    pub durable_through: u64,
}

impl JournalRows<'_> {
    /// The JSON of the last receipt; `None` before the first.
    pub fn last_receipt(&self) -> Result<Option<String>, JournalError> {
        self.one("SELECT body FROM receipt ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
    }

    /// The watermarks.
    pub fn marks(&self) -> Result<Marks, JournalError> {
        let sql = "SELECT sent_through, acked_through, durable_through FROM store";
        let found = self.one(sql, [], |row| {
            Ok(Marks {
                sent_through: to_u64(row.get(0)?),
                acked_through: to_u64(row.get(1)?),
                durable_through: to_u64(row.get(2)?),
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The last anchor, if the server has signed its time.
    pub fn signed_anchor(&self) -> Result<Option<Anchor>, JournalError> {
        let signed: Option<bool> = self.one("SELECT stamp IS NOT NULL FROM anchor", [], |row| row.get(0))?;
        if signed.unwrap_or(false) { self.anchor() } else { Ok(None) }
    }

    /// The stamp of the last anchor, with the anchor, while no note in the journal carries it.
    pub fn stamp_to_note(&self) -> Result<Option<Meeting>, JournalError> {
        let sql = "SELECT stamp FROM anchor WHERE stamp IS NOT NULL AND noted = 0";
        let stamp: Option<String> = self.one(sql, [], |row| row.get(0))?;
        let anchor = if stamp.is_some() { self.anchor()? } else { None };
        Ok(anchor.map(|anchor| Meeting { anchor, stamp }))
    }

    /// The last anchor, of whatever boot.
    pub fn anchor(&self) -> Result<Option<Anchor>, JournalError> {
        self.one("SELECT server_ms, boot_ms, boot_id, rtt_ms FROM anchor", [], |row| {
            Ok(Anchor {
                server_ms: Timestamp(row.get(0)?),
                boot_ms: row.get(1)?,
                boot_id: BootId(uuid(row, 2)?),
                rtt_ms: row.get(3)?,
            })
        })
    }
}

impl JournalTx<'_> {
    /// Raises the watermarks. No mark falls, a mark that the server did not name stays, and `durable ≤ acked ≤ sent`
    /// holds.
    pub fn raise_marks(&self, to: Marks) -> Result<(), JournalError> {
        let held = self.marks()?;
        let durable_through = held.durable_through.max(to.durable_through);
        let acked_through = held.acked_through.max(to.acked_through).max(durable_through);
        let sent_through = held.sent_through.max(to.sent_through).max(acked_through);
        self.put_marks(Marks { sent_through, acked_through, durable_through })
    }

    /// Puts the watermarks back, after the server's data were restored from a backup.
    pub fn lower_marks(&self, through: u64) -> Result<(), JournalError> {
        let held = self.marks()?;
        self.put_marks(Marks {
            sent_through: held.sent_through.min(through),
            acked_through: held.acked_through.min(through),
            durable_through: held.durable_through.min(through),
        })
    }

    fn put_marks(&self, marks: Marks) -> Result<(), JournalError> {
        self.execute(
            "UPDATE store SET sent_through = ?1, acked_through = ?2, durable_through = ?3",
            params![to_i64(marks.sent_through), to_i64(marks.acked_through), to_i64(marks.durable_through)],
        )
        .map(drop)
    }

    /// Keeps a meeting with the server, unless the last one is as good: of this boot, a few minutes old at most, and
    /// either signed, or neither is signed and its round trip was no longer.
    pub fn put_meeting(&self, met: &Meeting) -> Result<(), JournalError> {
        let Meeting { anchor, stamp } = met;
        let signed = self.signed_anchor()?.is_some();
        let held = self.anchor()?.filter(|held| held.boot_id == anchor.boot_id && (signed || stamp.is_none()));
        let young = |held: Anchor| anchor.boot_ms.saturating_sub(held.boot_ms) < MEETING_KEPT_MS;
        if held.is_some_and(|held| young(held) && (signed || held.rtt_ms <= anchor.rtt_ms)) {
            return Ok(());
        }
        self.execute(
            "INSERT OR REPLACE INTO anchor (one, server_ms, boot_ms, boot_id, rtt_ms, stamp) \
             VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            params![anchor.server_ms.0, anchor.boot_ms, anchor.boot_id.0.as_bytes(), anchor.rtt_ms, stamp],
        )
        .map(drop)
    }

    /// A note in the journal carries the stamp of the last anchor now.
    pub fn stamp_is_noted(&self) -> Result<(), JournalError> {
        self.execute("UPDATE anchor SET noted = 1", []).map(drop)
    }

    /// Keeps a receipt, the first one at a seq.
    pub fn put_receipt(&self, seq: u64, received_ms: Timestamp, body: &str) -> Result<(), JournalError> {
        self.execute(
            "INSERT INTO receipt (seq, received_ms, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![to_i64(seq), received_ms.0, body],
        )
        .map(drop)
    }
}
