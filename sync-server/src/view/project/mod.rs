//! A project: its plans and tasks, its state, and what it is.

use super::{
    Reader, parked,
    task::{self, TaskLine},
};
use crate::{
    query::{parked::ParkedRow, plan::PlanRow, project::ProjectRow, task::TaskRow},
    text::Text as T,
};
use firebee_domain::{
    account::{Action, Subject},
    building::Building,
    catalogue::{Catalogue, System},
    geofence::Datum,
    id::{AccountId, PlanId, ProjectId},
    project::{Missing, Project, ready_to_issue},
};
use firebee_protocol::{
    catalogue::tongue,
    problem::Code,
    text::{Arg, Chip, Language, Text as Shared, When, problem_text, say, when::date, word},
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
    /// Its name.
    pub name: String,
    /// Its area in square metres, its floors, its height in metres.
    pub measures: String,
    /// What else was said of it; may be empty.
    pub remark: String,
}

/// A fire protection system of a project.
pub struct SystemLine {
    /// Its name.
    pub name: String,
    /// The names of its ticked facilities.
    pub facilities: String,
}

/// What a project's view is made of.
pub struct ProjectSources<'a> {
    /// How the reader stands to the project.
    pub subject: &'a Subject,
    /// The project.
    pub row: &'a ProjectRow,
    /// Its plans.
    pub plans: &'a [PlanRow],
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
    /// Its state.
    pub state: Chip,
    /// The kind of its contract.
    pub kind: String,
    /// What it lacks before a plan can be issued; empty when it lacks nothing.
    pub missing: String,
    /// Whether the reader may make a plan.
    pub may_plan: bool,
    /// Its plans.
    pub plans: Vec<PlanLine>,
    /// Its tasks, the latest first.
    pub tasks: Vec<TaskLine>,
    /// Its owner's name.
    pub owner: String,
    /// Where it is.
    pub address: String,
    /// Its lead's name.
    pub lead: String,
    /// From when to when it is served.
    pub period: String,
    /// Its fence.
    pub fence: String,
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
    let missing = ready_to_issue(project).err().map(|lacks| missing_words(language, &lacks.missing));
    let missing =
        missing.map(|missing| problem_text(Code::ProjectIncomplete, &[("missing", Arg::from(missing))], language));
    let period =
        [("from", Arg::from(date(language, project.sign_date))), ("to", Arg::from(date(language, project.end_date)))];
    ProjectView {
        id: project.id,
        name: project.name.clone(),
        state: Chip::project(language, project.status(reader.now.china_day())),
        kind: word::contract(language, project.kind),
        missing: missing.unwrap_or_default(),
        may_plan: reader.may(Action::CreatePlan, sources.subject) && project.termination.is_none(),
        plans: sources.plans.iter().map(|plan| plan_line(reader, plan, sources.names)).collect(),
        tasks: sources.tasks.iter().map(|row| task::line(reader, row)).collect(),
        owner: sources.row.owner_name.clone(),
        address: project.address.clone(),
        lead: sources.row.lead_name.clone(),
        period: reader.say(T::ProjectPeriodValue, &period),
        fence: fence(reader, project),
        buildings: project.buildings.iter().map(|building| building_line(reader, building)).collect(),
        systems: systems(reader, project, sources.catalogue),
        parked: parked::lines(reader, sources.parked),
    }
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

fn plan_line(reader: Reader<'_>, row: &PlanRow, names: &HashMap<AccountId, String>) -> PlanLine {
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
    let Some(fence) = project.fence() else { return reader.t(T::ProjectFenceNone) };
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

fn building_line(reader: Reader<'_>, building: &Building) -> BuildingLine {
    let values = [
        ("area", Arg::from(building.area_m2.to_string())),
        ("above", Arg::from(u32::from(building.floors_above))),
        ("below", Arg::from(u32::from(building.floors_below))),
        ("height", Arg::from(building.height_m.to_string())),
    ];
    BuildingLine {
        name: building.name.clone(),
        measures: reader.say(T::ProjectBuildingValue, &values),
        remark: building.remark.clone(),
    }
}

fn systems(reader: Reader<'_>, project: &Project, catalogue: &Catalogue) -> Vec<SystemLine> {
    let tongue = tongue(reader.language);
    let named = |system: &System| {
        let facilities = system.categories.iter().flat_map(|category| &category.facilities);
        let ticked = facilities.filter(|facility| project.facilities.contains(&facility.code));
        let names = ticked.map(|facility| tongue.of(&facility.name, &facility.name_en).to_owned());
        let facilities = word::join(reader.language, names);
        (!facilities.is_empty())
            .then(|| SystemLine { name: tongue.of(&system.name, &system.name_en).to_owned(), facilities })
    };
    catalogue.systems.iter().filter_map(named).collect()
}
