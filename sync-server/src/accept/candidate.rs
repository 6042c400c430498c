//! A fact to be judged: a new line, or a parked fact that is judged again.

use super::line::Line;
use firebee_domain::{
    code::Code,
    fact::Need,
    id::{AccountId, BootId, FactId, Hash, StoreId},
    task::Stamp,
    time::{NEVER, Timestamp, TrustedTime},
};
use firebee_protocol::{
    fact::{Body, Fact},
    problem::CodeWord,
};
use std::borrow::Cow;

/// The state of a fact before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// A line of this push.
    New,
    /// In quarantine under this code.
    Parked {
        code: CodeWord,
        /// Since when it is in quarantine.
        since: Timestamp,
    },
}

/// A fact, and the outcome of judging it.
pub(super) struct Candidate<'a> {
    pub(super) store: StoreId,
    pub(super) seq: u64,
    pub(super) content: Hash,
    /// The account whose store sent it.
    pub(super) account: AccountId,
    pub(super) received: Timestamp,
    pub(super) fact: Option<Cow<'a, Fact>>,
    pub(super) was: Before,
    /// The code of the quarantine. `None` before judging when nothing is wrong so far, and after judging when the fact
    /// is accepted.
    pub(super) code: Option<Code>,
    /// The id under which the line is stored; `None` when the line has no valid id of its own.
    pub(super) name: Option<FactId>,
    /// The server received the fact earlier, at another place.
    pub(super) moved: bool,
    /// Whether the fact was already accepted from another store. It counts and has no further effect.
    pub(super) settled: bool,
    /// Whether the fact came late and nobody has adopted it.
    pub(super) late: bool,
    /// Whether a lead or manager took it into account: the plan as it stands grants it, and not an assignment.
    pub(super) adopted: bool,
    /// The fact is not earlier than this: the latest claim of its store, or stamp that stands before it in the chain.
    pub(super) floor: Timestamp,
    /// The fact is not later than this: the first receipt that covers it.
    pub(super) ceiling: Timestamp,
    /// When it was captured, as far as that is known now.
    pub(super) time: TrustedTime,
    /// The boot of the fact, while an anchor of that boot could still tell much about its time.
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
            was: Before::New,
            code: line.code,
            name: line.id(),
            moved: false,
            settled: false,
            late: false,
            adopted: false,
            floor: NEVER,
            ceiling: now,
            time: TrustedTime::of_server(now),
            loose: None,
        }
    }

    /// The fact, unless it is refused or already accepted.
    pub(super) fn open_fact(&self) -> Option<&Fact> {
        if self.code.is_some() || self.settled { None } else { self.fact.as_deref() }
    }

    /// The body, unless the fact is refused or already accepted.
    pub(super) fn open_body(&self) -> Option<&Body> {
        self.open_fact().and_then(|fact| fact.body.as_ref().ok())
    }

    /// Whom the fact reaches beside those who follow its task: its author, whom it sends to work, to whom it hands the task.
    pub(super) fn reaches(&self) -> impl Iterator<Item = AccountId> {
        let body = self.open_body();
        let named = body.and_then(Body::sends).into_iter().chain(body.and_then(Body::hands_to));
        named.chain([self.account])
    }

    /// Whether the fact begins a task and is neither refused nor already accepted.
    pub(super) fn begins_task(&self) -> bool {
        self.open_body().is_some_and(|body| body.kind().begins_task())
    }

    /// Whether judging the fact needs this, and the fact is neither refused nor already accepted.
    pub(super) fn needs(&self, need: Need) -> bool {
        self.open_body().is_some_and(|body| body.needs(need))
    }

    /// When it was captured, for the task. What it answers was there at `answered`.
    pub(super) fn stamp(&self, fact: &Fact, answered: Timestamp) -> Stamp {
        Stamp { wall_ms: fact.captured.wall_ms, time: Some(self.time.not_before(answered)) }
    }

    /// The id of its `parked` document: the fact's id, or store and seq when the id is missing or belongs to another
    /// fact.
    pub(super) fn document(&self, code: Option<Code>) -> String {
        match &self.fact {
            Some(fact) if code != Some(Code::IdConflict) => fact.id.to_string(),
            _ => format!("{}:{}", self.store, self.seq),
        }
    }
}
