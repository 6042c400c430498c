//! A plan: what can be issued, what is, what is left out, and its deletion.

use super::change::{Form, Typed};
use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Hidden},
        portal, project,
        refused::Refusal,
        visitor::Visitor,
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
    view::plan::{ExecutorLine, OpenFacility, PlanSources, PlanView, Step, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    id::{AccountId, PlanId, ReportId},
    plan::POSITION_LENGTH_MAX,
    time::Punctuality,
};
use std::{collections::HashMap, sync::Arc};

/// The page.
#[derive(Template)]
#[template(path = "plan/show.html")]
pub(super) struct PlanPage {
    f: Frame,
    v: PlanView,
    alert: Option<Alert>,
    /// Whether the visitor can generate its report.
    may_report: bool,
    /// What was chosen and typed into a form that was refused.
    typed: Typed,
    /// Who usually executes in the project.
    usual: Option<AccountId>,
    hidden: Hidden,
    hidden_issued: Hidden,
    hidden_restore: Hidden,
    hidden_all: Hidden,
    hidden_restore_all: Hidden,
    hidden_delete: Hidden,
}

impl PlanPage {
    /// Whether this executor was chosen, or is the usual one.
    fn is_chosen(&self, executor: &ExecutorLine) -> bool {
        self.typed.executor.or(self.usual) == Some(executor.account)
    }

    /// Whether the items of a facility are unfolded: the visitor chose some of them, and not the whole facility.
    fn is_open(&self, facility: &OpenFacility) -> bool {
        let chosen = |item: &_| self.typed.items.contains(item);
        !self.typed.facilities.contains(&facility.code) && facility.items.iter().any(|item| chosen(&item.id))
    }
}

/// The data of the page.
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) row: PlanRow,
    report: Option<ReportId>,
    site: ProjectRow,
    usual: Option<AccountId>,
    catalogue: Arc<Catalogue>,
    executors: Vec<Executor>,
    names: HashMap<AccountId, String>,
    outside: i64,
    in_time: HashMap<Punctuality, i64>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if portal::is_for(&visitor) {
        return portal::plan(&app, &visitor, &id).await;
    }
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
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_plan(tx, org, actor, &[Action::ReadPlan], id).await? else { return Ok(None) };
    let Some(row) = query::plan::plan(tx, org, id).await? else { return Ok(None) };
    let Some(site) = query::project::project(tx, org, row.plan.project).await? else { return Ok(None) };
    let of = query::task::Filter { plan: Some(id), ..Default::default() };
    Ok(Some(Found {
        catalogue: query::catalogue::pack(tx, row.plan.catalogue).await?,
        executors: member::executors(tx, org, actor).await?,
        usual: query::project::particulars(tx, org, row.plan.project).await?.usual_executor,
        names: member::names(tx, org).await?,
        outside: query::task::outside_plan(tx, org, row.plan.project, (row.plan.first_day(), row.plan.deadline()))
            .await?,
        in_time: query::task::counts(tx, org, actor, &of).await?.in_time,
        report: query::report::of_plan(tx, org, id).await?,
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
    let sources = PlanSources {
        subject: &found.subject,
        row: &found.row,
        report: found.report,
        site: &found.site,
        catalogue: &found.catalogue,
        executors: &found.executors,
        names: &found.names,
        outside: found.outside,
        in_time: &found.in_time,
    };
    let v = view(visitor.reader(), &sources);
    Ok(PlanPage {
        f: Frame::new(app, visitor, v.name.clone(), &project::PAGE),
        v,
        alert,
        may_report: found.report.is_none() && visitor.may(Action::GenerateReport, &found.subject),
        typed: typed.clone(),
        usual: found.usual,
        hidden: visitor.hidden()?,
        hidden_issued: visitor.hidden()?,
        hidden_restore: visitor.hidden()?,
        hidden_all: visitor.hidden()?,
        hidden_restore_all: visitor.hidden()?,
        hidden_delete: visitor.hidden()?,
    })
}
