//! A plan: what can be issued, what is, what is left out.

use super::{
    change::{Form, Typed},
    cover::{Cover, cover},
    issued::{Issued, issued},
    item::{meant, names},
};
use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Chip, Choice, Hidden},
        project,
        refused::Refusal,
        visitor::Visitor,
        when, words,
    },
    query::{
        self,
        access::to_plan,
        member::{self, Executor},
        plan::PlanRow,
        project::ProjectRow,
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
    catalogue::Catalogue,
    id::{AccountId, PlanId, PlanItemId, ProjectId},
    plan::{POSITION_LENGTH_MAX, Plan, PlanItem, PlanItemState, check_delete, is_expired},
    project::ready_to_issue,
};
use firebee_protocol::{
    problem::Code,
    text::{Arg, problem_text, say_with},
};
use std::{borrow::Cow, collections::HashMap};

pub(super) struct System {
    code: String,
    name: String,
    facilities: Vec<Facility>,
}

pub(super) struct Facility {
    code: String,
    name: String,
    /// "all 12 items"
    all: String,
    /// "choose items"
    some: String,
    chosen: bool,
    open: bool,
    items: Vec<OpenItem>,
}

pub(super) struct OpenItem {
    id: PlanItemId,
    name: String,
    meant: String,
    chosen: bool,
}

struct Ignored {
    id: PlanItemId,
    name: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "plan/show.html")]
pub(super) struct PlanPage {
    f: Frame,
    id: PlanId,
    project_id: ProjectId,
    project: String,
    state: Chip,
    counts: String,
    deadline: String,
    alert: Option<Alert>,
    closed: Option<String>,
    may_issue: bool,
    may_ignore: bool,
    open: Vec<System>,
    executors: Vec<Choice>,
    lead: String,
    form: Form,
    reason: String,
    dates: Dates,
    cover: Cover,
    issued: Vec<Issued>,
    /// Something is issued that nobody has started.
    free: bool,
    ignored: Vec<Ignored>,
    may_delete: bool,
    /// Why the plan stays, said before somebody tries.
    stays: Option<String>,
    hidden: Hidden,
    hidden_issued: Hidden,
    hidden_restore: Hidden,
    hidden_delete: Hidden,
}

/// The fields that date items: the plan's days, and what was typed.
struct Dates {
    first: String,
    last: String,
    day: String,
    place: String,
    place_max: u32,
}

/// What the page is made of.
pub(super) struct Found {
    subject: Subject,
    pub(super) row: PlanRow,
    site: ProjectRow,
    pub(super) catalogue: Cow<'static, Catalogue>,
    executors: Vec<Executor>,
    pub(super) names: HashMap<AccountId, String>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, &Typed::default(), None)?)
}

pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: PlanId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let found: Result<Option<Found>, StoreError> =
        app.store.read("read_plan", async move |tx: &mut Tx| read(tx, &asking, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

async fn read(tx: &mut Tx, visitor: &Visitor, id: PlanId) -> Result<Option<Found>, StoreError> {
    let Some(subject) = to_plan(tx, &visitor.member.actor, &[Action::ReadPlan], id).await? else { return Ok(None) };
    let Some(row) = query::plan::plan(tx, id).await? else { return Ok(None) };
    let Some(site) = query::project::project(tx, row.plan.project).await? else { return Ok(None) };
    Ok(Some(Found {
        catalogue: query::catalogue::pack(tx, row.plan.catalogue).await?,
        executors: member::executors(tx, &visitor.member.actor).await?,
        names: member::names(tx, visitor.member.organisation).await?,
        subject,
        row,
        site,
    }))
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    alert: Option<Alert>,
) -> Result<PlanPage, Refusal> {
    let (language, plan) = (visitor.language, &found.row.plan);
    let frame = Frame::new(app, visitor, found.row.name.clone(), &project::PAGE);
    let (progress, today) = (found.row.progress(), visitor.now.china_day());
    let counts = [
        ("completed", Arg::from(progress.completed)),
        ("open", Arg::from(progress.not_completed)),
        ("left", Arg::from(progress.to_issue)),
    ];
    let last = when::date(language, plan.deadline());
    let left = when::days_left(language, today, plan.deadline());
    let deadline = [("date", Arg::from(last)), ("left", Arg::from(left))];
    let lead = [("name", Arg::from(&found.site.lead_name))];
    let hidden = || Ok::<_, Refusal>(Hidden { csrf: visitor.csrf.clone(), request: Visitor::request()? });
    Ok(PlanPage {
        id: plan.id,
        project_id: plan.project,
        project: found.site.project.name.clone(),
        state: words::plan(language, progress.status),
        counts: say_with(language, T::PlanCounts, &counts),
        deadline: say_with(language, T::PlanDeadline, &deadline),
        alert,
        closed: closed(visitor, found),
        may_issue: visitor.may(Action::IssuePlan, &found.subject),
        may_ignore: visitor.may(Action::IgnoreItem, &found.subject),
        open: open(&frame, found, typed),
        executors: found.executors.iter().map(|executor| choice(visitor, executor, typed)).collect(),
        lead: say_with(language, T::PlanLead, &lead),
        form: typed.form,
        reason: typed.reason.clone(),
        dates: dates(plan, typed),
        cover: cover(&frame, found),
        free: plan.items.iter().any(|item| item.state == PlanItemState::Issued),
        issued: issued(&frame, found, typed),
        ignored: ignored(&frame, found),
        may_delete: visitor.may(Action::DeletePlan, &found.subject),
        stays: check_delete(plan).err().map(|error| problem_text(error.code(), &[], language)),
        hidden: hidden()?,
        hidden_issued: hidden()?,
        hidden_restore: hidden()?,
        hidden_delete: hidden()?,
        f: frame,
    })
}

fn dates(plan: &Plan, typed: &Typed) -> Dates {
    Dates {
        first: plan.first_day().to_string(),
        last: plan.deadline().to_string(),
        day: typed.day.clone(),
        place: typed.place.clone(),
        place_max: POSITION_LENGTH_MAX,
    }
}

/// Why nothing can be issued, said before somebody chooses.
fn closed(visitor: &Visitor, found: &Found) -> Option<String> {
    let (language, project) = (visitor.language, &found.site.project);
    if let Err(lacks) = ready_to_issue(project) {
        let missing = words::missing(language, &lacks.missing);
        return Some(problem_text(lacks.code(), &[("missing", Arg::from(missing))], language));
    }
    let expired = is_expired(&found.row.plan, project, visitor.now.china_day());
    expired.then(|| problem_text(Code::PlanExpired, &[], language))
}

fn choice(visitor: &Visitor, executor: &Executor, typed: &Typed) -> Choice {
    Choice {
        value: executor.account.to_string(),
        word: format!("{} · {}", executor.name, words::role_word(visitor.language, executor.role)),
        chosen: typed.executor == Some(executor.account),
    }
}

/// What can be issued, by system and facility, in the order of the plan.
fn open(f: &Frame, found: &Found, typed: &Typed) -> Vec<System> {
    let mut systems: Vec<System> = Vec::new();
    let left = |item: &&PlanItem| item.state == PlanItemState::NotIssued && item.ignored.is_none();
    for item in found.row.plan.items.iter().filter(left) {
        let names = names(f, &found.catalogue, item);
        if systems.last().is_none_or(|system| system.code != item.system) {
            systems.push(System { code: item.system.clone(), name: names.system, facilities: Vec::new() });
        }
        let Some(system) = systems.last_mut() else { continue };
        if system.facilities.last().is_none_or(|facility| facility.code != item.facility) {
            system.facilities.push(Facility {
                code: item.facility.clone(),
                name: names.facility,
                all: String::new(),
                some: f.t(T::PlanSome),
                chosen: typed.facilities.contains(&item.facility),
                open: false,
                items: Vec::new(),
            });
        }
        let Some(facility) = system.facilities.last_mut() else { continue };
        let chosen = typed.items.contains(&item.id);
        facility.open |= chosen && !facility.chosen;
        let chosen = chosen || facility.chosen;
        facility.items.push(OpenItem { id: item.id, name: names.item, meant: meant(f, item), chosen });
        facility.all = f.n(T::PlanAll, facility.items.len());
    }
    systems
}

fn ignored(f: &Frame, found: &Found) -> Vec<Ignored> {
    let row = |item: &PlanItem| {
        let names = names(f, &found.catalogue, item);
        let reason = item.ignored.clone()?;
        Some(Ignored { id: item.id, name: format!("{} · {}", names.facility, names.item), reason })
    };
    found.row.plan.items.iter().filter_map(row).collect()
}
