//! Changes of a project: its buildings, its ticked facilities, its end. Plans made before keep what they were made
//! with: they own copies.

use super::Project;
use crate::{
    building::{self, Building, BuildingError},
    catalogue::Catalogue,
    code::Code,
    id::{AccountId, BuildingId},
    suspension::Termination,
    text::{self, TextError},
    time::Timestamp,
};

/// The most buildings of a project.
pub const BUILDINGS_MAX: usize = 500;
/// The most characters of a reason.
pub const REASON_LENGTH_MAX: u32 = 500;

/// Why a building is not added or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildingChangeError {
    /// The building itself is not fit.
    #[error(transparent)]
    Building(#[from] BuildingError),
    /// Another building of the project has this name.
    #[error("another building of the project has this name")]
    NameTaken,
    /// The project has as many buildings as it can.
    #[error("the project has too many buildings")]
    TooMany,
}

impl BuildingChangeError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Building(error) => error.code(),
            Self::NameTaken => Code::BuildingNameTaken,
            Self::TooMany => Code::TooManyBuildings,
        }
    }
}

/// adds one building, or replaces the one with its id. Returns the project with it.
pub fn put_building(project: &Project, building: &Building) -> Result<Project, BuildingChangeError> {
    let building = building::checked(building)?;
    let mut after = project.clone();
    if after.buildings.iter().any(|other| other.id != building.id && other.name == building.name) {
        return Err(BuildingChangeError::NameTaken);
    }
    let full = after.buildings.len() >= BUILDINGS_MAX;
    match after.buildings.iter_mut().find(|known| known.id == building.id) {
        Some(known) => *known = building,
        None if full => return Err(BuildingChangeError::TooMany),
        None => after.buildings.push(building),
    }
    Ok(after)
}

/// takes a building away. Plans and tasks that exist keep what they were made with. Returns the project
/// without it; `None` when it has no such building.
pub fn remove_building(project: &Project, building: BuildingId) -> Option<Project> {
    let mut after = project.clone();
    after.buildings.retain(|known| known.id != building);
    (after.buildings.len() < project.buildings.len()).then_some(after)
}

/// Whether nothing was added to a project since it was made: no building, facility, further fence or value of the design, no
/// witness asked for, and no end before its time.
pub fn is_bare(project: &Project) -> bool {
    let Project { buildings, facilities, further_fences, design_values, termination, .. } = project;
    buildings.is_empty()
        && facilities.is_empty()
        && further_fences.is_empty()
        && design_values.is_empty()
        && termination.is_none()
}

/// some facilities cannot be ticked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these facilities are not for a project of this kind")]
pub struct TickError {
    /// The codes that are unknown or belong to another kind of project.
    pub facilities: Vec<String>,
}

impl TickError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        Code::FacilityNotAllowed
    }
}

/// ticks exactly these facilities, each once. Only plans made afterwards see it. Returns the
/// project with them.
pub fn tick(project: &Project, catalogue: &Catalogue, facilities: &[String]) -> Result<Project, TickError> {
    let refused = catalogue.not_for(project.practice().usage, facilities);
    if !refused.is_empty() {
        return Err(TickError { facilities: refused.into_iter().map(str::to_owned).collect() });
    }
    let mut ticked: Vec<String> = Vec::with_capacity(facilities.len());
    for code in facilities {
        if !ticked.contains(code) {
            ticked.push(code.clone());
        }
    }
    Ok(Project { facilities: ticked, ..project.clone() })
}

/// Why a project is not terminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerminateError {
    /// It is already; that is final.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl TerminateError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::Reason(error) => error.code(),
        }
    }
}

/// terminates a project, for ever. Returns the project so ended.
pub fn terminate(project: &Project, reason: &str, by: AccountId, at: Timestamp) -> Result<Project, TerminateError> {
    if project.termination.is_some() {
        return Err(TerminateError::ProjectTerminated);
    }
    let reason = text::required(reason, REASON_LENGTH_MAX)?;
    Ok(Project { termination: Some(Termination { reason, by, at }), ..project.clone() })
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::{
        building::tests::building, catalogue::Usage, contract::ContractKind, id::BuildingId, plan::fixture::pack,
    };
    use uuid::Uuid;

    /// buildings come one by one; the same id replaces, another of the same name is refused.
    #[test]
    fn r_081_buildings_are_entered_one_by_one() {
        let second = Building { id: BuildingId(Uuid::from_u128(2)), name: "副楼".into(), ..building() };
        let two = put_building(&project(), &second).unwrap();
        assert_eq!(two.buildings, [building(), second.clone()]);
        let changed = Building { floors_above: 3, ..second.clone() };
        assert_eq!(put_building(&two, &changed).unwrap().buildings, [building(), changed]);
        let taken = Building { name: building().name, ..second.clone() };
        assert_eq!(put_building(&two, &taken), Err(BuildingChangeError::NameTaken));
        let unfit = Building { name: String::new(), ..second };
        assert_eq!(put_building(&two, &unfit).map_err(BuildingChangeError::code), Err(Code::TextRequired));
    }

    /// facilities stand on the project; a building has no list of its own, so all buildings share them.
    #[test]
    fn r_080_all_buildings_share_the_projects_facilities() {
        let json = serde_json::to_value(project()).unwrap();
        assert!(json["facilities"].is_array());
        let fields: Vec<_> = json["buildings"][0].as_object().unwrap().keys().cloned().collect();
        assert!(!fields.iter().any(|field| field.contains("facilit") || field.contains("system")), "{fields:?}");
    }

    /// several facilities, each once, only known ones.
    #[test]
    fn r_087_several_facilities_are_ticked_each_once() {
        let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let all: Vec<String> = pack()
            .systems_for(Usage::Maintenance)
            .flat_map(|system| &system.categories)
            .flat_map(|category| &category.facilities)
            .map(|facility| facility.code.clone())
            .take(3)
            .collect();
        let twice = [all.clone(), all.clone()].concat();
        assert_eq!(tick(&project(), pack(), &twice).unwrap().facilities, all);
        let unknown = tick(&project(), pack(), &codes(&["power-panel", "no-such"]));
        assert_eq!(unknown, Err(TickError { facilities: codes(&["no-such"]) }));
    }

    /// inspection, evaluation and special sites tick their own system only.
    #[test]
    fn r_090_r_091_r_092_each_kind_ticks_its_own_systems_only() {
        let ticks = |kind, special_site, code: &str| {
            tick(&Project { kind, special_site, ..project() }, pack(), &[code.to_owned()]).is_ok()
        };
        let codes = ["power-panel", "si-record", "sev-items", "sl-items"];
        use ContractKind as K;
        assert_eq!(codes.map(|code| ticks(K::Maintenance, false, code)), [true, false, false, false]);
        for kind in [K::CompletionInspection, K::AnnualInspection, K::SpecialInspection] {
            assert_eq!(codes.map(|code| ticks(kind, false, code)), [false, true, false, false], "{kind:?}");
        }
        assert_eq!(codes.map(|code| ticks(K::SafetyEvaluation, false, code)), [false, false, true, false]);
        assert_eq!(codes.map(|code| ticks(K::Maintenance, true, code)), [false, false, false, true]);
    }

    #[test]
    fn a_project_is_bare_until_something_is_added_to_it() {
        let bare = Project { buildings: Vec::new(), facilities: Vec::new(), design_values: Vec::new(), ..project() };
        assert!(is_bare(&bare) && !is_bare(&project()));
        let with = put_building(&bare, &building()).unwrap();
        assert!(!is_bare(&with));
        assert!(is_bare(&Project { witness_since: Some(Timestamp(5)), ..bare }), "the firm may ask for it by itself");
    }

    /// a reason is required, and a second termination is refused.
    #[test]
    fn r_330_r_331_termination_needs_a_reason_and_is_final() {
        let by = AccountId(Uuid::from_u128(1));
        let end = |project: &Project, reason| terminate(project, reason, by, Timestamp(5));
        assert_eq!(end(&project(), "  "), Err(TerminateError::Reason(TextError::Empty)));
        let ended = end(&project(), "合同解除").unwrap();
        assert_eq!(ended.termination, Some(Termination { reason: "合同解除".into(), by, at: Timestamp(5) }));
        assert_eq!(end(&ended, "再次"), Err(TerminateError::ProjectTerminated));
    }
}
