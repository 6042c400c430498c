//! The items that are issued to this account, with their states: the rows of the cache and, over them, the tasks that this
//! phone has touched since.

use crate::{
    cache::{Facility, Issue, IssueCounts, IssueItem, IssueSlice},
    work::{Projects, Trouble, eyes::Eyes},
};
use chrono::NaiveDate;
use firebee_domain::{
    catalogue::Nature,
    id::{ContentId, PlanId, PlanItemId, ProjectId, TaskId},
    task::TaskState,
    time::Month,
};
use firebee_protocol::catalogue::Pack;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
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
    /// Everything that is issued to this account, by plan. A screen reads pages.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn issued(&self, project: Option<ProjectId>) -> Result<Vec<IssuedPlan>, Trouble> {
        self.0.look(|eyes| {
            let (issues, local) = (eyes.issues_in(project), eyes.local()?);
            let of: Vec<i64> = issues.iter().map(|held| held.n).collect();
            let all = IssueSlice { of: &of, facility: None, after: None, limit: u32::MAX };
            let mut items: HashMap<i64, Vec<IssuedItem>> = HashMap::new();
            for (issue, item) in eyes.issued_items(eyes.cache.issued(&all)?, &local) {
                items.entry(issue).or_default().push(item);
            }
            let reached = eyes.day_of_server()?.earliest;
            let plan = |held: &&Issue| {
                let document = &held.head.body;
                IssuedPlan {
                    plan: document.assignment.plan,
                    project: document.assignment.project,
                    name: document.plan_name.clone(),
                    nature: document.nature,
                    period: document.period,
                    deadline: document.assignment.deadline,
                    expired: reached.is_some_and(|day| day > document.assignment.deadline),
                    catalogue: document.catalogue,
                    items: items.remove(&held.n).unwrap_or_default(),
                }
            };
            Ok(issues.iter().map(plan).collect())
        })
    }
}

/// What the touched tasks of this phone change of what was pulled.
pub(crate) struct Local {
    /// The touched tasks: what their documents say of them does not hold any more.
    touched: HashSet<TaskId>,
    /// The live ones that hold an item, with their states.
    holders: HashMap<PlanItemId, (TaskId, TaskState)>,
    /// The issued items that they hold or held, by the numbers of their assignments.
    changed: HashMap<i64, Vec<IssueItem>>,
}

impl Local {
    /// the live task that holds an item; the first of them.
    fn holder(&self, row: &IssueItem) -> Option<(TaskId, TaskState)> {
        let pulled = row.task.filter(|(task, _)| !self.touched.contains(task));
        let own = self.holders.get(&row.item).copied();
        pulled.into_iter().chain(own).min_by_key(|(task, _)| *task)
    }

    /// The items of an assignment that stand otherwise on this phone than as they were pulled.
    fn changed_of(&self, issue: i64) -> impl Iterator<Item = &IssueItem> {
        self.changed.get(&issue).into_iter().flatten()
    }

    /// Brings counts in which an item stands as it was pulled to what this phone knows.
    fn correct(&self, counts: &mut IssueCounts, row: &IssueItem) {
        counts.take(row.task.map(|(_, state)| state));
        counts.add(self.holder(row).map(|(_, state)| state));
    }
}

impl Eyes<'_> {
    /// What is issued to this account, in this project or in all: the nearest deadline first.
    pub(crate) fn issues_in(&self, project: Option<ProjectId>) -> Vec<&Issue> {
        let of = |held: &&Issue| project.is_none_or(|wanted| held.head.body.assignment.project == wanted);
        let mut issues: Vec<&Issue> = self.issues().filter(of).collect();
        issues.sort_by_key(|held| {
            let document = &held.head.body;
            (document.assignment.deadline, &document.plan_name, document.assignment.plan)
        });
        issues
    }

    /// What the touched tasks change.
    pub(crate) fn local(&self) -> Result<Local, Trouble> {
        let briefs = self.touched_briefs()?;
        let mut local =
            Local { touched: briefs.keys().copied().collect(), holders: HashMap::new(), changed: HashMap::new() };
        if briefs.is_empty() {
            return Ok(local);
        }
        for brief in briefs.values().flatten().filter(|brief| brief.is_holding()) {
            for held in &brief.items {
                local.holders.entry(held.item).or_insert((brief.id, brief.state));
            }
        }
        let items: Vec<PlanItemId> = local.holders.keys().copied().collect();
        let tasks: Vec<TaskId> = briefs.keys().copied().collect();
        for row in self.cache.issued_of(&items, &tasks)? {
            local.changed.entry(row.issue).or_default().push(row);
        }
        Ok(local)
    }

    /// How far the items of an assignment are.
    pub(crate) fn counts_of(&self, issue: &Issue, local: &Local) -> IssueCounts {
        let mut counts = issue.counts;
        local.changed_of(issue.n).for_each(|row| local.correct(&mut counts, row));
        counts
    }

    /// How far the facilities are of which something is issued to this account in a project.
    pub(crate) fn facility_counts(
        &self,
        project: ProjectId,
        local: &Local,
    ) -> Result<BTreeMap<Facility, IssueCounts>, Trouble> {
        let mut all = BTreeMap::clone(&*self.papers.facilities(self.cache, project)?);
        for row in self.issues_in(Some(project)).into_iter().flat_map(|issue| local.changed_of(issue.n)) {
            if let Some(counts) = all.get_mut(&(row.system.clone(), row.facility.clone())) {
                local.correct(counts, row);
            }
        }
        Ok(all)
    }

    /// Rows of the cache as this phone knows them, each with the number of its assignment.
    pub(crate) fn issued_items(&self, rows: Vec<IssueItem>, local: &Local) -> Vec<(i64, IssuedItem)> {
        let pack = |held: &Issue| Some((held.n, self.core.packs.get(held.head.body.catalogue)?));
        let packs: HashMap<i64, Arc<Pack>> = self.papers.issues.iter().filter_map(pack).collect();
        let item = |row: IssueItem| {
            let known = packs.get(&row.issue).and_then(|pack| pack.catalogue.item(&row.item_id));
            let task = local.holder(&row);
            let item = IssuedItem {
                item: row.item,
                name: known.map(|found| found.item.name.clone()).unwrap_or_default(),
                name_en: known.map(|found| found.item.name_en.clone()).unwrap_or_default(),
                facility_name: known.map(|found| found.facility.name.clone()).unwrap_or_default(),
                facility_name_en: known.map(|found| found.facility.name_en.clone()).unwrap_or_default(),
                item_id: row.item_id,
                facility: row.facility,
                system: row.system,
                position: row.position,
                planned_for: row.planned_for,
                state: task.map_or(ItemState::Free, |(_, state)| state_in(state)),
                task: task.map(|(task, _)| task),
            };
            (row.issue, item)
        };
        rows.into_iter().map(item).collect()
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
