//! `task.handed_over`: somebody else goes on with an unsubmitted task. One person holds the pen at a time.

use super::{ChangesTask, Circumstances, Stamp, Task, TaskError};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::{AccountId, EventId, FactId},
    text::TEXT_MAX,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `task.handed_over`; the console makes the same in the lead's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskHandedOver {
    /// Who holds the task. It stays with whoever holds it when that is somebody else by now.
    pub from: AccountId,
    /// Who goes on with it.
    pub to: AccountId,
    /// Why, in words; may be empty.
    pub reason: String,
}

/// A hand-over as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The fact or the act of the office.
    pub event: EventId,
    /// When.
    pub at: Stamp,
    /// Who said it: the holder, or a lead.
    pub by: AccountId,
    /// Who gave the task away.
    pub from: AccountId,
    /// Who went on with it.
    pub to: AccountId,
    /// Why; may be empty.
    pub reason: String,
    /// What `from` has recorded in the task, sorted: results, photos, track and the rest stay with their author.
    pub facts: Vec<FactId>,
}

impl Says for TaskHandedOver {
    const KIND: &'static str = "task.handed_over";
    const ACTION: Action = Action::HandOverTask;
    const FOOTING: Footing = Footing::Assignment;

    fn hands_to(&self) -> Option<AccountId> {
        Some(self.to)
    }

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.reason, TEXT_MAX)]
    }
}

impl ChangesTask for TaskHandedOver {
    const BY_LEAD_TOO: bool = true;

    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.hands.iter().any(|hand| hand.event == by.event)
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if self.from != task.executor {
            return Err(TaskError::HandedOver);
        }
        if self.to == task.executor {
            return Err(TaskError::HandedToHolder);
        }
        let mut facts: Vec<FactId> = task.recorded().filter(|fact| task.author_of(*fact) == self.from).collect();
        facts.sort_unstable();
        let Self { from, to, reason } = self;
        task.hands.push(HandOver { event: by.event, at: by.at, by: by.account, from, to, reason, facts });
        task.executor = to;
        Ok(Vec::new())
    }
}

impl Task {
    /// Who recorded a fact of the task.
    pub fn author_of(&self, fact: FactId) -> AccountId {
        let hand = self.hands.iter().find(|hand| hand.facts.binary_search(&fact).is_ok());
        hand.map_or(self.executor, |hand| hand.from)
    }

    /// Whether somebody got the task from somebody else.
    pub fn was_given_to(&self, account: AccountId) -> bool {
        self.hands.iter().any(|hand| hand.to == account)
    }

    /// Whether somebody has the task, or had it and gave it away.
    pub fn has_held(&self, account: AccountId) -> bool {
        self.executor == account || self.hands.iter().any(|hand| hand.from == account)
    }

    /// whether who got the task has gone on with it: something was recorded in it since, or it is over. Until then
    /// whoever gave it away is shown that it waits with somebody else. So is a task that nobody gave away.
    pub fn is_taken_up(&self) -> bool {
        let of_before = |fact: &FactId| self.hands.iter().any(|hand| hand.facts.binary_search(fact).is_ok());
        !self.is_editable() || self.recorded().any(|fact| !of_before(&fact))
    }

    /// whether the task takes this from its author. Of somebody who gave the task away it takes what did not surely
    /// begin later: a track that was walked before counts, whenever it was sealed. Nobody says when a walk of an earlier boot
    /// began, so it is taken; the verdict on the track counts of it what was walked while the task was with its author.
    ///
    /// # Errors
    /// The author does not hold the pen, or did not any more.
    pub fn takes_from(&self, by: &Attribution) -> Result<(), TaskError> {
        if by.account == self.executor {
            return Ok(());
        }
        let given = self.hands.iter().rev().find(|hand| hand.from == by.account);
        let given = given.ok_or(TaskError::NotTheExecutor)?;
        let began = by.began();
        let later = match (began.best(), given.at.best()) {
            (Some(said), Some(given)) => said.earliest > given.latest,
            _ => began.wall_ms > given.at.wall_ms,
        };
        if later { Err(TaskError::HandedOver) } else { Ok(()) }
    }

    /// whether somebody had the task at an instant, as far as the bounds of its hand-overs tell. Where its author was at
    /// any other time says nothing of the task.
    pub fn was_with(&self, account: AccountId, at: Timestamp) -> bool {
        let since = |got: Option<&HandOver>| got.and_then(|hand| hand.at.best()).is_none_or(|got| got.earliest <= at);
        let mut got = None;
        for hand in &self.hands {
            let until = hand.at.best().is_none_or(|given| at <= given.latest);
            if hand.from == account && since(got) && until {
                return true;
            }
            got = Some(hand);
        }
        self.executor == account && since(got)
    }

    /// Writes down who recorded a fact that arrived after its author gave the task away.
    pub(super) fn credit(&mut self, by: &Attribution) {
        if by.account == self.executor {
            return;
        }
        if let Some(hand) = self.hands.iter_mut().rev().find(|hand| hand.from == by.account)
            && let Err(at) = hand.facts.binary_search(&by.fact())
        {
            hand.facts.insert(at, by.fact());
        }
    }

    /// Whether what the holder of today has recorded stands before this, which arrived after its author gave the task
    /// away.
    pub(crate) fn stands_before(&self, held: FactId, by: &Attribution) -> bool {
        by.account != self.executor && self.author_of(held) == self.executor
    }

    /// Every fact that the task holds, but its submissions.
    fn recorded(&self) -> impl Iterator<Item = FactId> {
        let segments = self.segments.iter().map(|held| held.fact);
        self.worked_at().map(|(fact, _)| fact).chain(segments)
    }
}
