//! A project: its plans and tasks, its state, and what it is.

use super::{
    Reader, parked,
    task::{self, TaskLine},
};
use crate::{
    query::{parked::ParkedRow, plan::PlanRow, project::ProjectRow, task::TaskRow},
    text::Text as T,
};
use chrono::Datelike as _;
use firebee_domain::{
    account::{Action, Relation, Subject},
    building::{Building, BuildingWarning, WaterStorage, WaterStorageKind, total_area_m2, warnings},
    catalogue::{Catalogue, Facility, System},
    code::Code,
    geofence::{Datum, Geofence},
    id::{AccountId, BuildingId, PlanId, ProjectId},
    plan::{PlanSlot, PlanStatus},
    project::{Missing, Project, address_has_number, months_without_plan, ready_to_issue},
    suspension::{PauseRequest, Termination},
};
use firebee_protocol::{
    text::tongue,
    text::{
        Arg, Chip, Language, Text as Shared, When, problem_text, say,
        when::{date, month},
        word,
    },
};
use std::collections::{BTreeSet, HashMap};

/// A project in a list.
pub struct ProjectLine {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its owner's name.
    pub owner: String,
    /// Its lead's name.
    pub lead: String,
    /// Its state.
    pub state: Chip,
    /// Its city.
    pub city: String,
    /// The day of signing.
    pub signed: String,
    /// The last day.
    pub ends: String,
    /// What can be done with it.
    pub ways: Vec<(Way, String)>,
}

/// What a row of the list offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Another name, lead, address and so on.
    Change,
    /// A pause of a month.
    Pause,
    /// Its end.
    Terminate,
}

/// what a row offers to this reader. Nothing is offered that the page behind it would refuse.
fn ways(reader: Reader<'_>, row: &ProjectRow) -> Vec<(Way, String)> {
    let relations = if row.lead == reader.actor.account { &[Relation::Lead][..] } else { &[] };
    let subject = Subject::of(row.project.organisation, relations);
    let runs = row.project.termination.is_none();
    let offered = [
        (Way::Change, true, Action::EditProject, T::ProjectWayChange),
        (Way::Pause, runs && !row.project.practice().one_plan_only, Action::RequestPause, T::ProjectWayPause),
        (Way::Terminate, runs, Action::TerminateProject, T::ProjectWayTerminate),
    ];
    let is = |(_, offered, action, _): &(Way, bool, Action, T)| *offered && reader.may(*action, &subject);
    offered.into_iter().filter(is).map(|(way, _, _, text)| (way, reader.t(text))).collect()
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &ProjectRow) -> ProjectLine {
    ProjectLine {
        id: row.project.id,
        name: row.project.name.clone(),
        owner: row.owner_name.clone(),
        lead: row.lead_name.clone(),
        state: Chip::project(reader.language, row.project.status(reader.now.china_day())),
        city: row.project.city.clone(),
        signed: row.project.sign_date.to_string(),
        ends: row.project.end_date.to_string(),
        ways: ways(reader, row),
    }
}

/// A plan of a project.
pub struct PlanLine {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Who executes it, by name.
    pub executors: String,
    /// Its state.
    pub state: Chip,
    /// Its completed items.
    pub completed: u32,
    /// Its issued items that are not completed.
    pub not_completed: u32,
    /// When it was made.
    pub created: When,
}

/// A building of a project.
pub struct BuildingLine {
    /// Its id.
    pub id: BuildingId,
    /// Its name.
    pub name: String,
    /// Its area in square metres, its floors, its height in metres.
    pub measures: String,
    /// What to look at again.
    pub doubts: Vec<String>,
    /// Its water storages; empty without a water supply.
    pub water: String,
    /// What else was said of it; may be empty.
    pub remark: String,
}

/// The fence of a further building.
pub struct FenceLine {
    /// What it is called.
    pub name: String,
    /// Its radius and its centre.
    pub place: String,
}

/// A fire protection system of a project.
pub struct SystemLine {
    /// Its name.
    pub name: String,
    /// Its ticked facilities.
    pub facilities: Vec<FacilityLine>,
}

/// A ticked facility of a project.
pub struct FacilityLine {
    /// The catalogue's code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What a project's view is made of.
pub struct ProjectSources<'a> {
    /// How the reader stands to the project.
    pub subject: &'a Subject,
    /// The project.
    pub row: &'a ProjectRow,
    /// Its plans.
    pub plans: &'a [PlanRow],
    /// Its pause requests.
    pub pauses: &'a [PauseRequest],
    /// Its tasks, the latest first.
    pub tasks: &'a [TaskRow],
    /// The names of the people of its organisation.
    pub names: &'a HashMap<AccountId, String>,
    /// Its facts that do not count.
    pub parked: &'a [ParkedRow],
    /// The pack of tests that names systems and facilities.
    pub catalogue: &'a Catalogue,
}

/// A project.
pub struct ProjectView {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// This year, whose plans the page leads to.
    pub year: i32,
    /// Its state.
    pub state: Chip,
    /// The kind of its contract.
    pub kind: String,
    /// What it lacks before a plan can be issued; empty when it lacks nothing.
    pub missing: String,
    /// Each of these in words, with the end of the address where a manager enters it; the key-unit mark, which blocks
    /// nothing, beside them.
    pub lacks: Vec<(String, &'static str)>,
    /// Its end before its time: who ended it, when and why.
    pub ended: Option<String>,
    /// The due months of which no plan is issued, if any.
    pub unplanned: Option<String>,
    /// Whether the reader may make a plan.
    pub may_plan: bool,
    /// Whether the reader may end it.
    pub may_terminate: bool,
    /// Its plans.
    pub plans: Vec<PlanLine>,
    /// Its tasks, the latest first.
    pub tasks: Vec<TaskLine>,
    /// Its owner's name.
    pub owner: String,
    /// Where it is.
    pub address: String,
    /// What to look at again in the address, if anything.
    pub address_doubt: Option<String>,
    /// Its lead's name.
    pub lead: String,
    /// From when to when it is served.
    pub period: String,
    /// Its fence.
    pub fence: String,
    /// The fences of further buildings.
    pub further_fences: Vec<FenceLine>,
    /// Whether its tasks need the signature of the owner's witness, in words.
    pub witness: String,
    /// Whether they do.
    pub witness_asked: bool,
    /// Whether the reader may change that.
    pub may_edit: bool,
    /// The area of all its buildings.
    pub area: String,
    /// Its buildings.
    pub buildings: Vec<BuildingLine>,
    /// Its systems with the facilities that are ticked.
    pub systems: Vec<SystemLine>,
    /// What was received and does not count.
    pub parked: Vec<parked::ParkedLine>,
}

/// The view of a project.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &ProjectSources<'_>) -> ProjectView {
    let (language, project) = (reader.language, &sources.row.project);
    let lacking = ready_to_issue(project).err().map(|lacks| lacks.missing).unwrap_or_default();
    let missing = (!lacking.is_empty()).then(|| missing_words(language, &lacking));
    let missing =
        missing.map(|missing| problem_text(Code::ProjectIncomplete, &[("missing", Arg::from(missing))], language));
    let period =
        [("from", Arg::from(date(language, project.sign_date))), ("to", Arg::from(date(language, project.end_date)))];
    ProjectView {
        id: project.id,
        name: project.name.clone(),
        year: reader.now.china_day().year(),
        state: Chip::project(language, project.status(reader.now.china_day())),
        kind: word::contract(language, project.kind),
        missing: missing.unwrap_or_default(),
        lacks: lacks(reader, project, &lacking),
        ended: project.termination.as_ref().map(|end| ended(reader, end, sources.names)),
        unplanned: unplanned(reader, sources),
        may_terminate: reader.may(Action::TerminateProject, sources.subject) && project.termination.is_none(),
        may_plan: reader.may(Action::CreatePlan, sources.subject) && project.termination.is_none(),
        plans: sources.plans.iter().map(|plan| plan_line(reader, plan, sources.names)).collect(),
        tasks: sources.tasks.iter().map(|row| task::line(reader, row)).collect(),
        owner: sources.row.owner_name.clone(),
        address: project.address.clone(),
        address_doubt: (!address_has_number(&project.address)).then(|| reader.t(T::ProjectAddressShort)),
        lead: sources.row.lead_name.clone(),
        period: reader.say(T::ProjectPeriodValue, &period),
        fence: fence(reader, project),
        further_fences: project
            .further_fences
            .iter()
            .map(|held| FenceLine { name: held.name.clone(), place: placed(reader, &held.fence) })
            .collect(),
        witness: witness(reader, project),
        witness_asked: project.witness_since.is_some(),
        may_edit: reader.may(Action::EditProject, sources.subject) && project.termination.is_none(),
        area: reader.say(T::ProjectArea, &[("area", Arg::from(total_area_m2(&project.buildings).to_string()))]),
        buildings: project.buildings.iter().map(|building| building_line(reader, building)).collect(),
        systems: systems(reader.language, project, sources.catalogue),
        parked: parked::lines(reader, sources.parked),
    }
}

/// where a manager enters what a project lacks.
fn lacks(reader: Reader<'_>, project: &Project, missing: &[Missing]) -> Vec<(String, &'static str)> {
    let place = |missing: &Missing| {
        let path = match missing {
            Missing::Buildings => "buildings/new",
            Missing::Systems => "systems",
            // A project has a lead from its beginning.
            Missing::Jurisdiction | Missing::Location | Missing::Lead => "edit",
        };
        (missing_words(reader.language, &[*missing]), path)
    };
    let open = project.key_unit.is_none().then(|| (reader.t(T::ProjectKeyUnit), "edit"));
    missing.iter().map(place).chain(open).collect()
}

/// What a project still lacks, in words.
#[must_use]
pub fn missing_words(language: Language, missing: &[Missing]) -> String {
    let word = |missing: &Missing| {
        let text = match missing {
            Missing::Buildings => Shared::WordMissingBuildings,
            Missing::Systems => Shared::WordMissingSystems,
            Missing::Jurisdiction => Shared::WordMissingJurisdiction,
            Missing::Location => Shared::WordMissingLocation,
            Missing::Lead => Shared::WordMissingLead,
        };
        say(language, text)
    };
    word::join(language, missing.iter().map(word))
}

pub(crate) fn plan_line(reader: Reader<'_>, row: &PlanRow, names: &HashMap<AccountId, String>) -> PlanLine {
    let progress = row.progress();
    let executors = row.plan.items.iter().filter_map(|item| item.executor);
    // By name, each once: the order of account ids would tell a reader nothing.
    let executors: BTreeSet<String> = executors.filter_map(|account| names.get(&account).cloned()).collect();
    PlanLine {
        id: row.plan.id,
        name: row.name.clone(),
        executors: word::join(reader.language, executors),
        state: Chip::plan(reader.language, progress.status),
        completed: progress.completed,
        not_completed: progress.not_completed,
        created: reader.when(row.plan.created),
    }
}

fn fence(reader: Reader<'_>, project: &Project) -> String {
    project.fence().map_or_else(|| reader.t(T::ProjectFenceNone), |fence| placed(reader, &fence))
}

fn placed(reader: Reader<'_>, fence: &Geofence) -> String {
    let center = fence.center();
    let degrees = |e6: i32| format!("{:.6}", f64::from(e6) / 1e6);
    let datum = match center.datum {
        Datum::Wgs84 => "WGS-84",
        Datum::Gcj02 => "GCJ-02",
        Datum::Bd09 => "BD-09",
    };
    let values = [
        ("radius", Arg::from(fence.radius_m())),
        ("lat", Arg::from(degrees(center.entered.lat_e6()))),
        ("lon", Arg::from(degrees(center.entered.lon_e6()))),
        ("datum", Arg::from(datum)),
    ];
    reader.say(T::ProjectFenceValue, &values)
}

/// since when the project asks for the witness.
fn witness(reader: Reader<'_>, project: &Project) -> String {
    let Some(since) = project.witness_since else { return reader.t(T::ProjectWitnessNot) };
    reader.say(T::ProjectWitnessSince, &[("day", Arg::from(date(reader.language, since.china_day())))])
}

fn building_line(reader: Reader<'_>, building: &Building) -> BuildingLine {
    let values = [
        ("area", Arg::from(building.area_m2.to_string())),
        ("above", Arg::from(u32::from(building.floors_above))),
        ("below", Arg::from(u32::from(building.floors_below))),
        ("height", Arg::from(building.height_m.to_string())),
    ];
    let storage = |held: &WaterStorage| {
        let kind = match held.kind {
            WaterStorageKind::Pool => T::ProjectStoragePool,
            WaterStorageKind::Tank => T::ProjectStorageTank,
        };
        let capacity = held.capacity_m3.to_string();
        let values = [
            ("kind", Arg::from(reader.t(kind))),
            ("place", Arg::from(&held.position)),
            ("capacity", Arg::from(capacity)),
        ];
        reader.say(T::ProjectStorageValue, &values)
    };
    BuildingLine {
        id: building.id,
        water: word::join(reader.language, building.water_storage.iter().map(storage)),
        name: building.name.clone(),
        measures: reader.say(T::ProjectBuildingValue, &values),
        doubts: warnings(building).into_iter().map(|warning| doubt(reader, warning)).collect(),
        remark: building.remark.clone(),
    }
}

/// what to look at again in a building, in words.
fn doubt(reader: Reader<'_>, warning: BuildingWarning) -> String {
    match warning {
        BuildingWarning::AreaDiffers => reader.t(T::ProjectAreaDiffers),
    }
}

/// who ended the project, when and why.
fn ended(reader: Reader<'_>, end: &Termination, names: &HashMap<AccountId, String>) -> String {
    let values = [
        ("date", Arg::from(date(reader.language, end.at.china_day()))),
        ("name", Arg::from(names.get(&end.by).cloned().unwrap_or_default())),
        ("reason", Arg::from(&end.reason)),
    ];
    reader.say(T::ProjectEnded, &values)
}

/// the due months of which no plan is issued.
fn unplanned(reader: Reader<'_>, sources: &ProjectSources<'_>) -> Option<String> {
    let issued = sources.plans.iter().filter(|row| row.progress().status != PlanStatus::NotIssued);
    let issued: Vec<PlanSlot> = issued.map(|row| row.plan.slot()).collect();
    let months = months_without_plan(&sources.row.project, sources.pauses, &issued, reader.now.china_day());
    let names = word::join(reader.language, months.iter().map(|held| month(reader.language, *held)));
    (!names.is_empty()).then(|| reader.say(T::ProjectUnplanned, &[("months", Arg::from(names))]))
}

fn systems(language: Language, project: &Project, catalogue: &Catalogue) -> Vec<SystemLine> {
    let tongue = tongue(language);
    let named = |system: &System| {
        let facilities = system.categories.iter().flat_map(|category| &category.facilities);
        let ticked = facilities.filter(|facility| project.facilities.contains(&facility.code));
        let line = |facility: &Facility| FacilityLine {
            code: facility.code.clone(),
            name: tongue.of(&facility.name, &facility.name_en).to_owned(),
        };
        let facilities: Vec<FacilityLine> = ticked.map(line).collect();
        (!facilities.is_empty())
            .then(|| SystemLine { name: tongue.of(&system.name, &system.name_en).to_owned(), facilities })
    };
    catalogue.systems.iter().filter_map(named).collect()
}

/// The facilities that a project has ticked, each by its code and its name, in the order of the catalogue.
#[must_use]
pub fn facilities(language: Language, project: &Project, catalogue: &Catalogue) -> Vec<(String, String)> {
    let systems = systems(language, project, catalogue);
    systems.into_iter().flat_map(|system| system.facilities).map(|held| (held.code, held.name)).collect()
}
