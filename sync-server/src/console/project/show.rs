//! One project: its plans and tasks first, then what it is, then its end.

use super::fence::TypedFence;
use crate::{
    console::{
        frame::Frame,
        log, notice, page,
        part::{Alert, Fact, Facts, Hidden},
        portal,
        refused::Refusal,
        tracking,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_project,
        member,
        page::latest,
        parked::{Of, ParkedRow},
        plan::PlanRow,
        project::ProjectRow,
        task::{Filter, TaskRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::{FenceLine, ProjectSources, ProjectView, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    id::{AccountId, ProjectId},
    project::{KeyUnit, PROJECT_TEXT_LENGTH_MAX, Particulars, REASON_LENGTH_MAX},
    suspension::PauseRequest,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Chip, Shape, Tone},
};
use std::collections::HashMap;

/// The most tasks of the page.
const TASKS_MAX: usize = 10;
/// The most parked facts of the page.
const PARKED_MAX: u32 = 20;

/// The page.
#[derive(Template)]
#[template(path = "project/show.html")]
pub(super) struct ProjectPage {
    f: Frame,
    v: ProjectView,
    alert: Option<Alert>,
    /// What the office keeps besides.
    about: Facts,
    /// The reason that was typed into a form that was refused.
    reason: String,
    /// The form that takes each building away.
    buildings: Vec<Hidden>,
    hidden: Hidden,
    hidden_witness: Hidden,
    hidden_fence: Hidden,
    /// Each further fence by its name, with the form that takes it away.
    fences: Vec<(FenceLine, Hidden)>,
    /// What was typed into the form of a fence that was refused.
    fence: TypedFence,
    /// Whether the reader reads the work log.
    log: bool,
    /// What sets the project apart: a special site, training.
    marks: Vec<Chip>,
    /// Whether the reader records checks on site.
    may_check: bool,
    /// Whether the reader keeps the notice of the building.
    keeps_notice: bool,
    /// Whether the reader is of the firm.
    is_staff: bool,
    /// Whether the reader tracks faults after their report.
    tracks: bool,
}

/// The data of the page.
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) row: ProjectRow,
    pub(super) particulars: Particulars,
    plans: Vec<PlanRow>,
    pauses: Vec<PauseRequest>,
    tasks: Vec<TaskRow>,
    names: HashMap<AccountId, String>,
    parked: Vec<ParkedRow>,
    /// The name of its jurisdiction.
    unit: Option<String>,
}

/// One project.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if portal::is_for(&visitor) {
        return portal::project(&app, &visitor, &id).await;
    }
    let found = read(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, String::new(), None)?)
}

pub(super) async fn read(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let found: Result<Option<Found>, StoreError> =
        app.store.read("read_project", async move |tx: &mut Tx| find(tx, &asking, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

async fn find(tx: &mut Tx, visitor: &Visitor, id: ProjectId) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let actions = [Action::ReadProject, Action::ReadPlan];
    let Some(subject) = to_project(tx, org, actor, &actions, id).await? else { return Ok(None) };
    let Some(row) = query::project::project(tx, org, id).await? else { return Ok(None) };
    let unit = match row.project.jurisdiction {
        Some(unit) => query::project::unit(tx, unit).await?,
        None => None,
    };
    let filter = Filter { project: Some(id), wanted: latest(TASKS_MAX as u32 + 1), ..Filter::default() };
    let of = Of { project: Some(id), task: None };
    Ok(Some(Found {
        subject,
        row,
        particulars: query::project::particulars(tx, org, id).await?,
        unit,
        plans: query::plan::of_project(tx, org, id).await?,
        pauses: query::plan::pauses(tx, org, id).await?,
        tasks: query::task::tasks(tx, org, actor, &filter).await?.rows,
        names: member::names(tx, org).await?,
        parked: query::parked::parked(tx, org, actor, of, &latest(PARKED_MAX)).await?.rows,
    }))
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    reason: String,
    alert: Option<Alert>,
) -> Result<ProjectPage, Refusal> {
    made_with(app, visitor, found, (reason, TypedFence::default()), alert)
}

/// The page with what was typed into a form that was refused.
pub(super) fn made_with(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    (reason, fence): (String, TypedFence),
    alert: Option<Alert>,
) -> Result<ProjectPage, Refusal> {
    let sources = ProjectSources {
        subject: &found.subject,
        row: &found.row,
        plans: &found.plans,
        pauses: &found.pauses,
        tasks: found.tasks.get(..TASKS_MAX).unwrap_or(&found.tasks),
        names: &found.names,
        parked: &found.parked,
        catalogue: &Pack::embedded().catalogue,
    };
    let mut v = view(visitor.reader(), &sources);
    let fences = std::mem::take(&mut v.further_fences).into_iter();
    let fences = fences.map(|line| Ok((line, visitor.hidden()?))).collect::<Result<_, Refusal>>()?;
    let f = Frame::new(app, visitor, v.name.clone(), &super::PAGE);
    let buildings = v.buildings.iter().map(|_| visitor.hidden()).collect::<Result<_, _>>()?;
    Ok(ProjectPage {
        about: about(visitor, found),
        buildings,
        f,
        v,
        alert,
        reason,
        hidden: visitor.hidden()?,
        hidden_witness: visitor.hidden()?,
        hidden_fence: visitor.hidden()?,
        fences,
        fence,
        log: log::is_for(visitor),
        marks: marks(visitor, found),
        may_check: visitor.may(Action::RecordCheck, &found.subject),
        keeps_notice: notice::keeps(visitor, &found.subject),
        is_staff: visitor.member.actor.role.is_staff(),
        tracks: tracking::tracks(visitor),
    })
}

/// What sets a project apart.
fn marks(visitor: &Visitor, found: &Found) -> Vec<Chip> {
    let (reader, project) = (visitor.reader(), &found.row.project);
    let special = Chip { tone: Tone::Waiting, shape: Shape::Barred, word: reader.t(T::PetitionSpecial) };
    let training = Chip { tone: Tone::Late, shape: Shape::Pencil, word: reader.t(T::ProjectTrainingMark) };
    [(project.special_site, special), (project.training, training)]
        .into_iter()
        .filter_map(|(is, chip)| is.then_some(chip))
        .collect()
}

/// What the office keeps of a project besides.
fn about(visitor: &Visitor, found: &Found) -> Facts {
    let (reader, project, held) = (visitor.reader(), &found.row.project, &found.particulars);
    let of_firm = visitor.may(Action::ReadContract, &found.subject);
    let key = match &project.key_unit {
        None => reader.t(T::ProjectKeyOpen),
        Some(KeyUnit::NoMatch) => reader.t(T::ProjectKeyNone),
        Some(KeyUnit::Listed(name)) => name.clone(),
    };
    let public = [
        Fact::data(reader.t(T::ProjectJurisdiction), found.unit.clone().unwrap_or_default()),
        Fact::words(reader.t(T::ProjectKeyUnit), key),
    ];
    let code = held.credit_code.as_ref().map(ToString::to_string).unwrap_or_default();
    let price = held.price_yuan.map(|price| price.to_string()).unwrap_or_default();
    let usual = held.usual_executor.and_then(|usual| found.names.get(&usual).cloned()).unwrap_or_default();
    // An operator tests; prices and people of the owner are the office's.
    let own = of_firm.then(|| {
        [
            Fact::words(reader.t(T::ProjectCreditCode), code),
            Fact::data(reader.t(T::ProjectResponsible), &held.responsible_person),
            Fact::data(reader.t(T::ProjectManager), &held.safety_manager),
            Fact::data(reader.t(T::ProjectControlRoom), &held.control_room_phone),
            Fact::data(reader.t(T::ProjectUnitType), &held.unit_type),
            Fact::data(reader.t(T::ProjectTrade), &held.trade),
            Fact::words(reader.t(T::ProjectPrice), price),
            Fact::data(reader.t(T::ProjectInitials), &held.initials),
            Fact::data(reader.t(T::ProjectUsualExecutor), usual),
        ]
    });
    public.into_iter().chain(own.into_iter().flatten()).collect()
}
