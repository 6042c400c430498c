//! `task.started`: a task begins.

use super::{ChangesTask, Circumstances, Task, TaskError, TaskItem, TaskKind};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Need, Says, Text},
    fault::FaultEvent,
    id::{PlanId, PlanItemId},
    plan::Assignment,
    text::NAME_MAX,
};
use serde::{Deserialize, Serialize};

/// Body of `task.started`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskStarted {
    /// What the task is for.
    pub kind: TaskKind,
    /// The plan, for a planned task.
    pub plan: Option<PlanId>,
    /// The plan's name, from which the task's name is made.
    pub plan_name: String,
    /// The plan items chosen, at least one, each once.
    pub items: Vec<StartedItem>,
}

/// One item chosen at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
}

impl Says for TaskStarted {
    const KIND: &'static str = "task.started";
    const ACTION: Action = Action::StartTask;
    const FOOTING: Footing = Footing::Assignment;
    const NEEDS: &'static [Need] = &[Need::PlanItems];
    const BEGINS_TASK: bool = true;

    fn plan(&self) -> Option<PlanId> {
        self.plan
    }

    fn items(&self) -> Vec<PlanItemId> {
        self.items.iter().map(|chosen| chosen.item).collect()
    }

    fn agrees_with(&self, assignment: &Assignment) -> bool {
        assignment.grants_all(&self.items)
    }

    fn texts(&self) -> Vec<Text<'_>> {
        let items = self.items.iter().map(|item| (item.item_id.as_str(), NAME_MAX));
        items.chain([(self.plan_name.as_str(), NAME_MAX)]).collect()
    }
}

impl ChangesTask for TaskStarted {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.id == by.fact().into()
    }

    fn begin(self, by: &Attribution) -> Result<Task, TaskError> {
        if self.kind != TaskKind::Planned {
            return Err(TaskError::KindNotOffered);
        }
        let name = pending_name(&self.plan_name, by);
        let chosen = self.items.into_iter().map(|chosen| TaskItem { item: chosen.item, item_id: chosen.item_id });
        let mut items: Vec<TaskItem> = chosen.collect();
        items.sort_by_key(|held| held.item);
        let twice = items.windows(2).any(|pair| matches!(pair, [a, b] if a.item == b.item));
        if items.is_empty() || twice || self.plan.is_none() {
            return Err(TaskError::ItemsInvalid);
        }
        Ok(Task { name, plan: self.plan, items, ..Task::begun(by, self.kind) })
    }

    fn apply(self, _: &Attribution, _: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        Err(TaskError::Exists)
    }
}

/// Plan name and day; the running number of the project-day is given by the server.
fn pending_name(plan_name: &str, by: &Attribution) -> String {
    let instant = by.at.best().map_or(by.at.wall_ms, |bound| bound.latest);
    format!("{plan_name} {}_…", instant.china_day().format("%m%d"))
}
