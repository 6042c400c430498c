//! Plans: which catalogue items of a project are tested in a period, by whom, and how far that is.

mod assignment;
mod create;
mod delete;
#[cfg(test)]
pub(crate) mod fixture;
mod ignore;
mod issue;
mod item;
mod next;
mod period;
mod progress;
mod recall;
mod schedule;

pub use assignment::{Assignment, AssignmentItem, ScopeError, in_scope};
pub use create::{CreateError, NewPlan, create};
pub use delete::{DeleteError, check_delete};
pub use ignore::{IGNORE_REASON_LENGTH_MAX, IgnoreError, ignore, restore};
pub use issue::{Issue, IssueError, is_expired, issue, may_execute};
pub use item::{AdvanceError, Hold, PlanItemEvent, PlanItemState};
pub use next::{Foreseen, Held, Next, Outlook, Share, facilities_left, foresee};
pub use period::{period_end, period_last_month, period_start};
pub use progress::{FacilityCoverage, PlanStatus, Progress, Tally, coverage, progress};
pub use recall::{RecallError, recall};
pub use schedule::{POSITION_LENGTH_MAX, ScheduleError, schedule};

use crate::{
    catalogue::Nature,
    contract::ContractKind,
    id::{AccountId, ContentId, PlanId, PlanItemId, ProjectId},
    time::{Month, Timestamp},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a plan's name says; the words come from the message catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanName {
    /// The year.
    pub year: i32,
    /// 1 to 4, for a quarter's plan.
    pub quarter: Option<u32>,
    /// 1 to 12, for a month's plan and for the one plan of an inspection or evaluation.
    pub month: Option<u32>,
    /// Month, quarter or year.
    pub nature: Nature,
    /// What the contract is about.
    pub kind: ContractKind,
}

/// One catalogue item in one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanItem {
    /// Its id in this plan.
    pub id: PlanItemId,
    /// The catalogue's id of the item.
    pub item_id: String,
    /// The catalogue's code of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// How far it is.
    pub state: PlanItemState,
    /// To whom it is issued; `None` exactly while it is not issued.
    pub executor: Option<AccountId>,
    /// Why it is ignored; `None` when it is not. Only an item that is not issued can be ignored.
    pub ignored: Option<String>,
    /// The day it is meant for, where somebody set one.
    pub planned_for: Option<NaiveDate>,
    /// Where in the building, where somebody set it.
    pub position: Option<String>,
}

impl PlanItem {
    /// Whether it is still to be done: neither ignored nor approved.
    pub fn is_open(&self) -> bool {
        self.ignored.is_none() && self.state != PlanItemState::Approved
    }
}

/// A plan. Its items are its own copies: what changes on the project afterwards does not reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The project.
    pub project: ProjectId,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month it is for; of a quarter or year its first month.
    pub period: Month,
    /// What its name says.
    pub name: PlanName,
    /// The catalogue pack it was made with; its items, tasks and results use that pack to the end.
    pub catalogue: ContentId,
    /// The facilities that the project had ticked when it was made, in the order of ticking.
    pub facilities: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Its items, in the order of the catalogue.
    pub items: Vec<PlanItem>,
}

/// A nature and a period. A project has at most one plan for each pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanSlot {
    /// Month, quarter or year.
    pub nature: Nature,
    /// The first month of its period.
    pub period: Month,
}

impl Plan {
    /// Its nature and period.
    pub const fn slot(&self) -> PlanSlot {
        PlanSlot { nature: self.nature, period: self.period }
    }

    /// The first day of its period, in UTC+8.
    pub fn first_day(&self) -> NaiveDate {
        self.period.first_day()
    }

    /// The last day of its period, in UTC+8: its tasks are due by the end of it.
    pub fn deadline(&self) -> NaiveDate {
        period_end(self.nature, self.period)
    }

    /// One of its items.
    pub fn item(&self, id: PlanItemId) -> Option<&PlanItem> {
        self.items.iter().find(|item| item.id == id)
    }

    fn chosen_mut(&mut self, ids: &[PlanItemId]) -> impl Iterator<Item = &mut PlanItem> {
        self.items.iter_mut().filter(|item| ids.contains(&item.id))
    }

    fn item_mut(&mut self, id: PlanItemId) -> Option<&mut PlanItem> {
        self.items.iter_mut().find(|item| item.id == id)
    }
}
