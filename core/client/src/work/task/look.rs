//! Tasks are listed and looked at.

use crate::{
    journal::{Counts, PhotoCount},
    work::{TaskView, Tasks, Trouble},
};
use firebee_domain::{
    id::{ProjectId, TaskId},
    task::{Task, TaskError, TaskState},
};

/// Which tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Those in one of these states; empty for all but the discarded.
    pub states: Vec<TaskState>,
    /// Those of this project.
    pub project: Option<ProjectId>,
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
        let wanted = |task: &Task| {
            let state = match filter.states.as_slice() {
                [] => task.state != TaskState::Discarded,
                states => states.contains(&task.state),
            };
            state && filter.project.is_none_or(|project| task.project == project)
        };
        self.0.look(|eyes| {
            let mut list = Vec::new();
            for view in eyes.tasks()?.into_iter().rev() {
                if view.task.executor == eyes.me && wanted(&view.task) {
                    let facts = eyes.journal.counts_of_task(view.task.id)?;
                    let photos = eyes.journal.photos_of_task(view.task.id)?;
                    list.push(summary(&view.task, facts, photos));
                }
            }
            Ok(list)
        })
    }

    /// One task with everything that this phone knows of it. A rejected one is editable again and carries the
    /// reviewer's opinion in its reviews.
    ///
    /// # Errors
    /// The task is not known here: [`TaskError::Unknown`].
    pub fn get(&self, task: TaskId) -> Result<TaskView, super::FormError> {
        self.0.look(|eyes| Ok(eyes.task(task)?.ok_or(TaskError::Unknown)?))
    }
}

fn summary(task: &Task, facts: Counts, photos: PhotoCount) -> TaskSummary {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let answered = |item: firebee_domain::id::PlanItemId| task.results.iter().any(|held| held.key.item == item);
    let rejected = task.reviews.last().filter(|_| task.state == TaskState::Rejected);
    TaskSummary {
        id: task.id,
        name: task.name.clone(),
        project: task.project,
        state: task.state,
        round: task.round,
        items: count(task.items.len()),
        items_answered: count(task.items.iter().filter(|item| answered(item.item)).count()),
        opinion: rejected.map(|review| review.decided.opinion.clone()),
        facts,
        photos,
    }
}
