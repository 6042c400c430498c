//! A task on a list.

use super::{number, reading::Reading};
use crate::{cache::TaskBrief, journal::PhotoCount};
use chrono::NaiveDate;
use firebee_domain::{
    id::TaskId,
    task::{TaskKind, TaskState},
};
use firebee_protocol::text::{Arg, Chip, Count, Left, Text, when, word};

/// A task on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The name of its project.
    pub project_name: String,
    /// The name of its executor.
    pub executor: String,
    /// What it is for, and whether it is part of the plan.
    pub kind: Chip,
    /// Where it stands.
    pub state: Chip,
    /// How many of its items have a result.
    pub answered: Count,
    /// How many of its photos of this phone are on the server.
    pub photos: Count,
    /// The opinion of the last review, when it was rejected.
    pub opinion: Option<String>,
    /// How near its last day is, while its next round is still to be handed in.
    pub left: Option<Left>,
    /// Whether its last round came in time, once the server has placed it.
    pub in_time: Option<Chip>,
    /// What comes next.
    pub next: String,
    /// Whether this account reads it at its review: it leads the project, and the task was handed in and is not its own to
    /// mend.
    pub review: bool,
}

impl Reading<'_> {
    /// A row; `today` is the day of the deadlines.
    pub(super) fn row(&self, brief: &TaskBrief, photos: PhotoCount, today: NaiveDate) -> TaskRow {
        let open = matches!(brief.state, TaskState::Executing | TaskState::Rejected);
        TaskRow {
            task: brief.id,
            name: brief.name.clone(),
            project_name: self.project_name(brief.project),
            executor: brief.executor_name.clone(),
            kind: self.kind(brief.kind),
            state: Chip::task(self.language, brief.state),
            answered: Count::of(self.language, Text::PhoneAnswered, brief.answered as usize, brief.asked as usize),
            photos: Count::of(self.language, Text::PhonePhotosOnServer, number(photos.verified), number(photos.taken)),
            opinion: brief.opinion.clone(),
            left: brief.last_day.filter(|_| open).map(|day| when::left(self.language, today, day)),
            in_time: brief.in_time.map(|verdict| Chip::in_time(self.language, verdict)),
            next: self.next(brief),
            review: self.is_reviewed_by_me(brief),
        }
    }

    fn is_reviewed_by_me(&self, brief: &TaskBrief) -> bool {
        let handed_in = match brief.state {
            TaskState::PendingReview | TaskState::Approved => true,
            TaskState::Rejected => brief.executor != self.eyes.me,
            TaskState::Executing | TaskState::Discarded => false,
        };
        handed_in && self.eyes.project(brief.project).is_some_and(|project| self.eyes.leads(project))
    }

    fn kind(&self, kind: TaskKind) -> Chip {
        Chip { word: word::task(self.language, kind), ..Chip::nature(self.language, kind) }
    }

    fn next(&self, brief: &TaskBrief) -> String {
        let open = brief.asked.saturating_sub(brief.answered) as usize;
        match brief.state {
            TaskState::Executing if open > 0 => self.with(Text::PhoneNextAnswer, &[("count", Arg::from(open))]),
            TaskState::Executing => self.say(Text::PhoneNextSubmit),
            TaskState::Rejected => self.say(Text::PhoneNextMend),
            TaskState::PendingReview => self.say(Text::PhoneNextReview),
            TaskState::Approved => self.say(Text::PhoneNextApproved),
            TaskState::Discarded => match &brief.deleted {
                Some((_, reason)) => self.with(Text::PhoneDeleted, &[("reason", Arg::from(reason))]),
                None => self.say(Text::PhoneNextDiscarded),
            },
        }
    }
}
