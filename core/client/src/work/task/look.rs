//! Lists tasks and shows one.

use crate::{
    cache::TaskBrief,
    journal::{Counts, PhotoCount},
    work::{TaskView, Tasks, Trouble},
};
use firebee_domain::{
    id::{ProjectId, TaskId},
    task::{TaskError, TaskState},
};

/// Which tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Only tasks in these states. Empty means all states except discarded.
    pub states: Vec<TaskState>,
    /// Those of this project.
    pub project: Option<ProjectId>,
}

impl TaskFilter {
    fn admits(&self, brief: &TaskBrief) -> bool {
        let state = match self.states.as_slice() {
            [] => brief.state != TaskState::Discarded,
            states => states.contains(&brief.state),
        };
        state && self.project.is_none_or(|project| brief.project == project)
    }
}

/// A task on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSummary {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// Where it stands.
    pub state: TaskState,
    /// The last submitted round.
    pub round: u32,
    /// How many items it has.
    pub items: u32,
    /// How many of them have a result.
    pub items_answered: u32,
    /// The opinion of the last review, when it was rejected.
    pub opinion: Option<String>,
    /// Its facts on this phone by state.
    pub facts: Counts,
    /// Its photos on this phone.
    pub photos: PhotoCount,
}

impl Tasks {
    /// The tasks that this account executes, the latest first (R-122: pending, approved, rejected; R-126: unsubmitted).
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn list(&self, filter: &TaskFilter) -> Result<Vec<TaskSummary>, Trouble> {
        self.0.look(|eyes| {
            let (facts, photos) = (eyes.journal.counts_by_task()?, eyes.journal.photos_by_task()?);
            let mine =
                eyes.briefs()?.into_iter().rev().filter(|brief| brief.executor == eyes.me && filter.admits(brief));
            let summary = |brief: TaskBrief| {
                let (facts, photos) = (facts.get(&brief.id).copied(), photos.get(&brief.id).copied());
                summary(brief, facts.unwrap_or_default(), photos.unwrap_or_default())
            };
            Ok(mine.map(summary).collect())
        })
    }

    /// One task with all its data on this phone. A rejected task is editable again, and its reviews hold the reviewer's
    /// opinion.
    ///
    /// # Errors
    /// The task is not known here: [`TaskError::Unknown`].
    pub fn get(&self, task: TaskId) -> Result<TaskView, super::FormError> {
        self.0.look(|eyes| Ok(eyes.task(task)?.ok_or(TaskError::Unknown)?))
    }
}

fn summary(brief: TaskBrief, facts: Counts, photos: PhotoCount) -> TaskSummary {
    TaskSummary {
        id: brief.id,
        project: brief.project,
        state: brief.state,
        round: brief.round,
        items: brief.asked,
        items_answered: brief.answered,
        name: brief.name,
        opinion: brief.opinion,
        facts,
        photos,
    }
}
