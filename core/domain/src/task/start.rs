//! `task.started`: a task begins.

use super::{ChangesTask, Circumstances, Task, TaskError, TaskItem, TaskKind};
use crate::{
    account::Action,
    catalogue::{Catalogue, MISMATCH},
    fact::{Attribution, Footing, Need, Says, Text},
    fault::FaultEvent,
    id::{ContentId, PlanId, PlanItemId},
    plan::Assignment,
    project::Practice,
    text::NAME_MAX,
    ways::Demands,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Body of `task.started`. Outside the plan it names no plan but the pack that its items stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskStarted {
    /// What the task is for.
    pub kind: TaskKind,
    /// The plan, for a planned task.
    pub plan: Option<PlanId>,
    /// The plan's name, from which the task's name is made; outside the plan, what its kind is called.
    pub plan_name: String,
    /// The items chosen, at least one, each once. A mismatch has exactly one.
    pub items: Vec<StartedItem>,
    /// The catalogue pack, for a task outside the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<ContentId>,
    /// What the firm asks beyond the rules: what the assignment says that the start acts on.
    #[serde(default, skip_serializing_if = "Demands::is_of_the_rules")]
    pub demands: Demands,
    /// The event of a connected fire system because of which it was ordered; a supplementary test alone has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Uuid>,
}

/// One item chosen at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedItem {
    /// The plan item; outside the plan, an id that the phone makes.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
}

impl TaskStarted {
    /// Whether a task outside the plan may have its items: the project offers such tasks, and the pack has each item for
    /// projects of this kind. A mismatch is for what the pack lacks.
    ///
    /// # Errors
    /// [`TaskError::KindNotOffered`] or [`TaskError::ItemsInvalid`].
    pub fn check_outside_plan(&self, catalogue: &Catalogue, practice: &Practice) -> Result<(), TaskError> {
        if !practice.outside_plan {
            return Err(TaskError::KindNotOffered);
        }
        let offered = |chosen: &StartedItem| {
            let found = catalogue.item(&chosen.item_id);
            found.is_some_and(|found| found.item.is_mismatch() || found.is_for(practice.usage))
        };
        if self.items.iter().all(offered) { Ok(()) } else { Err(TaskError::ItemsInvalid) }
    }

    /// Whether plan, pack and items are those of its kind.
    fn check_kind(&self) -> Result<(), TaskError> {
        let inside = self.plan.is_some() && self.catalogue.is_none();
        let outside = self.plan.is_none() && self.catalogue.is_some();
        let lacking = |chosen: &StartedItem| chosen.item_id == MISMATCH;
        let fits = match self.kind {
            TaskKind::Planned => inside,
            TaskKind::Supplementary => outside && !self.items.iter().any(lacking),
            TaskKind::Mismatch => outside && matches!(self.items.as_slice(), [one] if lacking(one)),
            // No phone begins one.
            TaskKind::Request => false,
        };
        let ordered = self.event.is_none() || self.kind == TaskKind::Supplementary;
        if fits && ordered { Ok(()) } else { Err(TaskError::ItemsInvalid) }
    }
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

    fn pack(&self) -> Option<ContentId> {
        self.catalogue
    }

    fn items(&self) -> Vec<PlanItemId> {
        self.items.iter().map(|chosen| chosen.item).collect()
    }

    fn agrees_with(&self, assignment: &Assignment) -> bool {
        assignment.grants_all(&self.items)
    }

    fn is_bounded(&self) -> bool {
        self.demands.is_bounded()
    }

    fn texts(&self) -> Vec<Text<'_>> {
        let demanded = self.demands.lines.iter().chain(&self.demands.photo_systems);
        let demanded = demanded.map(|text| (text.as_str(), NAME_MAX));
        let items = self.items.iter().map(|item| (item.item_id.as_str(), NAME_MAX));
        items.chain(demanded).chain([(self.plan_name.as_str(), NAME_MAX)]).collect()
    }
}

impl ChangesTask for TaskStarted {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.id == by.fact().into()
    }

    fn begin(self, by: &Attribution) -> Result<Task, TaskError> {
        self.check_kind()?;
        let name = pending_name(&self.plan_name, by);
        let chosen = self.items.into_iter().map(|chosen| TaskItem { item: chosen.item, item_id: chosen.item_id });
        let mut items: Vec<TaskItem> = chosen.collect();
        items.sort_by_key(|held| held.item);
        let twice = items.windows(2).any(|pair| matches!(pair, [a, b] if a.item == b.item));
        if items.is_empty() || twice {
            return Err(TaskError::ItemsInvalid);
        }
        Ok(Task {
            name,
            plan: self.plan,
            items,
            demands: self.demands,
            event: self.event,
            ..Task::begun(by, self.kind)
        })
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
