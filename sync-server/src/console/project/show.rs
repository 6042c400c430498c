//! One project: its plans and tasks first, then what it is.

use crate::{
    console::{
        frame::Frame,
        page, parked,
        part::{Alert, Chip, Hidden, When},
        refused::Refusal,
        visitor::Visitor,
        when::{date, month, when},
        words,
    },
    query::{
        self,
        access::to_project,
        member,
        parked::ParkedRow,
        plan::PlanRow,
        project::ProjectRow,
        task::{Filter, TaskRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    building::{Building, BuildingWarning, total_area_m2, warnings},
    catalogue::Catalogue,
    geofence::Datum,
    id::{AccountId, PlanId, ProjectId, TaskId},
    plan::PlanStatus,
    project::{Project, address_has_number, months_without_plan, ready_to_issue},
    suspension::{PauseRequest, Termination},
};
use firebee_protocol::{
    catalogue::{Pack, tongue},
    problem::Code,
    text::{Arg, Language, problem_text, say, say_with},
};
use std::collections::{BTreeSet, HashMap};

/// The most tasks of the page.
const TASKS_MAX: usize = 10;
/// The most parked facts of the page.
const PARKED_MAX: u32 = 20;

struct PlanLine {
    id: PlanId,
    name: String,
    executors: String,
    state: Chip,
    completed: u32,
    not_completed: u32,
    created: When,
}

struct TaskLine {
    id: TaskId,
    name: String,
    executor: String,
    state: Chip,
    when: When,
}

struct BuildingLine {
    name: String,
    measures: String,
    /// What to look at again.
    doubts: Vec<String>,
    remark: String,
}

struct SystemLine {
    name: String,
    facilities: String,
}

#[derive(Template)]
#[template(path = "project/show.html")]
pub(super) struct ProjectPage {
    f: Frame,
    id: ProjectId,
    state: Chip,
    kind: String,
    missing: String,
    ended: Option<String>,
    unplanned: Option<String>,
    may_plan: bool,
    plans: Vec<PlanLine>,
    tasks: Vec<TaskLine>,
    owner: String,
    address: String,
    /// a map search would find nothing.
    address_is_short: bool,
    lead: String,
    period: String,
    fence: String,
    area: String,
    buildings: Vec<BuildingLine>,
    systems: Vec<SystemLine>,
    parked: Vec<parked::Row>,
    may_terminate: bool,
    alert: Option<Alert>,
    reason: String,
    hidden: Hidden,
}

pub(super) struct Found {
    subject: Subject,
    row: ProjectRow,
    plans: Vec<PlanRow>,
    pauses: Vec<PauseRequest>,
    tasks: Vec<TaskRow>,
    names: HashMap<AccountId, String>,
    parked: Vec<ParkedRow>,
}

/// One project.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = read(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, found, String::new(), None)?)
}

/// What the page is made of.
pub(super) async fn read(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let found: Result<Option<Found>, StoreError> =
        app.store.read("read_project", async move |tx: &mut Tx| find(tx, &asking, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

async fn find(tx: &mut Tx, visitor: &Visitor, id: ProjectId) -> Result<Option<Found>, StoreError> {
    let actor = &visitor.member.actor;
    let actions = [Action::ReadProject, Action::ReadPlan];
    let Some(subject) = to_project(tx, actor, &actions, id).await? else { return Ok(None) };
    let Some(row) = query::project::project(tx, id).await? else { return Ok(None) };
    let filter = Filter { project: Some(id), ..Filter::default() };
    Ok(Some(Found {
        subject,
        row,
        plans: query::plan::of_project(tx, id).await?,
        pauses: query::plan::pauses(tx, id).await?,
        tasks: query::task::tasks(tx, actor, &filter).await?,
        names: member::names(tx, visitor.member.organisation).await?,
        parked: query::parked::parked(tx, actor, Some(id), None, PARKED_MAX).await?,
    }))
}

/// The page, with the reason that was typed and why it was refused.
pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: Found,
    reason: String,
    alert: Option<Alert>,
) -> Result<ProjectPage, Refusal> {
    let (language, project) = (visitor.language, &found.row.project);
    let missing = ready_to_issue(project).err().map(|lacks| words::missing(language, &lacks.missing));
    let missing =
        missing.map(|missing| problem_text(Code::ProjectIncomplete, &[("missing", Arg::from(missing))], language));
    Ok(ProjectPage {
        f: Frame::new(app, visitor, project.name.clone(), &super::PAGE),
        id: project.id,
        state: words::project(language, project.status(visitor.now.china_day())),
        kind: words::contract(language, project.kind),
        missing: missing.unwrap_or_default(),
        ended: project.termination.as_ref().map(|end| ended(visitor, end, &found.names)),
        unplanned: unplanned(visitor, &found),
        may_plan: visitor.may(Action::CreatePlan, &found.subject) && project.termination.is_none(),
        plans: found.plans.iter().map(|plan| plan_line(visitor, plan, &found.names)).collect(),
        tasks: found.tasks.iter().take(TASKS_MAX).map(|task| task_line(visitor, task)).collect(),
        owner: found.row.owner_name.clone(),
        address: project.address.clone(),
        address_is_short: !address_has_number(&project.address),
        lead: found.row.lead_name.clone(),
        period: say_with(
            language,
            T::ProjectPeriodValue,
            &[
                ("from", Arg::from(date(language, project.sign_date))),
                ("to", Arg::from(date(language, project.end_date))),
            ],
        ),
        fence: fence(language, project),
        area: say_with(language, T::ProjectArea, &[("area", Arg::from(total_area_m2(&project.buildings).to_string()))]),
        buildings: project.buildings.iter().map(|building| building_line(language, building)).collect(),
        systems: systems(language, project, &Pack::embedded().catalogue),
        may_terminate: visitor.may(Action::TerminateProject, &found.subject) && project.termination.is_none(),
        parked: parked::rows(visitor, found.parked),
        alert,
        reason,
        hidden: Hidden { csrf: visitor.csrf.clone(), request: Visitor::request()? },
    })
}

/// who ended the project, when and why.
fn ended(visitor: &Visitor, end: &Termination, names: &HashMap<AccountId, String>) -> String {
    let values = [
        ("date", Arg::from(date(visitor.language, end.at.china_day()))),
        ("name", Arg::from(names.get(&end.by).cloned().unwrap_or_default())),
        ("reason", Arg::from(&end.reason)),
    ];
    say_with(visitor.language, T::ProjectEnded, &values)
}

/// the due months of which no plan is issued.
fn unplanned(visitor: &Visitor, found: &Found) -> Option<String> {
    let issued = found.plans.iter().filter(|row| row.progress().status != PlanStatus::NotIssued);
    let issued: Vec<_> = issued.map(|row| row.plan.slot()).collect();
    let months = months_without_plan(&found.row.project, &found.pauses, &issued, visitor.now.china_day());
    let names = words::join(visitor.language, months.iter().map(|held| month(visitor.language, *held)));
    (!names.is_empty()).then(|| say_with(visitor.language, T::ProjectUnplanned, &[("months", Arg::from(names))]))
}

fn plan_line(visitor: &Visitor, row: &PlanRow, names: &HashMap<AccountId, String>) -> PlanLine {
    let progress = row.progress();
    let executors = row.plan.items.iter().filter_map(|item| item.executor);
    // By name, each once: the order of account ids would tell a reader nothing.
    let executors: BTreeSet<String> = executors.filter_map(|account| names.get(&account).cloned()).collect();
    PlanLine {
        id: row.plan.id,
        name: row.name.clone(),
        executors: words::join(visitor.language, executors),
        state: words::plan(visitor.language, progress.status),
        completed: progress.completed,
        not_completed: progress.not_completed,
        created: when(visitor.language, visitor.now, row.plan.created),
    }
}

fn task_line(visitor: &Visitor, row: &TaskRow) -> TaskLine {
    TaskLine {
        id: row.id,
        name: row.name.clone(),
        executor: row.executor_name.clone(),
        state: words::task(visitor.language, row.state),
        when: when(visitor.language, visitor.now, row.submitted.unwrap_or(row.started)),
    }
}

fn fence(language: Language, project: &Project) -> String {
    let Some(fence) = project.fence() else { return say(language, T::ProjectFenceNone) };
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
    say_with(language, T::ProjectFenceValue, &values)
}

fn building_line(language: Language, building: &Building) -> BuildingLine {
    let values = [
        ("area", Arg::from(building.area_m2.to_string())),
        ("above", Arg::from(u32::from(building.floors_above))),
        ("below", Arg::from(u32::from(building.floors_below))),
        ("height", Arg::from(building.height_m.to_string())),
    ];
    BuildingLine {
        name: building.name.clone(),
        measures: say_with(language, T::ProjectBuildingValue, &values),
        doubts: warnings(building).into_iter().map(|warning| doubt(language, warning)).collect(),
        remark: building.remark.clone(),
    }
}

///
fn doubt(language: Language, warning: BuildingWarning) -> String {
    match warning {
        BuildingWarning::AreaDiffers => say(language, T::ProjectAreaDiffers),
    }
}

fn systems(language: Language, project: &Project, catalogue: &Catalogue) -> Vec<SystemLine> {
    let tongue = tongue(language);
    let named = |system: &firebee_domain::catalogue::System| {
        let facilities = system.categories.iter().flat_map(|category| &category.facilities);
        let ticked = facilities.filter(|facility| project.facilities.contains(&facility.code));
        let names = ticked.map(|facility| tongue.of(&facility.name, &facility.name_en).to_owned());
        let facilities = words::join(language, names);
        (!facilities.is_empty())
            .then(|| SystemLine { name: tongue.of(&system.name, &system.name_en).to_owned(), facilities })
    };
    catalogue.systems.iter().filter_map(named).collect()
}
