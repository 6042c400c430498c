//! Projects: what is served, where, by whom, from when to when.

mod change;
mod design;
mod due;
mod entry;
mod fence;
#[cfg(test)]
pub(crate) mod fixture;
mod lead;
mod ledger;
mod particulars;
mod pause;
mod practice;
mod ready;
mod training;
mod witness;

pub use change::{
    BuildingChangeError, REASON_LENGTH_MAX, TerminateError, TickError, is_bare, put_building, remove_building,
    terminate, tick,
};
pub(crate) use design::agrees;
pub use design::{DESIGN_VARIANT, DesignError, DesignValue, designed, enter_design, take_back_design};
pub use due::{
    FIRST_MONTH_CHOICE_DAY, FirstMonth, FirstMonthError, due_months, first_due_month, months_without_plan,
    months_without_report, needs_first_month_choice,
};
pub use entry::{Entry, EntryError, changed, entered};
pub use fence::{FURTHER_FENCES_MAX, FenceError, FurtherFence, put_fence, remove_fence};
pub use lead::{LeadError, may_lead, replace_lead};
pub use ledger::{Ledger, PlanWork, Reported, Stage, Standing, Work, periods};
pub use particulars::{Particulars, ParticularsError};
pub use pause::{DecidePauseError, PauseError, ask_pause, decide_pause, may_pause};
pub use practice::{FirstQuestion, Practice, Proof};
pub use ready::{Missing, ProjectIncomplete, ready_to_issue};
pub use training::{TRAINING_MARK, is_shown_to_owner, marked};
pub use witness::{WitnessError, set_witness};

use crate::{
    building::Building,
    contract::ContractKind,
    geofence::{Geofence, Location},
    id::{AccountId, ContractId, OrganisationId, OwnerId, ProjectId, RegulatorUnitId},
    suspension::Termination,
    task::Task,
    time::{Month, Timestamp},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most characters of a project's name, city or address.
pub const PROJECT_TEXT_LENGTH_MAX: u32 = 200;

/// Whether the project's owner is a key unit of fire safety.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyUnit {
    /// No listed key unit matches; a full answer.
    NoMatch,
    /// The listed key unit of this name.
    Listed(String),
}

/// A project of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The service organisation.
    pub organisation: OrganisationId,
    /// Its contract.
    pub contract: ContractId,
    /// What the contract is about; the project's kind follows from it.
    pub kind: ContractKind,
    /// Whether phones are not allowed on site, so that only the site record is kept.
    pub special_site: bool,
    /// The owner, as in the contract.
    pub owner: OwnerId,
    /// Its name, printed on the report's cover.
    pub name: String,
    /// The city.
    pub city: String,
    /// The address, down to district, road and number.
    pub address: String,
    /// Its lead: an open account of category project lead.
    pub lead: Option<AccountId>,
    /// Where it lies; `None` until it is marked on a map.
    pub location: Option<Location>,
    /// The radius of its fence in metres; `None` takes the default.
    pub fence_radius_m: Option<u32>,
    /// The fences of further buildings; time in any fence counts as inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_fences: Vec<FurtherFence>,
    /// Its buildings; they share one set of facilities.
    pub buildings: Vec<Building>,
    /// The catalogue codes of the ticked facilities, in the order of ticking.
    pub facilities: Vec<String>,
    /// The regulator's unit that it belongs to.
    pub jurisdiction: Option<RegulatorUnitId>,
    /// The key-unit mark; `None` until answered.
    pub key_unit: Option<KeyUnit>,
    /// The contract's first day; never changes.
    pub sign_date: NaiveDate,
    /// The contract's last day, inclusive; never changes.
    pub end_date: NaiveDate,
    /// The choice of the first month, for a project signed on day 20 or later; never changes after saving.
    pub first_month: Option<FirstMonth>,
    /// Its end before its time; final.
    pub termination: Option<Termination>,
    /// What the design prescribes.
    pub design_values: Vec<DesignValue>,
    /// Whether it is for training only; fixed when it is made.
    #[serde(default, skip_serializing_if = "is_false")]
    pub training: bool,
    /// Since when a submission needs the signature of the owner's witness; `None` while it needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness_since: Option<Timestamp>,
}

/// Where a project stands. A pause belongs to a month and is no state of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProjectStatus {
    /// Running.
    Active,
    /// Its end date has passed.
    Completed,
    /// Terminated before its time.
    Terminated,
}

impl Project {
    /// Its state on a day.
    pub fn status(&self, today: NaiveDate) -> ProjectStatus {
        if self.termination.is_some() {
            ProjectStatus::Terminated
        } else if today > self.end_date {
            ProjectStatus::Completed
        } else {
            ProjectStatus::Active
        }
    }

    /// the fence around the project's location; `None` without a location, or with a radius that no fence can
    /// have.
    pub fn fence(&self) -> Option<Geofence> {
        self.location.and_then(|center| Geofence::new(center, self.fence_radius_m).ok())
    }

    /// whether a task needs the owner's witness: the project asked for one when the task began, or the firm does in
    /// every project.
    pub fn asks_witness(&self, task: &Task) -> bool {
        asks_witness(self.witness_since, task)
    }

    /// the first month that a plan can be for; `None` for a date outside the years of [`Month`].
    pub fn first_due_month(&self) -> Option<Month> {
        first_due_month(self.sign_date, self.first_month)
    }

    /// the last month that a plan can be for, that of the end date.
    pub fn last_due_month(&self) -> Option<Month> {
        Month::of(self.end_date)
    }
}

/// Whether a flag is not set, so that it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(crate) const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// As [`Project::asks_witness`], of a project that has asked since then.
pub fn asks_witness(since: Option<Timestamp>, task: &Task) -> bool {
    let began = task.started.best().map_or(task.started.wall_ms, |bound| bound.earliest);
    task.demands.witness || since.is_some_and(|since| since <= began)
}

/// whether an address says a house number, without which a map search finds nothing. `false` is worth a
/// warning and blocks nothing.
pub fn address_has_number(address: &str) -> bool {
    address.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::{fixture::project, *};
    use crate::{
        geofence::{Datum, RADIUS_M_DEFAULT},
        personnel::tests::day,
        suspension::tests::termination,
    };

    /// marking the location makes the fence, 200 m unless the project says otherwise.
    #[test]
    fn r_095_r_097_a_marked_location_is_a_fence_by_itself() {
        let marked = project();
        assert_eq!(marked.fence().map(|fence| fence.radius_m()), Some(RADIUS_M_DEFAULT));
        assert_eq!(marked.fence().map(|fence| fence.center().datum), Some(Datum::Gcj02));
        let radius =
            |metres| Project { fence_radius_m: Some(metres), ..project() }.fence().map(|fence| fence.radius_m());
        assert_eq!((radius(50), radius(49)), (Some(50), None));
        assert_eq!(Project { location: None, ..project() }.fence(), None);
    }

    /// an address without a number is worth a warning.
    #[test]
    fn r_099_an_address_should_have_a_number() {
        assert!(address_has_number("西宁市城中区长江路10号") && address_has_number("长江路１０号"));
        assert!(!address_has_number("西宁市城中区长江路"));
    }

    #[test]
    fn r_058_r_330_a_project_is_active_through_its_last_day_and_terminated_for_ever() {
        let project = project();
        assert_eq!(project.status(day("2021-01-20")), ProjectStatus::Active);
        assert_eq!(project.status(day("2021-01-21")), ProjectStatus::Completed);
        let ended = Project { termination: Some(termination()), ..project };
        assert_eq!(ended.status(day("2021-01-21")), ProjectStatus::Terminated);
    }
}
