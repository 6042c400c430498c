//! `result.moved`: an answer was recorded in the wrong place, and stands in another one now. The answer there is a
//! `result.recorded` of its own that names this one, so both ends show the move.

use super::{PHOTOS_MAX, ResultKey, TaskResult};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says},
    fault::FaultEvent,
    id::{EventId, FactId, PlanItemId, TaskId},
    task::{ChangesTask, Circumstances, Stamp, Task, TaskError},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Body of `result.moved`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultMoved {
    /// The answer, by its `result.recorded`.
    pub result: FactId,
    /// The task in which it stands now; the same one, when only the item or the instance was wrong.
    pub to: TaskId,
    /// The plan item there.
    pub item: PlanItemId,
    /// The instance there, from 1.
    pub ordinal: u32,
    /// The answer there, by its `result.recorded`.
    pub recorded: FactId,
    /// The photos that went with it. In another task they are other `photo.taken` of the same pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<FactId>,
}

/// Where an answer comes from that was moved: said by the answer in its new place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedFrom {
    /// The task in which it was recorded first.
    pub task: TaskId,
    /// The answer there, by its `result.recorded`.
    pub result: FactId,
}

/// Where an answer went, as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedTo {
    /// The `result.moved` fact.
    pub event: EventId,
    /// When.
    pub at: Stamp,
    /// The task in which it stands now.
    pub task: TaskId,
    /// Which answer it is there.
    pub key: ResultKey,
    /// The answer there, by its `result.recorded`.
    pub recorded: FactId,
}

impl ResultMoved {
    /// Which answer it is in its new place.
    pub const fn key(&self) -> ResultKey {
        ResultKey { item: self.item, ordinal: self.ordinal }
    }
}

impl Says for ResultMoved {
    const KIND: &'static str = "result.moved";
    const ACTION: Action = Action::RecordResult;
    const FOOTING: Footing = Footing::Assignment;

    fn is_bounded(&self) -> bool {
        self.photos.len() as u64 <= u64::from(PHOTOS_MAX)
    }
}

/// Whether an answer can be moved away: it is for one instance. What was said of many is corrected instance by instance.
pub fn can_be_moved(result: &TaskResult) -> bool {
    !result.replaced && !result.recorded.is_for_many()
}

impl ChangesTask for ResultMoved {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.results.iter().filter_map(|held| held.moved.as_ref()).any(|moved| moved.event == by.event)
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        let held = task.results.iter().find(|held| held.fact == self.result).ok_or(TaskError::MoveNotPossible)?;
        if !can_be_moved(held) || (held.key == self.key() && self.to == task.id) {
            return Err(TaskError::MoveNotPossible);
        }
        let known = |fact: &FactId| task.photos.iter().any(|photo| photo.fact == *fact);
        if !self.photos.iter().all(known) {
            return Err(TaskError::PhotoUnknown);
        }
        if self.to == task.id {
            task.require_item(self.key())?;
        }
        let (from, key) = (held.key, self.key());
        let moved = MovedTo { event: by.event, at: by.at, task: self.to, key, recorded: self.recorded };
        // Nothing that stood in its place before it counts there again.
        for held in task.results.iter_mut().filter(|held| held.key == from && !held.recorded.is_for_many()) {
            held.replaced = true;
            if held.fact == self.result {
                held.moved = Some(moved.clone());
            }
        }
        for photo in task.photos.iter_mut().filter(|photo| self.photos.contains(&photo.fact)) {
            if self.to == task.id {
                photo.moved_to = Some(key);
            } else {
                photo.withdrawn = true;
            }
        }
        Ok(Vec::new())
    }
}

impl Task {
    /// The other tasks to or from which answers were moved.
    pub fn moved_with(&self) -> BTreeSet<TaskId> {
        let went = self.results.iter().filter_map(|held| held.moved.as_ref()).map(|moved| moved.task);
        let came = self.results.iter().filter_map(|held| held.recorded.moved_from).map(|from| from.task);
        went.chain(came).filter(|task| *task != self.id).collect()
    }
}
