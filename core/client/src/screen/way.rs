//! The way of a task's records and photos to the server: how far they are, and what each waits for.

use super::{number, reading::Reading, shown};
use crate::{
    core::Network,
    journal::{Counts, PhotoCount},
    work::Trouble,
};
use firebee_domain::id::TaskId;
use firebee_protocol::text::{Arg, Chip, Count, Shape, Text, Tone};
use std::collections::BTreeMap;

/// The way of a task's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// How far it is, in a word.
    pub state: Chip,
    /// How many records this phone made for it.
    pub recorded: i32,
    /// The same by where they are.
    pub ledger: Ledger,
    /// How many of them were sent.
    pub sent: Count,
    /// How many the server has stored.
    pub stored: Count,
    /// How many are safe, within the durability that the server promises.
    pub safe: Count,
    /// How many of its photos are on the server.
    pub photos: Count,
    /// What waits for what: every record and photo that is not safe stands in one of them.
    pub waits: Vec<Wait>,
    /// What it waits for in the first place.
    pub waits_for: Option<String>,
}

/// Records by where they are. Each is in one place, so the places add up to what was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// All.
    pub recorded: i32,
    /// Not sent yet.
    pub to_send: i32,
    /// Sent, and not signed for by the server yet.
    pub sent: i32,
    /// Signed for by the server, and not safe yet.
    pub stored: i32,
    /// Safe, within the durability that the server promises.
    pub safe: i32,
    /// Received by the server, and not counted.
    pub not_counted: i32,
}

/// Some records or photos that wait for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// What they wait for.
    pub reason: WaitReason,
    /// How many.
    pub count: i32,
    /// In words.
    pub text: String,
}

/// What records and photos wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitReason {
    /// Records, for a network.
    Network,
    /// Records, for the next try after a failure.
    NextTry,
    /// Records, for their turn.
    Turn,
    /// Records that were sent, for the server's signature.
    SignOff,
    /// Records that the server signed for, for its promise of durability.
    Safety,
    /// Records that the server keeps without counting them, for a decision or for what they build on.
    Decision,
    /// Photos, until the records that name them are on the server.
    PhotoRecords,
    /// Photos, for a network that is not paid by what it carries.
    PhotoUnmetered,
    /// Photos, for a network.
    PhotoNetwork,
    /// Photos, for their turn.
    PhotoTurn,
}

impl WaitReason {
    const fn text(self) -> Text {
        match self {
            Self::Network => Text::PhoneWaitNetwork,
            Self::NextTry => Text::PhoneWaitNextTry,
            Self::Turn => Text::PhoneWaitTurn,
            Self::SignOff => Text::PhoneWaitSignOff,
            Self::Safety => Text::PhoneWaitSafety,
            Self::Decision => Text::PhoneWaitDecision,
            Self::PhotoRecords => Text::PhoneWaitPhotoRecords,
            Self::PhotoUnmetered => Text::PhoneWaitPhotoUnmetered,
            Self::PhotoNetwork => Text::PhoneWaitPhotoNetwork,
            Self::PhotoTurn => Text::PhoneWaitPhotoTurn,
        }
    }
}

impl Ledger {
    /// Those of the journal.
    pub(super) fn of(counts: Counts) -> Self {
        let count = |count: u64| shown(number(count));
        Self {
            recorded: count(counts.total()),
            to_send: count(counts.pending),
            sent: count(counts.sent),
            stored: count(counts.acked),
            safe: count(counts.durable),
            not_counted: count(counts.parked),
        }
    }
}

/// The ways that are shown, and the records that stand in none of them.
pub(super) struct Ways {
    pub(super) shown: Vec<Way>,
    /// Those of tasks whose records and photos are all safe, and those of no task.
    pub(super) elsewhere: Ledger,
}

impl Reading<'_> {
    /// The tasks of which something is not safe yet, the latest first. `whole` is everything that this phone recorded.
    pub(super) fn ways(&self, whole: Counts) -> Result<Ways, Trouble> {
        let waiting = self.eyes.journal.tasks_waiting()?;
        let (facts, photos) =
            (self.eyes.journal.counts_of_tasks(&waiting)?, self.eyes.journal.photos_of_tasks(&waiting)?);
        let of = |task: &TaskId| photos.get(task).copied().unwrap_or_default();
        let shown = facts.values().fold(Counts::default(), |sum, counts| sum.plus(*counts));
        let elsewhere = whole.without(shown);
        let names = self.names_of(&facts)?;
        let way = |(task, counts): (&TaskId, &Counts)| {
            let name = names.get(task).cloned().unwrap_or_else(|| self.say(Text::PhoneTaskGone));
            self.way((*task, name), *counts, of(task))
        };
        Ok(Ways { shown: facts.iter().rev().map(way).collect(), elsewhere: Ledger::of(elsewhere) })
    }

    /// The names of tasks. The phone of a team lead knows the dispatch and not its task.
    fn names_of(&self, tasks: &BTreeMap<TaskId, Counts>) -> Result<BTreeMap<TaskId, String>, Trouble> {
        let mut names = BTreeMap::new();
        for task in tasks.keys() {
            let documents = self.eyes.cache.dispatch_documents_of(*task)?;
            let own = documents.iter().find(|held| held.body.dispatch.team_lead == self.eyes.me);
            names.extend(own.map(|held| (*task, self.dispatch_name(&held.body))));
        }
        let ids: Vec<TaskId> = tasks.keys().copied().collect();
        let handed = self.eyes.papers.handed.iter().map(|held| (held.task, held.name.clone()));
        names.extend(handed);
        names.extend(self.eyes.briefs_of(&ids)?.into_iter().map(|brief| (brief.id, brief.name)));
        Ok(names)
    }

    fn way(&self, (task, name): (TaskId, String), counts: Counts, photos: PhotoCount) -> Way {
        let total = number(counts.total());
        // Facts in quarantine count as arrived.
        let safe = counts.durable + counts.parked;
        let (stored, sent) = (safe + counts.acked, safe + counts.acked + counts.sent);
        let count = |text: Text, done: u64| Count::of(self.language, text, number(done), total);
        let waits = self.waits(counts, photos);
        Way {
            task,
            name,
            state: self.way_state(counts, photos),
            recorded: shown(total),
            ledger: Ledger::of(counts),
            sent: count(Text::PhoneWaySent, sent),
            stored: count(Text::PhoneWayStored, stored),
            safe: count(Text::PhoneWaySafe, safe),
            photos: Count::of(self.language, Text::PhonePhotosOnServer, number(photos.verified), number(photos.taken)),
            waits_for: self.waits_for(counts, photos),
            waits,
        }
    }

    fn waits_for(&self, counts: Counts, photos: PhotoCount) -> Option<String> {
        if counts.pending + counts.sent > 0 {
            Some(self.say(Text::PhoneWaitsForNetwork))
        } else if photos.verified < photos.taken {
            let may_travel = self.eyes.core.pictures_may_travel();
            Some(self.say(if may_travel { Text::PhoneWaitsForPhotos } else { Text::PhoneWaitsForUnmetered }))
        } else {
            (counts.acked > 0).then(|| self.say(Text::PhoneWaitsForSafe))
        }
    }

    fn way_state(&self, counts: Counts, photos: PhotoCount) -> Chip {
        let (tone, shape, text) = if counts.pending + counts.sent > 0 {
            (Tone::Waiting, Shape::Clock, Text::PhoneWayToSend)
        } else if photos.verified < photos.taken {
            (Tone::Waiting, Shape::Half, Text::PhoneWayPhotos)
        } else if counts.acked > 0 {
            (Tone::Waiting, Shape::Half, Text::PhoneWaySigned)
        } else {
            (Tone::Conform, Shape::Check, Text::PhoneWayDone)
        };
        Chip { tone, shape, word: self.say(text) }
    }

    /// What waits for what. The counts of records add up to those that are neither safe nor lost sight of.
    fn waits(&self, counts: Counts, photos: PhotoCount) -> Vec<Wait> {
        let (offline, failed) = {
            let status = self.eyes.core.status();
            (self.eyes.core.network() == Network::None, status.last_error.is_some() || status.next_try.is_some())
        };
        let record = match (offline, failed) {
            (true, _) => WaitReason::Network,
            (false, true) => WaitReason::NextTry,
            (false, false) => WaitReason::Turn,
        };
        let photo = if counts.pending + counts.sent > 0 {
            WaitReason::PhotoRecords
        } else if offline {
            WaitReason::PhotoNetwork
        } else if !self.eyes.core.pictures_may_travel() {
            WaitReason::PhotoUnmetered
        } else {
            WaitReason::PhotoTurn
        };
        let waiting = [
            (record, counts.pending),
            (WaitReason::SignOff, counts.sent),
            (WaitReason::Safety, counts.acked),
            (WaitReason::Decision, counts.parked),
            (photo, photos.taken.saturating_sub(photos.verified)),
        ];
        let wait = |(reason, count): (WaitReason, u64)| Wait {
            reason,
            count: shown(number(count)),
            text: self.with(reason.text(), &[("count", Arg::from(count))]),
        };
        waiting.into_iter().filter(|(_, count)| *count > 0).map(wait).collect()
    }
}
