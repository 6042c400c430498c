//! Writes a fact into the journal.

use super::{
    BlobProgress, ChainHead, JournalError, JournalTx, Meeting,
    rows::{to_i64, uuid},
};
use crate::{
    ids,
    ports::{Clocks, Entropy, EntropyError},
};
use firebee_domain::{
    id::{AccountId, FactId},
    time::Captured,
};
use firebee_protocol::{
    chain::{chain_next, content_hash, scope_hash},
    fact::{Body, ComposeError, DeviceNote, Envelope, Kind, Subject, compose},
};
use rusqlite::params;
use uuid::Uuid;

/// A fact that was recorded; durable once its transaction has returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the store.
    pub seq: u64,
    /// Its id.
    pub id: FactId,
}

/// Why a fact does not enter the journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The fact is above a limit or holds something that is not allowed. Nothing is recorded.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl JournalTx<'_> {
    /// A new fact id: version 7 of the wall clock, greater than every id in this journal even if the clock ran
    /// backwards.
    ///
    /// # Errors
    /// No random bytes, or the journal failed.
    pub fn next_fact_id(&self, clocks: &Clocks, entropy: &dyn Entropy) -> Result<FactId, JournalError> {
        let fail = |error: EntropyError| JournalError::Unavailable { reason: error.to_string() };
        let last = self.last_fact_id()?;
        ids::next_v7(last, clocks.wall_ms, entropy).map(FactId).map_err(fail)
    }

    fn last_fact_id(&self) -> Result<Option<Uuid>, JournalError> {
        self.one("SELECT id FROM fact ORDER BY seq DESC LIMIT 1", [], |row| uuid(row, 0))
    }

    /// The clocks as a fact carries them, with the last anchor known.
    ///
    /// # Errors
    /// The journal failed.
    pub fn captured(&self, clocks: &Clocks) -> Result<Captured, JournalError> {
        let Clocks { wall_ms, boot_ms, boot_id, .. } = *clocks;
        Ok(Captured { wall_ms, boot_ms, boot_id, gnss_ms: clocks.gnss_ms(), anchor: self.anchor()? })
    }

    /// Records a note with the stamp of the last anchor, if none carries it yet. So the first fact that uses a new anchor
    /// stands behind the proof that it was recorded later (protocol, "Trusted time").
    ///
    /// # Errors
    /// No random bytes, or the journal failed.
    pub fn note_stamp(&self, clocks: &Clocks, entropy: &dyn Entropy, account: AccountId) -> Result<(), AppendError> {
        let Some(Meeting { anchor, stamp }) = self.stamp_to_note()? else { return Ok(()) };
        self.note(clocks, entropy, account, DeviceNote::Anchor { anchor, stamp })?;
        Ok(self.stamp_is_noted()?)
    }

    /// Records what the phone notes about itself: a fact of no project.
    ///
    /// # Errors
    /// No random bytes, the note holds what may not travel, or the journal failed.
    pub fn note(
        &self,
        clocks: &Clocks,
        entropy: &dyn Entropy,
        account: AccountId,
        note: DeviceNote,
    ) -> Result<Recorded, AppendError> {
        let envelope = Envelope {
            project: None,
            id: self.next_fact_id(clocks, entropy)?,
            account,
            captured: self.captured(clocks)?,
            subject: Subject::default(),
            blobs: Vec::new(),
        };
        self.append(&envelope, &Body::DeviceNote(note))
    }

    /// Records a fact: see [`JournalTx::append_line`].
    ///
    /// # Errors
    /// Nothing above a limit and nothing that a server would not read is recorded.
    pub fn append(&self, envelope: &Envelope, body: &Body) -> Result<Recorded, AppendError> {
        let line = compose(envelope, body)?;
        Ok(self.append_line(envelope, body.kind(), line)?)
    }

    /// Records a line that was composed of this envelope and a body of this kind: writes the line under the next seq
    /// with hash and chain, and announces its blobs, all in this transaction.
    ///
    /// # Errors
    /// The journal failed.
    pub fn append_line(&self, envelope: &Envelope, kind: Kind, line: Vec<u8>) -> Result<Recorded, JournalError> {
        let ChainHead { seq: last, chain: before } = self.head(self.identity())?;
        let seq = last + 1;
        let content = content_hash(&line);
        let scope = scope_hash(self.identity().store_id, envelope.project);
        let chain = chain_next(before, seq, scope, content);
        let task = kind.task(envelope.id, envelope.subject.task);
        self.execute(
            "INSERT INTO fact (seq, id, kind, project, task, line, content_hash, chain) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                to_i64(seq),
                envelope.id.0.as_bytes(),
                kind.as_str(),
                envelope.project.map(|id| *id.0.as_bytes()),
                task.map(|id| *id.0.as_bytes()),
                line,
                content.0,
                chain.0,
            ],
        )?;
        for blob in &envelope.blobs {
            self.execute(
                // A blob that was given up as lost and is here again counts as a new blob to send, after this fact.
                "INSERT INTO blob (id, len, mime, role, fact_seq) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (id) DO UPDATE SET collected = 0, \
                 fact_seq = CASE state WHEN ?6 THEN excluded.fact_seq ELSE fact_seq END, \
                 sent_offset = CASE state WHEN ?6 THEN 0 ELSE sent_offset END, \
                 state = CASE state WHEN ?6 THEN ?7 ELSE state END",
                params![
                    blob.id.0,
                    to_i64(blob.len),
                    <&str>::from(blob.mime),
                    <&str>::from(blob.role),
                    to_i64(seq),
                    BlobProgress::Lost,
                    BlobProgress::Unknown,
                ],
            )?;
            self.execute(
                "INSERT INTO announced (fact_seq, blob) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![to_i64(seq), blob.id.0],
            )?;
        }
        Ok(Recorded { seq, id: envelope.id })
    }
}
