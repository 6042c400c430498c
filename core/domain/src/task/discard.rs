//! `task.discarded`: an unsubmitted task is given up (R-117a, R-126).

use super::{ChangesTask, Circumstances, Stamp, Task, TaskError, TaskState};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Need, Says, Text},
    fault::FaultEvent,
    id::{AccountId, EventId},
    restore::to_restore,
    submission::Missing,
    text::TEXT_MAX,
};
use serde::{Deserialize, Serialize};

/// Body of `task.discarded`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDiscarded {
    /// Why, in the executor's words; may be empty.
    pub reason: String,
}

/// How a task was given up, as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discarded {
    /// The fact of its executor, or the act of the office.
    pub event: EventId,
    /// Who gave it up: its executor, or somebody of the office.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// Why, in their words; an executor may leave it empty.
    pub reason: String,
}

impl Says for TaskDiscarded {
    const KIND: &'static str = "task.discarded";
    const ACTION: Action = Action::DiscardTask;
    const FOOTING: Footing = Footing::Assignment;
    const NEEDS: &'static [Need] = &[Need::PlanItems];

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.reason, TEXT_MAX)]
    }
}

impl ChangesTask for TaskDiscarded {
    fn is_known(&self, _: &Attribution, task: &Task) -> bool {
        task.state == TaskState::Discarded
    }

    fn apply(
        self,
        by: &Attribution,
        task: &mut Task,
        around: &Circumstances<'_>,
    ) -> Result<Vec<FaultEvent>, TaskError> {
        if by.account != task.executor {
            return Err(TaskError::HandedOver);
        }
        if task.state != TaskState::Executing {
            return Err(TaskError::NotDiscardable);
        }
        // What was isolated for a test is put back, also when nothing of the test counts.
        let missing: Vec<Missing> = to_restore(task, around.catalogue)
            .into_iter()
            .filter(|system| task.isolated(*system).is_some())
            .map(|system| Missing::Restore { system })
            .collect();
        if !missing.is_empty() {
            return Err(TaskError::Incomplete { missing });
        }
        task.state = TaskState::Discarded;
        task.discarded = Some(Discarded { event: by.event, by: by.account, at: by.at, reason: self.reason });
        Ok(Vec::new())
    }
}
