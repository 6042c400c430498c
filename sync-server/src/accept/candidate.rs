//! A fact that is to be judged: a new line, one whose signature came at last, or a parked one tried again.

use super::line::Line;
use firebee_domain::{
    fact::Need,
    id::{AccountId, BootId, FactId, Hash, StoreId},
    task::Stamp,
    time::{Bound, Timestamp},
};
use firebee_protocol::{
    fact::{Body, Fact},
    problem::{Code, CodeWord},
};
use std::borrow::Cow;

/// Where a fact stands before it is judged (again).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Was {
    /// A line of this push.
    New,
    /// Quarantined before, under this code.
    Parked {
        code: CodeWord,
        /// Since when.
        since: Timestamp,
    },
}

/// A fact and what becomes of it.
pub(super) struct Candidate<'a> {
    pub(super) store: StoreId,
    pub(super) seq: u64,
    pub(super) content: Hash,
    /// Whose store sent it.
    pub(super) account: AccountId,
    pub(super) received: Timestamp,
    pub(super) fact: Option<Cow<'a, Fact>>,
    pub(super) was: Was,
    /// Why it does not count; `None` while nothing speaks against it and, after judging, when it is accepted.
    pub(super) code: Option<Code>,
    /// The id that its line is kept under; none for what is nobody's fact.
    pub(super) name: Option<FactId>,
    /// It came before, to another place.
    pub(super) moved: bool,
    /// It was accepted there: it counts and has no further effect.
    pub(super) settled: bool,
    /// When it was captured, as far as is known now.
    pub(super) bound: Bound,
    /// Its sources exclude each other.
    pub(super) contradiction: bool,
    /// Its boot, when no anchor of it is known yet.
    pub(super) loose: Option<BootId>,
}

impl<'a> Candidate<'a> {
    /// A new line.
    pub(super) fn of_line(line: &'a Line, store: StoreId, account: AccountId, now: Timestamp) -> Self {
        Self {
            store,
            seq: line.seq,
            content: line.content,
            account,
            received: now,
            fact: line.fact.as_ref().map(Cow::Borrowed),
            was: Was::New,
            code: line.code,
            name: line.id(),
            moved: false,
            settled: false,
            bound: Bound { earliest: Timestamp(0).min(now), latest: now },
            contradiction: false,
            loose: None,
        }
    }

    /// The fact, if it is still to be applied.
    pub(super) fn open_fact(&self) -> Option<&Fact> {
        if self.code.is_some() || self.settled { None } else { self.fact.as_deref() }
    }

    /// The body, if it is still to be applied.
    pub(super) fn open_body(&self) -> Option<&Body> {
        self.open_fact().and_then(|fact| fact.body.as_ref().ok())
    }

    /// Whether it is still to be applied and begins a task.
    pub(super) fn begins_task(&self) -> bool {
        self.open_body().is_some_and(|body| body.kind().begins_task())
    }

    /// Whether it is still to be applied and cannot be without this.
    pub(super) fn needs(&self, need: Need) -> bool {
        self.open_body().is_some_and(|body| body.needs(need))
    }

    /// When it was captured, for the task.
    pub(super) fn stamp(&self, fact: &Fact) -> Stamp {
        Stamp { time_contradiction: self.contradiction, ..Stamp::proved(fact.captured.wall_ms, self.bound) }
    }

    /// The id of its document while it is parked: its own id, or store and seq where that names nothing or another.
    pub(super) fn document(&self, code: Option<Code>) -> String {
        match &self.fact {
            Some(fact) if code != Some(Code::IdConflict) => fact.id.to_string(),
            _ => format!("{}:{}", self.store, self.seq),
        }
    }
}
