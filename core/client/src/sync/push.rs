//! The push lane's machine: which facts to send, and what an answer means. No I/O.
//!
//! Invariant: facts count as acknowledged only by a receipt that holds under the pinned key, names our store and
//! incarnation, and has our own chain at its seq.
//! Invariant: an answer acknowledges only the facts of its own push, because it carries the outcomes of these facts
//! only.
//! Invariant: an answer never moves a watermark backwards.

use super::step::{Readiness, Step};
use crate::{journal::Marks, session::Failure};
use firebee_domain::{
    code::Code,
    id::{Hash, IncarnationId, StoreId},
};
use firebee_protocol::{
    limits::Limits,
    problem::CodeWord,
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

/// The facts to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first_seq: u64,
    /// At most so many.
    pub facts_max: u32,
    /// The most bytes of lines. One fact always goes, however long.
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
    /// Our chain at the receipt's seq; `None` when the journal never reached that seq.
    pub chain: Option<Hash>,
}

/// The results of an answer, written in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acked {
    /// The watermarks that it raises.
    pub marks: Marks,
    /// The receipt that covers them.
    pub receipt: Receipt,
    /// Facts in the server's quarantine, each with its code.
    pub parked: Vec<(u64, CodeWord)>,
}

/// The push lane.
#[derive(Clone, Debug)]
pub struct PushLane {
    readiness: Readiness,
    limits: Limits,
    facts_max: u32,
    bytes_max: u64,
    /// The first seq that the server has lost after acknowledging it.
    resend_from: Option<u64>,
    /// The server's report of a chain that does not fit, until the journal was read again.
    doubt: Option<ChainMismatch>,
    /// The last report that was already checked. The same report again only causes a wait, until a push succeeds.
    looked_into: Option<ChainMismatch>,
}

/// The smallest window, in bytes. One fact always goes.
const BYTES_MIN: u64 = 64 << 10;

impl PushLane {
    /// A lane with these limits. `seed` seeds the jitter of its waits.
    pub fn new(seed: u64, limits: Limits) -> Self {
        Self {
            readiness: Readiness::new(seed),
            limits,
            facts_max: limits.facts_max,
            bytes_max: u64::from(limits.inflated_bytes_max),
            resend_from: None,
            doubt: None,
            looked_into: None,
        }
    }

    /// How the lane stands.
    pub const fn readiness(&self) -> &Readiness {
        &self.readiness
    }

    /// How the lane stands, to reset it.
    pub const fn readiness_mut(&mut self) -> &mut Readiness {
        &mut self.readiness
    }

    /// The limits that hold.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the server lacks facts that it had acknowledged. Then it is shown its receipt: its data may have been put
    /// back by hand.
    pub const fn resends(&self) -> bool {
        self.resend_from.is_some()
    }

    /// The server told its limits anew.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.facts_max = self.facts_max.min(limits.facts_max.max(1));
        self.bytes_max = self.bytes_max.min(u64::from(limits.inflated_bytes_max));
    }

    /// What to do now.
    pub fn next(&mut self, view: &PushView, now_ms: i64) -> Step<PushAsk> {
        if let Some(held) = self.readiness.hold(now_ms) {
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
                self.readiness.failed(Failure::of(Code::ReceiptInvalid), now_ms);
                return None;
            }
            Receipted::AboveHead => {
                self.readiness.stop(Code::RolledBack);
                return None;
            }
        }
        self.grow(sent);
        self.readiness.succeeded();
        self.looked_into = None;
        if self.resend_from.is_some() {
            self.resend_from = Some(sent.last_seq.saturating_add(1));
        }
        // The answer carries no outcomes for facts outside this push, even if the server has them. They are sent again
        // to learn their outcomes.
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
                _ => self.readiness.failed(failure, now_ms),
            },
            (Some(Code::TooLarge | Code::NetworkRefusesSize), Some(sent)) if sent.count() > 1 => self.shrink(sent),
            (_, Some(sent)) if failure.timed_out => {
                self.shrink(sent);
                self.readiness.failed(failure, now_ms);
            }
            _ => self.readiness.failed(failure, now_ms),
        }
    }

    /// The journal was read again. `holds` says whether it is intact; `ours_at_watermark` is its chain at the server's
    /// watermark.
    pub fn on_read_again(&mut self, holds: bool, ours_at_watermark: Option<Hash>, now_ms: i64) {
        let Some(doubt) = self.doubt.take() else { return };
        if !holds {
            self.readiness.stop(Code::StorageDamaged);
        } else if ours_at_watermark.is_none() {
            self.readiness.stop(Code::RolledBack);
        } else if ours_at_watermark != Some(doubt.chain) {
            self.readiness.stop(Code::Diverged);
        } else {
            // The chains agree, so the signature was wrong. The push is signed again, at first at once and then after a
            // wait.
            self.readiness.failed(Failure::of(Code::ChainMismatch), now_ms);
        }
        self.looked_into = Some(doubt);
    }

    /// The server's watermark in its last report of a chain that does not fit.
    pub fn doubted_watermark(&self) -> Option<u64> {
        self.doubt.as_ref().map(|doubt| doubt.watermark)
    }

    fn on_gap(&mut self, expected: Option<u64>, sent: &Sent, view: &PushView, failure: Failure, now_ms: i64) {
        match expected {
            Some(expected) if expected > view.head_seq.saturating_add(1) => self.readiness.stop(Code::RolledBack),
            Some(expected) if expected >= 1 && expected < sent.first_seq => self.resend_from = Some(expected),
            // The answer names no seq before this push, so there is no gap to fill. An immediate retry would bring the
            // same answer.
            _ => self.readiness.failed(failure, now_ms),
        }
    }

    fn shrink(&mut self, sent: &Sent) {
        self.facts_max = u32::try_from(sent.count() / 2).unwrap_or(u32::MAX).clamp(1, self.limits.facts_max.max(1));
        self.bytes_max = (sent.bytes / 2).clamp(BYTES_MIN, u64::from(self.limits.inflated_bytes_max).max(BYTES_MIN));
    }

    /// The window grows only after a batch that filled it.
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
    /// The receipt is valid, but for a seq that this journal never reached.
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
