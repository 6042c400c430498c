//! The items that are issued to this account, with their states; local tasks are included.

use crate::{
    cache::TaskBrief,
    work::{Projects, Trouble, brief::holders, eyes::Eyes},
};
use chrono::NaiveDate;
use firebee_domain::{
    catalogue::Nature,
    id::{ContentId, PlanId, PlanItemId, ProjectId, TaskId},
    plan::AssignmentItem,
    task::TaskState,
    time::Month,
};

/// How far an issued item is, for its executor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemState {
    /// In no live task: it may be started.
    Free,
    /// In a task that is not submitted.
    Executing,
    /// In a task that waits for the lead.
    PendingReview,
    /// In an approved task.
    Approved,
    /// In a rejected task that is to be mended.
    Rejected,
}

/// An item issued to this account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
    /// Its name in Chinese; empty while the plan's catalogue has not been pulled.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The name of its facility in Chinese.
    pub facility_name: String,
    /// The name of its facility in English.
    pub facility_name_en: String,
    /// The catalogue's code of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// Where in the building.
    pub position: Option<String>,
    /// The day it is meant for.
    pub planned_for: Option<NaiveDate>,
    /// How far it is.
    pub state: ItemState,
    /// The live task that holds it.
    pub task: Option<TaskId>,
}

/// What is issued to this account in one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPlan {
    /// The plan.
    pub plan: PlanId,
    /// Its project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month it is for.
    pub period: Month,
    /// The last day on which it can be done, in UTC+8.
    pub deadline: NaiveDate,
    /// Whether that day is surely over.
    pub expired: bool,
    /// The catalogue pack that it pins.
    pub catalogue: ContentId,
    /// The items, in the order of the plan.
    pub items: Vec<IssuedItem>,
}

impl Projects {
    /// What is issued to this account, by plan.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn issued(&self, project: Option<ProjectId>) -> Result<Vec<IssuedPlan>, Trouble> {
        self.0.look(|eyes| {
            let mut plans = eyes.issued(&eyes.briefs()?)?;
            plans.retain(|plan| project.is_none_or(|wanted| plan.project == wanted));
            Ok(plans)
        })
    }
}

impl Eyes<'_> {
    /// The issued items, with their states from these tasks, which are all tasks on this phone.
    pub(crate) fn issued(&self, briefs: &[TaskBrief]) -> Result<Vec<IssuedPlan>, Trouble> {
        let holding = holders(briefs);
        let reached = self.day_of_server()?.earliest;
        let mut plans = Vec::new();
        for held in self.assignments() {
            let document = &held.body;
            let pack = self.core.packs.get(document.catalogue);
            let item = |issued: &AssignmentItem| {
                let known = pack.as_ref().and_then(|pack| pack.catalogue.item(&issued.item_id));
                let task = holding.get(&issued.plan_item).copied();
                IssuedItem {
                    item: issued.plan_item,
                    item_id: issued.item_id.clone(),
                    name: known.map(|found| found.item.name.clone()).unwrap_or_default(),
                    name_en: known.map(|found| found.item.name_en.clone()).unwrap_or_default(),
                    facility_name: known.map(|found| found.facility.name.clone()).unwrap_or_default(),
                    facility_name_en: known.map(|found| found.facility.name_en.clone()).unwrap_or_default(),
                    facility: issued.facility.clone(),
                    system: issued.system.clone(),
                    position: issued.position.clone(),
                    planned_for: issued.planned_for,
                    state: task.map_or(ItemState::Free, |brief| state_in(brief.state)),
                    task: task.map(|brief| brief.id),
                }
            };
            plans.push(IssuedPlan {
                plan: document.assignment.plan,
                project: document.assignment.project,
                name: document.plan_name.clone(),
                nature: document.nature,
                period: document.period,
                deadline: document.assignment.deadline,
                expired: reached.is_some_and(|day| day > document.assignment.deadline),
                catalogue: document.catalogue,
                items: document.assignment.items.iter().map(item).collect(),
            });
        }
        plans.sort_by(|a, b| (a.deadline, &a.name, a.plan).cmp(&(b.deadline, &b.name, b.plan)));
        Ok(plans)
    }
}

const fn state_in(state: TaskState) -> ItemState {
    match state {
        TaskState::Executing => ItemState::Executing,
        TaskState::PendingReview => ItemState::PendingReview,
        TaskState::Approved => ItemState::Approved,
        TaskState::Rejected => ItemState::Rejected,
        TaskState::Discarded => ItemState::Free,
    }
}
