//! Today: running tasks, issued items, dispatches, and tasks under a lead's review.

use super::{
    DispatchRow, IssuedGroup, OutsidePlan, Quiet, Screens, TaskRow, outside_plan::worked_in, reading::Reading, shown,
};
use crate::{cache::TaskBrief, work::Trouble};
use firebee_domain::{id::TaskId, task::TaskState};
use firebee_protocol::{
    document::HandedDocument,
    text::{Arg, Text, When},
};

/// How long the first screen shows that the office deleted a task: a week.
const DELETED_SHOWN_MS: i64 = 7 * 86_400_000;

/// The first screen of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The one status line.
    pub quiet: Quiet,
    /// The tasks that this account may work on, the rejected first, then the latest; with them, for a week, those that the
    /// office deleted.
    pub tasks: Vec<TaskRow>,
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
            let briefs = reading.eyes.briefs()?;
            let photos = reading.eyes.journal.photos_by_task()?;
            let today = reading.day_of_deadlines()?;
            let editable = |brief: &&TaskBrief| {
                let works = matches!(brief.state, TaskState::Executing | TaskState::Rejected);
                brief.executor == reading.eyes.me && (works || reading.was_just_deleted(brief))
            };
            let mut mine: Vec<&TaskBrief> = briefs.iter().rev().filter(editable).collect();
            mine.sort_by_key(|brief| brief.state != TaskState::Rejected);
            let row = |brief: &TaskBrief| reading.row(brief, photos.get(&brief.id).copied().unwrap_or_default(), today);
            Ok(Today {
                quiet: reading.quiet()?,
                tasks: mine.into_iter().map(row).collect(),
                issued: reading.issued(&briefs)?,
                outside_plan: worked_in(reading.eyes)
                    .into_iter()
                    .map(|project| reading.outside_plan(project))
                    .collect(),
                dispatches: reading.open_dispatches()?,
                review: reading.waits_for_review(&briefs),
                faults: reading.waits_for_a_way(&briefs),
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

    fn was_just_deleted(&self, brief: &TaskBrief) -> bool {
        brief.deleted.as_ref().is_some_and(|(at, _)| self.now.ms_since(*at) < DELETED_SHOWN_MS)
    }

    fn leads_any(&self) -> bool {
        self.eyes.papers.projects.values().any(|held| self.eyes.leads(held))
    }

    fn pending<'b>(&'b self, briefs: &'b [TaskBrief]) -> impl Iterator<Item = &'b TaskBrief> {
        let leads = |brief: &TaskBrief| self.eyes.project(brief.project).is_some_and(|held| self.eyes.leads(held));
        briefs.iter().filter(move |brief| brief.state == TaskState::PendingReview && leads(brief))
    }

    fn waits_for_review(&self, briefs: &[TaskBrief]) -> Option<Waiting> {
        self.leads_any().then(|| self.waiting(Text::PhoneWaitsForReview, self.pending(briefs).count()))
    }

    fn waits_for_a_way(&self, briefs: &[TaskBrief]) -> Option<Waiting> {
        let faults = self.pending(briefs).map(|brief| brief.faults_unhandled as usize).sum();
        self.leads_any().then(|| self.waiting(Text::PhoneWaitsForAWay, faults))
    }

    fn waits_for_decision(&self) -> Result<Option<Waiting>, Trouble> {
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
