//! The push lane's machine: which facts to send, and what an answer means. No I/O.
//!
//! Invariant: nothing counts as acknowledged before its receipt holds under the pinned key, for our own store and
//! incarnation, and its chain is ours at its seq.
//! Invariant: an answer acknowledges only what was in its push, because it tells the outcomes of nothing else.
//! Invariant: an answer never moves a watermark backwards.

use super::step::{Standing, Step};
use crate::{journal::Marks, session::Failure};
use firebee_domain::id::{Hash, IncarnationId, StoreId};
use firebee_protocol::{
    limits::Limits,
    problem::{Code, CodeWord},
    push::{ChainMismatch, Gap, PushReply},
    receipt::verify_receipt,
    session::Receipt,
};

/// What the lane looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PushView {
    /// The journal's last seq.
    pub head_seq: u64,
    /// The last seq that a receipt covers.
    pub acked_through: u64,
}

/// What the lane wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushAsk {
    /// Send facts.
    Facts(Window),
    /// Read the journal again and say whether it holds.
    ReadAgain,
}

/// Which facts to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first_seq: u64,
    /// At most so many.
    pub facts_max: u32,
    /// At most so many bytes of lines, but always one fact.
    pub bytes_max: u64,
}

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The first seq.
    pub first_seq: u64,
    /// The last seq.
    pub last_seq: u64,
    /// Bytes of its lines.
    pub bytes: u64,
}

impl Sent {
    const fn count(&self) -> u64 {
        self.last_seq.saturating_sub(self.first_seq).saturating_add(1)
    }
}

/// What a receipt is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// The pinned server key, base64url.
    pub server_key: String,
    /// The incarnation.
    pub incarnation: IncarnationId,
    /// The store.
    pub store: StoreId,
    /// The chain of the journal at the receipt's seq; `None` above its head.
    pub chain: Option<Hash>,
}

/// What an answer makes true; written in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acked {
    /// The watermarks that it raises.
    pub marks: Marks,
    /// The receipt that covers them.
    pub receipt: Receipt,
    /// Facts that the server keeps without counting them, each with its code.
    pub parked: Vec<(u64, CodeWord)>,
}

/// The push lane.
#[derive(Clone, Debug)]
pub struct PushLane {
    standing: Standing,
    limits: Limits,
    facts_max: u32,
    bytes_max: u64,
    /// The server lacks facts from here on, although they were acknowledged.
    resend_from: Option<u64>,
    /// The server's chain did not fit: what it said, until the journal was read again.
    doubt: Option<ChainMismatch>,
    /// What was looked into already, until a push succeeds: the same again only waits.
    looked_into: Option<ChainMismatch>,
}

/// A batch is never asked to be smaller than this; one fact always goes.
const BYTES_MIN: u64 = 64 << 10;

impl PushLane {
    /// A lane with these limits; `seed` is its jitter's.
    pub fn new(seed: u64, limits: Limits) -> Self {
        Self {
            standing: Standing::new(seed),
            limits,
            facts_max: limits.facts_max,
            bytes_max: u64::from(limits.inflated_bytes_max),
            resend_from: None,
            doubt: None,
            looked_into: None,
        }
    }

    /// How the lane stands.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// How the lane stands, to reset it.
    pub const fn standing_mut(&mut self) -> &mut Standing {
        &mut self.standing
    }

    /// The limits that hold.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The server told its limits anew.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.facts_max = self.facts_max.min(limits.facts_max.max(1));
        self.bytes_max = self.bytes_max.min(u64::from(limits.inflated_bytes_max));
    }

    /// What to do now.
    pub fn next(&mut self, view: &PushView, now_ms: i64) -> Step<PushAsk> {
        if let Some(held) = self.standing.hold(now_ms) {
            return held;
        }
        if self.doubt.is_some() {
            return Step::Send(PushAsk::ReadAgain);
        }
        self.resend_from = self.resend_from.filter(|from| *from <= view.acked_through);
        let first_seq = self.resend_from.unwrap_or(view.acked_through.saturating_add(1));
        if first_seq > view.head_seq {
            return Step::Idle;
        }
        Step::Send(PushAsk::Facts(Window { first_seq, facts_max: self.facts_max, bytes_max: self.bytes_max }))
    }

    /// The server answered a push. `None` when the answer does not count.
    pub fn on_reply(&mut self, sent: &Sent, reply: &PushReply, ours: &Ours, now_ms: i64) -> Option<Acked> {
        match check_receipt(sent, reply, ours) {
            Receipted::Holds => {}
            Receipted::Not => {
                self.standing.failed(Failure::of(Code::ReceiptInvalid), now_ms);
                return None;
            }
            Receipted::AboveHead => {
                self.standing.stop(Code::RolledBack);
                return None;
            }
        }
        self.grow(sent);
        self.standing.succeeded();
        self.looked_into = None;
        if self.resend_from.is_some() {
            self.resend_from = Some(sent.last_seq.saturating_add(1));
        }
        if reply.fenced {
            self.standing.stop(Code::Fenced);
        }
        // What became of facts that were not in this push, the answer does not tell: they are sent again, and it does.
        let acked_through = reply.receipt.seq.min(sent.last_seq);
        let marks = Marks {
            sent_through: acked_through,
            acked_through,
            durable_through: reply.durable_through.min(acked_through),
        };
        let known = reply.results.iter().filter(|outcome| outcome.seq <= acked_through);
        let parked = known.map(|outcome| (outcome.seq, outcome.code.clone())).collect();
        Some(Acked { marks, receipt: reply.receipt.clone(), parked })
    }

    /// A push failed, or could not even be made (`sent` is `None` then).
    pub fn on_failure(&mut self, sent: Option<&Sent>, failure: Failure, view: &PushView, now_ms: i64) {
        match (failure.code.known(), sent) {
            (Some(Code::Gap), Some(sent)) => {
                let expected = failure.detail::<Gap>().map(|gap| gap.expected);
                self.on_gap(expected, sent, view, failure, now_ms);
            }
            (Some(Code::ChainMismatch), _) => match failure.detail::<ChainMismatch>() {
                told @ Some(_) if told != self.looked_into => self.doubt = told,
                _ => self.standing.failed(failure, now_ms),
            },
            (Some(Code::TooLarge), Some(sent)) if sent.count() > 1 => self.shrink(sent),
            (_, Some(sent)) if failure.timed_out => {
                self.shrink(sent);
                self.standing.failed(failure, now_ms);
            }
            _ => self.standing.failed(failure, now_ms),
        }
    }

    /// The journal was read again: whether it holds, and its chain at the watermark that the server told.
    pub fn on_read_again(&mut self, holds: bool, ours_at_watermark: Option<Hash>, now_ms: i64) {
        let Some(doubt) = self.doubt.take() else { return };
        if !holds {
            self.standing.stop(Code::StorageDamaged);
        } else if ours_at_watermark.is_none() {
            self.standing.stop(Code::RolledBack);
        } else if ours_at_watermark != Some(doubt.chain) {
            self.standing.stop(Code::Diverged);
        } else {
            // The facts agree, so it was the signature: it is made again, and once more after a wait.
            self.standing.failed(Failure::of(Code::ChainMismatch), now_ms);
        }
        self.looked_into = Some(doubt);
    }

    /// The watermark that the server told when its chain did not fit.
    pub fn doubted_watermark(&self) -> Option<u64> {
        self.doubt.as_ref().map(|doubt| doubt.watermark)
    }

    fn on_gap(&mut self, expected: Option<u64>, sent: &Sent, view: &PushView, failure: Failure, now_ms: i64) {
        match expected {
            Some(expected) if expected > view.head_seq.saturating_add(1) => self.standing.stop(Code::RolledBack),
            Some(expected) if expected >= 1 && expected < sent.first_seq => self.resend_from = Some(expected),
            // A gap that is none: whoever said it will say it again.
            _ => self.standing.failed(failure, now_ms),
        }
    }

    fn shrink(&mut self, sent: &Sent) {
        self.facts_max = u32::try_from(sent.count() / 2).unwrap_or(u32::MAX).clamp(1, self.limits.facts_max.max(1));
        self.bytes_max = (sent.bytes / 2).clamp(BYTES_MIN, u64::from(self.limits.inflated_bytes_max).max(BYTES_MIN));
    }

    /// Only a batch that used its window shows that a larger one may pass.
    fn grow(&mut self, sent: &Sent) {
        let full = sent.count() >= u64::from(self.facts_max) || sent.bytes.saturating_mul(2) > self.bytes_max;
        if full {
            self.facts_max = self.facts_max.saturating_mul(2).min(self.limits.facts_max.max(1));
            self.bytes_max = self.bytes_max.saturating_mul(2).min(u64::from(self.limits.inflated_bytes_max));
        }
    }
}

enum Receipted {
    Holds,
    Not,
    /// It holds, for a seq that this journal never reached.
    AboveHead,
}

fn check_receipt(sent: &Sent, reply: &PushReply, ours: &Ours) -> Receipted {
    let receipt = &reply.receipt;
    let of_us = receipt.store_id == ours.store && receipt.incarnation == ours.incarnation;
    if !of_us || receipt.seq < sent.last_seq || verify_receipt(&ours.server_key, receipt).is_err() {
        return Receipted::Not;
    }
    match ours.chain {
        None => Receipted::AboveHead,
        Some(chain) if chain == receipt.chain => Receipted::Holds,
        Some(_) => Receipted::Not,
    }
}

#[cfg(test)]
mod tests;
