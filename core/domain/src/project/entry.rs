//! What somebody enters of a project, in a form or in a file, and the one check of it.

use super::{FirstMonth, KeyUnit, PROJECT_TEXT_LENGTH_MAX, Project, due::needs_first_month_choice, training::marked};
use crate::{
    code::Code,
    contract::Contract,
    geofence::{Geofence, GeofenceError, Location},
    id::{AccountId, ProjectId, RegulatorUnitId},
    text::{self, At, NAME_MAX, TextError},
};

/// What is entered of a project. Its kind, owner, firm and days follow from its contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The city.
    pub city: String,
    /// District, road and number.
    pub address: String,
    /// Its lead, who [may lead](super::may_lead).
    pub lead: Option<AccountId>,
    /// Where it lies.
    pub location: Option<Location>,
    /// The radius of its fence in metres.
    pub fence_radius_m: Option<u32>,
    /// The regulator's unit.
    pub jurisdiction: Option<RegulatorUnitId>,
    /// The key-unit mark.
    pub key_unit: Option<KeyUnit>,
    /// Which month comes first.
    pub first_month: Option<FirstMonth>,
    /// Whether phones are not allowed on site.
    pub special_site: bool,
    /// Whether it is for training only.
    pub training: bool,
}

/// Why an entry is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// A text is missing or not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The radius makes no fence.
    #[error(transparent)]
    Fence(#[from] GeofenceError),
    /// Signed on day 20 or later, and the first month is not chosen.
    #[error("the first month is not chosen")]
    FirstMonthRequired,
    /// The choice of the first month never changes.
    #[error("the first month never changes")]
    FirstMonthImmutable,
    /// The contract was terminated or cancelled.
    #[error("the contract is ended")]
    ContractEnded,
    /// nothing of a terminated project changes.
    #[error("the project is terminated")]
    ProjectTerminated,
}

impl EntryError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Fence(error) => error.code(),
            Self::FirstMonthRequired => Code::FirstMonthRequired,
            Self::FirstMonthImmutable => Code::FirstMonthImmutable,
            Self::ContractEnded => Code::ContractEnded,
            Self::ProjectTerminated => Code::ProjectTerminated,
        }
    }
}

/// The entry with its texts fit to keep.
fn cleaned(entry: &Entry, wrong: &mut Vec<At<EntryError>>) -> Entry {
    let mut text = |field, typed: &str, limit| At::take(wrong, field, text::name(typed, limit)).unwrap_or_default();
    let kept = Entry {
        name: text("name", &entry.name, PROJECT_TEXT_LENGTH_MAX),
        city: text("city", &entry.city, PROJECT_TEXT_LENGTH_MAX),
        address: text("address", &entry.address, PROJECT_TEXT_LENGTH_MAX),
        key_unit: entry.key_unit.as_ref().map(|unit| match unit {
            KeyUnit::NoMatch => KeyUnit::NoMatch,
            KeyUnit::Listed(name) => KeyUnit::Listed(text("key_unit", name, NAME_MAX)),
        }),
        ..entry.clone()
    };
    if let Some(location) = entry.location {
        At::take(wrong, "fence_radius_m", Geofence::new(location, entry.fence_radius_m));
    }
    kept
}

/// a new project of a contract, without buildings and systems yet, and everything that is wrong with
/// it, each at its field. A project with which something is wrong is not kept; it serves to check what belongs to it.
pub fn entered(id: ProjectId, contract: &Contract, entry: &Entry) -> (Project, Vec<At<EntryError>>) {
    let mut wrong = Vec::new();
    let entry = cleaned(entry, &mut wrong);
    if contract.end.is_some() {
        wrong.push(At { field: "contract", error: EntryError::ContractEnded });
    }
    let chosen = needs_first_month_choice(contract.sign_date, entry.first_month);
    At::take(&mut wrong, "first_month", chosen.map_err(|_| EntryError::FirstMonthRequired));
    let project = Project {
        id,
        organisation: contract.organisation,
        contract: contract.id,
        kind: contract.kind,
        special_site: entry.special_site,
        owner: contract.owner,
        name: marked(&entry.name, entry.training),
        city: entry.city,
        address: entry.address,
        lead: entry.lead,
        location: entry.location,
        fence_radius_m: entry.fence_radius_m,
        further_fences: Vec::new(),
        buildings: Vec::new(),
        facilities: Vec::new(),
        jurisdiction: entry.jurisdiction,
        key_unit: entry.key_unit,
        sign_date: contract.sign_date,
        end_date: contract.end_date,
        first_month: entry.first_month,
        termination: None,
        design_values: Vec::new(),
        training: entry.training,
        witness_since: None,
    };
    (project, wrong)
}

/// the project as entered anew. Lead, days, the kind of site and what it is for stay; each has its own way to change, or
/// none.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn changed(project: &Project, entry: &Entry) -> Result<Project, Vec<At<EntryError>>> {
    let mut wrong = Vec::new();
    if project.termination.is_some() {
        wrong.push(At { field: "project", error: EntryError::ProjectTerminated });
    }
    let entry = cleaned(entry, &mut wrong);
    if entry.first_month.is_some() && entry.first_month != project.first_month {
        wrong.push(At { field: "first_month", error: EntryError::FirstMonthImmutable });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let Entry { name, city, address, location, fence_radius_m, jurisdiction, key_unit, .. } = entry;
    let name = marked(&name, project.training);
    Ok(Project { name, city, address, location, fence_radius_m, jurisdiction, key_unit, ..project.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{contract::tests::contract, personnel::tests::day, project::fixture::project};
    use uuid::Uuid;

    fn entry() -> Entry {
        Entry {
            name: " 中仪大厦 ".into(), city: "西宁市".into(), address: "长江路10号".into(), ..Entry::default()
        }
    }

    /// kind, owner and days are the contract's; everything that is wrong is told at once.
    #[test]
    fn r_065_r_070_a_project_follows_from_its_contract_and_needs_its_first_month() {
        let id = ProjectId(Uuid::from_u128(5));
        let contract = Contract { sign_date: day("2020-01-19"), ..contract() };
        let (made, wrong) = entered(id, &contract, &entry());
        assert_eq!(wrong, []);
        assert_eq!((made.name.as_str(), made.owner, made.kind), ("中仪大厦", contract.owner, contract.kind));
        assert_eq!((made.sign_date, made.end_date), (contract.sign_date, contract.end_date));
        let late = Contract { sign_date: day("2020-01-20"), ..contract };
        let (_, wrong) = entered(id, &late, &Entry { name: String::new(), ..entry() });
        let wrong: Vec<_> = wrong.iter().map(|at| (at.field, at.error)).collect();
        let all = [("name", EntryError::Text(TextError::Empty)), ("first_month", EntryError::FirstMonthRequired)];
        assert_eq!(wrong, all);
    }

    /// the first month never changes, and nothing of a terminated project does.
    #[test]
    fn r_070_the_first_month_never_changes() {
        let project = project();
        let chosen = Entry { first_month: Some(FirstMonth::NextMonth), ..entry() };
        let before = Project { first_month: Some(FirstMonth::SignMonth), ..project };
        let wrong = changed(&before, &chosen).unwrap_err();
        assert_eq!(wrong[0].error, EntryError::FirstMonthImmutable);
        let same = Entry { first_month: before.first_month, ..entry() };
        assert_eq!(changed(&before, &same).map(|after| after.name), Ok("中仪大厦".to_owned()));
    }
}
