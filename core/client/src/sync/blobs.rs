//! The blob lane's machine: which bytes to send next, and what an answer means. No I/O.
//!
//! Invariant: a blob is sent only after the fact that announces it was acknowledged (the view holds no other blobs).
//! Invariant: thumbnails go first, then blobs in the order of the journal. A failing blob waits alone and delays no
//! other.
//! Invariant: a blob counts as verified only when the server names this blob as verified.

use super::{
    back_off::BackOff,
    pace::{PIECE_BYTES_FIRST, PIECE_BYTES_LEAST, Pace},
    step::{Readiness, Step},
};
use crate::{
    journal::{BlobProgress, BlobRow},
    session::Failure,
};
use firebee_domain::{
    code::{Action, Code},
    id::ContentId,
};
use firebee_protocol::blob::BlobState;
use std::collections::BTreeMap;

/// What the lane looks at.
#[derive(Clone, Copy, Debug)]
pub struct BlobsView<'a> {
    /// The blobs to send, in the order to send them; their facts are acknowledged.
    pub pending: &'a [BlobRow],
    /// The largest piece that may go now: what the facts leave room for, and the network has not refused.
    pub piece_bytes_max: u64,
}

/// What the lane wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobAsk {
    /// Which blob.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
    /// What to do with the blob.
    pub verb: BlobVerb,
}

/// What is done with a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobVerb {
    /// `PUT` the whole file.
    Whole,
    /// `HEAD`: how far is it?
    Where,
    /// `OPTIONS`: which extensions of tus does the server speak?
    Offers,
    /// `POST`: begin an upload, with its first bytes where the server takes them.
    Create {
        /// How many bytes go along; 0 begins an empty upload.
        len: u64,
    },
    /// `PATCH` a piece. It carries no checksum: the hash of the whole blob decides.
    Piece {
        /// The first byte.
        from: u64,
        /// How many bytes.
        len: u64,
    },
    /// Read the phone's own file again: are its bytes still those of its hash?
    Rehash,
}

impl BlobVerb {
    /// How many bytes of a blob of `len` bytes go along, and from where.
    const fn body(self, len: u64) -> Option<(u64, u64)> {
        match self {
            Self::Whole => Some((0, len)),
            Self::Create { len } if len > 0 => Some((0, len)),
            Self::Piece { from, len } => Some((from, len)),
            Self::Where | Self::Offers | Self::Create { .. } | Self::Rehash => None,
        }
    }
}

/// What the server said of a blob.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlobReply {
    /// Its state, where the answer told it.
    pub state: Option<BlobState>,
    /// How many bytes the server holds, where the answer told it.
    pub offset: Option<u64>,
    /// Whether a creation may carry the first bytes, as an answer to [`BlobVerb::Offers`] told.
    pub creation_with_upload: bool,
    /// How long the request took, ms.
    pub took_ms: i64,
}

/// What the phone notes of a blob after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobEffect {
    /// The server holds so many bytes.
    Offset(u64),
    /// The server has re-hashed it.
    Progress(BlobProgress),
    /// The network refused a body of so many bytes: to be remembered, so that no larger one is tried again soon.
    Refused(u64),
    /// The phone's own bytes are wrong or gone: to be noted, and not tried again.
    LostLocal,
    /// Nothing.
    None,
}

/// The lane's knowledge of a blob whose transfer has begun.
#[derive(Clone, Debug)]
struct Known {
    /// The next step; `None` until the server has told how much it holds.
    next: Option<BlobVerb>,
    trouble: BackOff,
    /// Its failure, while it waits alone.
    failure: Option<Failure>,
    /// Whether the lane has asked for this blob's offset since its last progress. The first doubt asks at once; a
    /// second one makes the blob wait.
    doubted: bool,
    /// The number of failures since the last progress that may not be this blob's own, such as a broken link.
    broke: u32,
    /// The highest offset that the server has reported.
    arrived: u64,
    /// The stretch, from and length, that was under way when the link broke, until the server says how much arrived.
    torn: Option<(u64, u64)>,
}

/// The blob lane.
#[derive(Clone, Debug)]
pub struct BlobLane {
    readiness: Readiness,
    seed: u64,
    pace: Pace,
    /// Whether the server takes the first bytes with the creation; `None` before it was asked.
    creation_with_upload: Option<bool>,
    known: BTreeMap<ContentId, Known>,
}

/// Larger files go piece by piece.
pub const WHOLE_BYTES_MAX: u64 = PIECE_BYTES_FIRST;

impl BlobLane {
    /// A lane that knows nothing; `seed` is its jitter's.
    pub fn new(seed: u64) -> Self {
        let (pace, known) = (Pace::default(), BTreeMap::new());
        Self { readiness: Readiness::new(seed), seed, pace, creation_with_upload: None, known }
    }

    /// How the lane stands, to reset it.
    pub const fn readiness_mut(&mut self) -> &mut Readiness {
        &mut self.readiness
    }

    /// The failure of the lane, or else of one of its blobs.
    pub fn failure(&self) -> Option<&Failure> {
        let of_blobs = || self.known.values().filter(|known| known.trouble.failures() > 0);
        self.readiness.failure().or_else(|| of_blobs().find_map(|known| known.failure.as_ref()))
    }

    /// Ends all waits, also those of failing blobs, because the network changed or a person asked.
    pub fn forget_waits(&mut self) {
        self.known.values_mut().for_each(|known| known.trouble.reset());
    }

    /// The number of failing blobs. The lane looks at so many more to find one that is not failing.
    pub fn in_trouble(&self) -> usize {
        self.known.values().filter(|known| known.trouble.failures() > 0).count()
    }

    /// What to do now.
    pub fn next(&mut self, view: &BlobsView<'_>, now_ms: i64) -> Step<BlobAsk> {
        if let Some(held) = self.readiness.hold(now_ms) {
            return held;
        }
        let trouble = |row: &BlobRow| self.known.get(&row.id).map(|known| &known.trouble);
        let until = |row: &BlobRow| trouble(row).and_then(|trouble| trouble.until(now_ms));
        let sound = |row: &&BlobRow| trouble(row).is_none_or(|trouble| trouble.failures() == 0);
        // After a failure another blob is tried, to find out whether the link or the first blob is the cause.
        let other = || view.pending.iter().find(sound).filter(|_| self.readiness.failures() > 0);
        let next = other().or_else(|| view.pending.iter().find(|row| until(row).is_none()));
        match (next, view.pending.iter().filter_map(until).min()) {
            (Some(row), _) => Step::Send(self.ask(row, view.piece_bytes_max)),
            (None, Some(until_ms)) => Step::Wait { until_ms },
            (None, None) => Step::Idle,
        }
    }

    fn ask(&self, row: &BlobRow, piece_bytes_max: u64) -> BlobAsk {
        let piece = self.pace.bytes().min(piece_bytes_max).max(1);
        let next = self.known.get(&row.id).and_then(|known| known.next);
        let fresh = next.is_none() && row.sent_offset == 0;
        let verb = match next {
            Some(BlobVerb::Piece { from, .. }) => {
                BlobVerb::Piece { from, len: row.len.saturating_sub(from).min(piece) }
            }
            // On a link where a whole megabyte does not pass, it goes in pieces too.
            None if row.len <= piece.min(WHOLE_BYTES_MAX) && fresh => BlobVerb::Whole,
            // Of a blob that was never sent, the server most likely has nothing: its first bytes go with the creation.
            None | Some(BlobVerb::Create { .. }) if fresh || next.is_some() => match self.creation_with_upload {
                None => BlobVerb::Offers,
                Some(true) => BlobVerb::Create { len: row.len.min(piece) },
                Some(false) if fresh => BlobVerb::Where,
                Some(false) => BlobVerb::Create { len: 0 },
            },
            Some(verb) => verb,
            None => BlobVerb::Where,
        };
        BlobAsk { id: row.id, len: row.len, verb }
    }

    /// The server answered.
    pub fn on_reply(&mut self, ask: &BlobAsk, reply: &BlobReply, now_ms: i64) -> BlobEffect {
        self.readiness.succeeded();
        if ask.verb == BlobVerb::Offers {
            self.creation_with_upload = Some(reply.creation_with_upload);
            return BlobEffect::None;
        }
        if let Some((_, len)) = ask.verb.body(ask.len).filter(|_| ask.verb != BlobVerb::Whole) {
            self.pace.passed(len, reply.took_ms);
        }
        self.mend(ask.id, reply.offset);
        match reply.state {
            Some(BlobState::Verified) => return self.done(ask.id, BlobProgress::Verified),
            Some(BlobState::Durable) => return self.done(ask.id, BlobProgress::Durable),
            Some(BlobState::Announced | BlobState::Receiving) | None => {}
        }
        let known = self.known(ask.id);
        if reply.offset.is_some_and(|offset| offset > known.arrived) {
            known.arrived = reply.offset.unwrap_or(0);
            known.broke = 0;
        }
        if ask.verb == BlobVerb::Where && reply.offset.is_some_and(|offset| offset >= ask.len) {
            // Every byte is there and the server is still hashing: it is asked again after a while.
            self.in_doubt(ask.id, Failure::of(Code::SlowDown), now_ms);
            return BlobEffect::Offset(ask.len);
        }
        let (next, effect) = after(ask, reply);
        let known = self.known(ask.id);
        known.next = Some(next);
        let from = ask.verb.body(ask.len).map(|(from, _)| from);
        if matches!((from, effect), (Some(from), BlobEffect::Offset(to)) if to > from) {
            known.doubted = false;
            known.trouble.reset();
        }
        effect
    }

    /// No good answer came.
    pub fn on_failure(&mut self, ask: &BlobAsk, failure: Failure, now_ms: i64) -> BlobEffect {
        match failure.code.known() {
            Some(Code::OffsetMismatch) => self.in_doubt(ask.id, failure, now_ms),
            // The server knows no fact that announces this blob. The upload begins all the same, because the answer to
            // that has a body and tells the lane what to do.
            Some(Code::NotFound) if ask.verb == BlobVerb::Where => {
                self.known(ask.id).next = Some(BlobVerb::Create { len: 0 });
            }
            Some(Code::BlobMismatch | Code::LengthMismatch | Code::ChecksumMismatch | Code::LostLocal) => {
                let known = self.known(ask.id);
                known.next = Some(BlobVerb::Rehash);
                known.failure = Some(failure);
            }
            Some(Code::NetworkRefusesSize) => return self.on_refused(ask, failure, now_ms),
            // Uploads that have begun may go on, and make room for others by it.
            Some(Code::UploadsUnfinished) => self.in_trouble_with(ask.id, failure, now_ms),
            // Whatever the server says to the question, creating an empty upload works as well.
            _ if ask.verb == BlobVerb::Offers && failure.by_server && !concerns_all(failure.action) => {
                self.creation_with_upload = Some(false);
            }
            _ if is_of_this_blob(failure.action) => self.in_trouble_with(ask.id, failure, now_ms),
            _ => {
                if let Some(stretch) = ask.verb.body(ask.len) {
                    // Only the server knows how much of it arrived.
                    let known = self.known(ask.id);
                    (known.torn, known.next) = (Some(stretch), Some(BlobVerb::Where));
                }
                self.failed_somewhere(ask, failure, now_ms);
            }
        }
        BlobEffect::None
    }

    /// Something between phone and server takes no body of this size. Smaller pieces go at once; when not even the smallest
    /// passes, the blob waits and the user is told.
    fn on_refused(&mut self, ask: &BlobAsk, failure: Failure, now_ms: i64) -> BlobEffect {
        let sent = ask.verb.body(ask.len).map(|(_, len)| len).filter(|len| *len > PIECE_BYTES_LEAST);
        let Some(len) = sent else {
            self.in_trouble_with(ask.id, failure, now_ms);
            return BlobEffect::None;
        };
        self.known(ask.id).next = Some(BlobVerb::Where);
        BlobEffect::Refused(len)
    }

    /// After a break the server tells how much it holds. The pace follows from how much of the torn stretch arrived.
    fn mend(&mut self, id: ContentId, offset: Option<u64>) {
        let Some(known) = self.known.get_mut(&id) else { return };
        if let (Some((from, len)), Some(offset)) = (known.torn.take(), offset) {
            self.pace.broke(len, offset.saturating_sub(from));
        }
    }

    /// A failure of the link, of the server, or of this blob alone. A second failure of the same blob makes that blob
    /// wait by itself. The lane waits too, unless another request has succeeded since.
    fn failed_somewhere(&mut self, ask: &BlobAsk, failure: Failure, now_ms: i64) {
        if concerns_all(failure.action) {
            return self.readiness.failed(failure, now_ms);
        }
        let known = self.known(ask.id);
        known.broke = known.broke.saturating_add(1);
        let again = known.broke > 1;
        if again {
            self.in_trouble_with(ask.id, failure.clone(), now_ms);
        }
        if !again || self.readiness.failures() > 0 {
            self.readiness.failed(failure, now_ms);
        }
    }

    /// The phone could not read its own file. This may pass, so the file is read again later.
    pub fn on_unreadable(&mut self, ask: &BlobAsk, failure: Failure, now_ms: i64) {
        self.in_trouble_with(ask.id, failure, now_ms);
        self.known(ask.id).next = Some(BlobVerb::Rehash);
    }

    /// The phone's own file was read again.
    pub fn on_rehashed(&mut self, ask: &BlobAsk, holds: bool, now_ms: i64) -> BlobEffect {
        if holds {
            let failure = self.known(ask.id).failure.clone().unwrap_or_else(|| Failure::of(Code::BlobMismatch));
            self.in_doubt(ask.id, failure, now_ms);
            return BlobEffect::Offset(0);
        }
        self.known.remove(&ask.id);
        BlobEffect::LostLocal
    }

    fn done(&mut self, id: ContentId, progress: BlobProgress) -> BlobEffect {
        self.known.remove(&id);
        BlobEffect::Progress(progress)
    }

    /// The lane asks the server for its offset: at once the first time, after a wait when that brought nothing.
    fn in_doubt(&mut self, id: ContentId, failure: Failure, now_ms: i64) {
        let known = self.known(id);
        if known.doubted {
            return self.in_trouble_with(id, failure, now_ms);
        }
        known.doubted = true;
        known.next = Some(BlobVerb::Where);
    }

    /// This blob waits for a while, the others go on.
    fn in_trouble_with(&mut self, id: ContentId, failure: Failure, now_ms: i64) {
        let known = self.known(id);
        known.next = Some(BlobVerb::Where);
        known.trouble.failed(now_ms, failure.retry_after_ms);
        known.failure = Some(failure);
    }

    fn known(&mut self, id: ContentId) -> &mut Known {
        let [a, b, c, d, ..] = id.0;
        let seed = self.seed ^ u64::from(u32::from_be_bytes([a, b, c, d]));
        self.known.entry(id).or_insert_with(|| Known {
            next: None,
            trouble: BackOff::new(seed),
            failure: None,
            doubted: false,
            broke: 0,
            arrived: 0,
            torn: None,
        })
    }
}

/// What follows a good answer that does not yet say `verified`.
fn after(ask: &BlobAsk, reply: &BlobReply) -> (BlobVerb, BlobEffect) {
    let offset = reply.offset.unwrap_or(0).min(ask.len);
    let go_on = |from: u64| BlobVerb::Piece { from, len: ask.len.saturating_sub(from) };
    match ask.verb {
        BlobVerb::Where if reply.state == Some(BlobState::Announced) => (BlobVerb::Create { len: 0 }, BlobEffect::None),
        BlobVerb::Where | BlobVerb::Create { .. } => (go_on(offset), BlobEffect::Offset(offset)),
        BlobVerb::Piece { .. } if offset < ask.len && reply.offset.is_some() => {
            (go_on(offset), BlobEffect::Offset(offset))
        }
        // The server took the bytes and did not tell the state, so the lane asks.
        BlobVerb::Piece { .. } | BlobVerb::Whole | BlobVerb::Offers | BlobVerb::Rehash => {
            (BlobVerb::Where, BlobEffect::None)
        }
    }
}

/// Whether every other blob would fail the same way: only a person can help, or the server's disk is full.
const fn concerns_all(action: Action) -> bool {
    matches!(action, Action::SignIn | Action::Stop | Action::Upgrade | Action::RetryLater)
}

/// Whether the failure is this blob's alone and tells nothing of the link.
const fn is_of_this_blob(action: Action) -> bool {
    matches!(action, Action::Fix | Action::Resend)
}

#[cfg(test)]
mod tests;
