//! Today: running tasks, issued items, dispatches, and tasks under a lead's review.

use super::{
    DispatchRow, IssuedGroup, OutsidePlan, Quiet, Screens, TaskRow, outside_plan::worked_in, reading::Reading, shown,
};
use crate::{
    cache::{Listed, TaskBrief},
    work::Trouble,
};
use firebee_domain::{id::TaskId, task::TaskState};
use firebee_protocol::{
    document::HandedDocument,
    text::{Arg, Text, When},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// How long the first screen shows that the office deleted a task: a week.
const DELETED_SHOWN_MS: i64 = 7 * 86_400_000;

/// How many tasks the first screen shows.
const FIRST_TASKS: usize = 50;

/// The first screen of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The one status line.
    pub quiet: Quiet,
    /// The tasks that this account may work on, the rejected first, then the latest; with them, for a week, those that the
    /// office deleted. At most fifty: a search finds the others.
    pub tasks: Vec<TaskRow>,
    /// How many these tasks are in all.
    pub tasks_total: i32,
    /// What is issued to this account, the nearest deadline first.
    pub issued: Vec<IssuedGroup>,
    /// What may be started outside the plan, in each project in which this account works.
    pub outside_plan: Vec<OutsidePlan>,
    /// What this account is sent for and has not finished, the latest first.
    pub dispatches: Vec<DispatchRow>,
    /// Tasks that wait for this account's review; for a lead.
    pub review: Option<Waiting>,
    /// Unhandled faults in these tasks, for a lead.
    pub faults: Option<Waiting>,
    /// Records that the server does not count and on which this account decides, for a lead.
    pub undecided: Option<Waiting>,
    /// The tasks that went to somebody else who has not gone on with them yet, the latest first.
    pub handed: Vec<HandedRow>,
}

/// A task that went to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// Who goes on with it, who said so, and why.
    pub text: String,
    /// When.
    pub when: When,
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How much of it.
    pub count: i32,
    /// In words.
    pub text: String,
}

impl Screens {
    /// The first screen of a day.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn today(&self) -> Result<Today, Trouble> {
        self.0.screen(|reading| {
            let (listed, folded) = reading.eyes.listed(false)?;
            let editable = |held: &&Listed| {
                let works = matches!(held.state, TaskState::Executing | TaskState::Rejected);
                held.executor == reading.eyes.me && (works || reading.was_just_deleted(held))
            };
            let mut mine: Vec<&Listed> = listed.iter().filter(editable).collect();
            mine.sort_by_key(|held| (held.state != TaskState::Rejected, Reverse(held.id)));
            let first: Vec<TaskId> = mine.iter().take(FIRST_TASKS).map(|held| held.id).collect();
            Ok(Today {
                quiet: reading.quiet()?,
                tasks_total: shown(mine.len()),
                review: reading.waits_for_review(&listed),
                faults: reading.waits_for_a_way(&listed, &folded),
                tasks: reading.rows(&first, folded)?,
                issued: reading.issued_groups()?,
                outside_plan: worked_in(reading.eyes)
                    .into_iter()
                    .map(|project| reading.outside_plan(project))
                    .collect::<Result<_, _>>()?,
                dispatches: reading.open_dispatches()?,
                undecided: reading.waits_for_decision()?,
                handed: reading.waiting_elsewhere().map(|held| reading.handed(held)).collect(),
            })
        })
    }
}

impl Reading<'_> {
    /// what its new holder has taken up is no business of the former one any more.
    fn waiting_elsewhere(&self) -> impl Iterator<Item = &HandedDocument> {
        self.eyes.papers.handed.iter().filter(|held| !held.taken_up)
    }

    fn handed(&self, held: &HandedDocument) -> HandedRow {
        let values = [("to", Arg::from(&held.to)), ("by", Arg::from(&held.by)), ("reason", Arg::from(&held.reason))];
        let text = if held.reason.is_empty() { Text::PhoneHandedOver } else { Text::PhoneHandedOverBecause };
        HandedRow {
            task: held.task,
            name: held.name.clone(),
            text: self.with(text, &values),
            when: self.moment(&held.at),
        }
    }

    fn was_just_deleted(&self, held: &Listed) -> bool {
        held.deleted.is_some_and(|at| self.now.ms_since(at) < DELETED_SHOWN_MS)
    }

    fn leads_any(&self) -> bool {
        self.eyes.papers.projects.values().any(|held| self.eyes.leads(held))
    }

    fn pending<'b>(&'b self, listed: &'b [Listed]) -> impl Iterator<Item = &'b Listed> {
        let leads = |held: &Listed| self.eyes.project(held.project).is_some_and(|project| self.eyes.leads(project));
        listed.iter().filter(move |held| held.state == TaskState::PendingReview && leads(held))
    }

    pub(super) fn waits_for_review(&self, listed: &[Listed]) -> Option<Waiting> {
        self.leads_any().then(|| self.waiting(Text::PhoneWaitsForReview, self.pending(listed).count()))
    }

    fn waits_for_a_way(&self, listed: &[Listed], folded: &BTreeMap<TaskId, TaskBrief>) -> Option<Waiting> {
        let of =
            |id: TaskId| folded.get(&id).map_or_else(|| self.eyes.faults_unhandled(id), |brief| brief.faults_unhandled);
        let faults = self.pending(listed).map(|held| of(held.id) as usize).sum();
        self.leads_any().then(|| self.waiting(Text::PhoneWaitsForAWay, faults))
    }

    pub(super) fn waits_for_decision(&self) -> Result<Option<Waiting>, Trouble> {
        if !self.leads_any() {
            return Ok(None);
        }
        Ok(Some(self.waiting(Text::PhoneWaitsForDecision, self.eyes.undecided()?.len())))
    }

    fn waiting(&self, text: Text, count: usize) -> Waiting {
        let text = self.with(text, &[("count", Arg::from(count))]);
        Waiting { count: shown(count), text }
    }
}
