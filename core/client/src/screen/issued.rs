//! What is issued to this account, by plan and page by page. Nothing here reads all of it: that can be fifty
//! thousand items.

use super::{
    Act, Screens,
    cut::{Cut, cut_behind, page_rows},
    reading::Reading,
};
use crate::{
    cache::{Issue, IssueCounts, IssueSlice},
    work::{
        Trouble,
        project::{IssuedItem, ItemState, Local},
    },
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    id::{PlanId, PlanItemId, ProjectId, TaskId},
    plan::PlanItemState,
    task::TaskState,
};
use firebee_protocol::text::{Chip, Count, Left, Text, when};
use std::collections::HashMap;

/// How many items the first screen shows of a plan of which not all fit.
const FIRST_ITEMS: u32 = 20;
/// How many issued items a screen shows at once, in all its plans or facilities.
pub(super) const ITEMS_AT_ONCE: u32 = 400;

/// Which issued items are wanted. Everything left out admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuedQuery {
    /// Those of this project.
    pub project: Option<ProjectId>,
    /// Those of this plan.
    pub plan: Option<PlanId>,
    /// Those of this facility, by the catalogue's code.
    pub facility: Option<String>,
    /// The cursor that the previous page returned, or the last item that a screen shows.
    pub after: Option<PlanItemId>,
    /// How many rows at most; 50 when it is 0.
    pub limit: i32,
}

/// A page of issued items: the plan with the nearest deadline first, each in its own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPage {
    /// The rows.
    pub rows: Vec<IssuedRow>,
    /// How many items there are on all pages.
    pub total: i32,
    /// After which item the next page begins; `None` on the last page.
    pub next: Option<PlanItemId>,
}

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
    /// How many items are handed in, of those issued.
    pub done: Count,
    /// The items, in the order of the plan: all of them as long as the screen has at most 400, else the first twenty, and none
    /// once it is full. The others are read page by page.
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

impl Screens {
    /// The issued items that a query admits.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn issued(&self, query: &IssuedQuery) -> Result<IssuedPage, Trouble> {
        self.0.screen(|reading| {
            let mut issues = reading.eyes.issues_in(query.project);
            issues.retain(|held| query.plan.is_none_or(|plan| held.head.body.assignment.plan == plan));
            let of: Vec<i64> = issues.iter().map(|held| held.n).collect();
            let total = match &query.facility {
                Some(facility) => reading.eyes.cache.count_issued(&of, facility)?,
                None => issues.iter().map(|held| held.counts.total).sum(),
            };
            let limit = page_rows(query.limit);
            // One more tells whether another page follows.
            let slice = IssueSlice {
                of: &of,
                facility: query.facility.as_deref(),
                after: query.after,
                limit: u32::try_from(limit).unwrap_or(u32::MAX).saturating_add(1),
            };
            let rows = reading.eyes.issued_items(reading.eyes.cache.issued(&slice)?, &reading.eyes.local()?);
            let rows: Vec<IssuedRow> = rows.iter().map(|(_, item)| reading.issued_row(item)).collect();
            let Cut { rows, total, next } = cut_behind(rows, total as usize, limit, |row: &IssuedRow| row.item);
            Ok(IssuedPage { rows, total, next })
        })
    }
}

impl Reading<'_> {
    /// The plans of which something is still to be done.
    pub(super) fn issued_groups(&self) -> Result<Vec<IssuedGroup>, Trouble> {
        let local = self.eyes.local()?;
        let issues = self.eyes.issues_in(None).into_iter().map(|held| (held, self.eyes.counts_of(held, &local)));
        let open: Vec<(&Issue, IssueCounts)> = issues.filter(|(_, counts)| counts.total > counts.approved).collect();
        let mut items = self.first_items(&open, &local)?;
        let (today, reached) = (self.day_of_deadlines()?, self.eyes.day_of_server()?.earliest);
        let group = |(issue, counts): &(&Issue, IssueCounts)| {
            let document = &issue.head.body;
            let (project, deadline) = (document.assignment.project, document.assignment.deadline);
            IssuedGroup {
                project,
                project_name: self.project_name(project),
                plan: document.assignment.plan,
                plan_name: document.plan_name.clone(),
                left: when::left(self.language, today, deadline),
                done: self.done(*counts),
                items: items.remove(&issue.n).unwrap_or_default(),
                start: self.start(issue, *counts, reached),
            }
        };
        Ok(open.iter().map(group).collect())
    }

    /// The first items of the first plans, by the numbers of their assignments.
    fn first_items(
        &self,
        open: &[(&Issue, IssueCounts)],
        local: &Local,
    ) -> Result<HashMap<i64, Vec<IssuedRow>>, Trouble> {
        let mut room = ITEMS_AT_ONCE;
        let first = |(issue, counts): &(&Issue, IssueCounts)| {
            let shown = if counts.total <= room { counts.total } else { FIRST_ITEMS.min(room) };
            room -= shown;
            (issue.n, shown)
        };
        let of: Vec<(i64, u32)> = open.iter().map(first).collect();
        let mut rows: HashMap<i64, Vec<IssuedRow>> = HashMap::new();
        for (issue, item) in self.eyes.issued_items(self.eyes.cache.first_issued(&of)?, local) {
            rows.entry(issue).or_default().push(self.issued_row(&item));
        }
        Ok(rows)
    }

    /// How many items are handed in.
    pub(super) fn done(&self, counts: IssueCounts) -> Count {
        Count::of(self.language, Text::PhoneItemsDone, counts.done as usize, counts.total as usize)
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
    fn start(&self, issue: &Issue, counts: IssueCounts, reached: Option<NaiveDate>) -> Act {
        let assignment = &issue.head.body.assignment;
        if let Err(trouble) = self.eyes.permit(Action::StartTask, assignment.project, true) {
            return Act::refused(self.language, trouble.code(), &[]);
        }
        if reached.is_some_and(|day| day > assignment.deadline) {
            return Act::closed(self.say(Text::PhonePlanExpired));
        }
        if counts.held >= counts.total {
            return Act::closed(self.say(Text::PhoneNothingFree));
        }
        Act::open()
    }
}
