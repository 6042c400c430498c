//! What is issued to this account, by plan.

use super::{Act, reading::Reading};
use crate::{
    cache::TaskBrief,
    work::{
        Trouble,
        project::{IssuedItem, IssuedPlan, ItemState},
    },
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    id::{PlanId, PlanItemId, ProjectId, TaskId},
    plan::PlanItemState,
    task::TaskState,
};
use firebee_protocol::text::{Chip, Left, Text, when};

/// What is issued to this account in one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedGroup {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The plan.
    pub plan: PlanId,
    /// Its name.
    pub plan_name: String,
    /// How near its deadline is.
    pub left: Left,
    /// The items, in the order of the plan.
    pub items: Vec<IssuedRow>,
    /// The act that starts a task on the free items.
    pub start: Act,
}

/// An item issued to this account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedRow {
    /// The plan item.
    pub item: PlanItemId,
    /// Its name.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// Where in the building.
    pub position: Option<String>,
    /// The day it is meant for.
    pub planned: Option<String>,
    /// How far it is.
    pub state: Chip,
    /// The live task that holds it.
    pub task: Option<TaskId>,
}

impl Reading<'_> {
    /// The plans of which something is still to be done.
    pub(super) fn issued(&self, briefs: &[TaskBrief]) -> Result<Vec<IssuedGroup>, Trouble> {
        let mut plans = self.eyes.issued(briefs)?;
        plans.retain(|plan| plan.items.iter().any(|item| item.state != ItemState::Approved));
        let today = self.day_of_deadlines()?;
        Ok(plans.iter().map(|plan| self.group(plan, today)).collect())
    }

    fn group(&self, plan: &IssuedPlan, today: NaiveDate) -> IssuedGroup {
        IssuedGroup {
            project: plan.project,
            project_name: self.project_name(plan.project),
            plan: plan.plan,
            plan_name: plan.name.clone(),
            left: when::left(self.language, today, plan.deadline),
            items: plan.items.iter().map(|item| self.issued_row(item)).collect(),
            start: self.start(plan),
        }
    }

    pub(super) fn issued_row(&self, item: &IssuedItem) -> IssuedRow {
        let name = self.of(&item.name, &item.name_en);
        IssuedRow {
            item: item.item,
            name: if name.is_empty() { item.item_id.clone() } else { name.to_owned() },
            facility: self.of(&item.facility_name, &item.facility_name_en).to_owned(),
            system: item.system.clone(),
            position: item.position.clone(),
            planned: item.planned_for.map(|day| self.date(day)),
            state: self.item_state(item.state),
            task: item.task,
        }
    }

    fn item_state(&self, state: ItemState) -> Chip {
        match state {
            ItemState::Free => Chip::plan_item(self.language, PlanItemState::Issued),
            ItemState::Executing => Chip::plan_item(self.language, PlanItemState::Executing),
            ItemState::PendingReview => Chip::plan_item(self.language, PlanItemState::Submitted),
            ItemState::Approved => Chip::plan_item(self.language, PlanItemState::Approved),
            ItemState::Rejected => Chip::task(self.language, TaskState::Rejected),
        }
    }

    /// Whether a task may start on this plan. The shell tells the location permission at
    /// the start only.
    fn start(&self, plan: &IssuedPlan) -> Act {
        if let Err(trouble) = self.eyes.permit(Action::StartTask, plan.project, true) {
            return Act::refused(self.language, trouble.code(), &[]);
        }
        if plan.expired {
            return Act::closed(self.say(Text::PhonePlanExpired));
        }
        if plan.items.iter().all(|item| item.task.is_some()) {
            return Act::closed(self.say(Text::PhoneNothingFree));
        }
        Act::open()
    }
}
