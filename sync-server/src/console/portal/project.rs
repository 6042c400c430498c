//! One building as its owner sees it: how it stands, its plans, its reports, what is open.

use super::home::{Found, find};
use crate::{
    console::{frame::Frame, home, page, refused::Refusal, visitor::Visitor},
    query::{self, access::to_project, page::Wanted, report::ReportRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        portal::{Building, OpenFault, building, view},
        project::{PlanLine, plan_line},
        report::{ReportLine, line},
    },
};
use askama::Template;
use axum::response::Response;
use firebee_domain::{account::Action, id::ProjectId};
use firebee_protocol::text::{Chip, when::date};
use std::collections::HashMap;

/// The most reports of the page; the list has all.
const REPORTS_MAX: u32 = 13;

#[derive(Template)]
#[template(path = "portal/project.html")]
struct BuildingPage {
    f: Frame,
    building: Building,
    state: Chip,
    lead: String,
    firm: String,
    period: (String, String),
    plans: Vec<PlanLine>,
    reports: Vec<ReportLine>,
    faults: Vec<OpenFault>,
}

/// What is read for it: how the buildings stand, the plans of this one, and its reports.
type Read = (Found, Vec<query::plan::PlanRow>, Vec<ReportRow>);

/// The page.
pub(in crate::console) async fn project(app: &App, visitor: &Visitor, id: &str) -> Result<Response, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| {
        let (org, actor) = (asking.member.org, &asking.member.actor);
        let actions = [Action::ReadProject, Action::ReadPlan];
        if to_project(tx, org, actor, &actions, id).await?.is_none() {
            return Ok(None);
        }
        let wanted = Wanted { descending: true, ..Wanted::first(REPORTS_MAX) };
        let filter =
            query::report::Filter { project: Some(id), today: asking.now.china_day(), wanted, ..Default::default() };
        let plans = query::plan::of_project(tx, org, id).await?;
        let reports = query::report::reports(tx, org, actor, &filter).await?.rows;
        Ok(Some((find(tx, &asking).await?, plans, reports)))
    };
    let found: Result<Option<Read>, StoreError> = app.store.read("read_building", read).await;
    let (found, plans, reports) = found?.ok_or(Refusal::NotFound)?;
    let row = found.projects.iter().find(|row| row.project.id == id).ok_or(Refusal::NotFound)?;
    let (reader, sources) = (visitor.reader(), found.sources());
    let nobody = HashMap::new();
    let day = |day| date(visitor.language, day);
    let of_this: Vec<_> = found.faults.iter().filter(|fault| fault.project == id).map(|fault| fault.id).collect();
    page(&BuildingPage {
        f: Frame::new(app, visitor, row.project.name.clone(), &home::PAGE),
        building: building(reader, &sources, row),
        state: Chip::project(visitor.language, row.project.status(visitor.now.china_day())),
        lead: row.lead_name.clone(),
        firm: visitor.member.organisation_name.clone(),
        period: (day(row.project.sign_date), day(row.project.end_date)),
        plans: plans.iter().map(|plan| plan_line(reader, plan, &nobody)).collect(),
        reports: reports.iter().map(|report| line(reader, report)).collect(),
        faults: view(reader, &sources).faults.into_iter().filter(|fault| of_this.contains(&fault.id)).collect(),
    })
}
