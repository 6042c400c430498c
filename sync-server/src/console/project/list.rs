//! The projects, by name.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        owner,
        refused::Refusal,
        visitor::Visitor,
    },
    query::project::{Filter, counts, projects, units},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::{ProjectLine, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{contract::ContractKind, id::RegulatorUnitId, project::ProjectStatus};
use firebee_protocol::text::{Chip, word};
use strum::VariantArray as _;

static PROJECTS: List<ProjectLine> = List {
    href: "/projects",
    file: "projects",
    none: T::ProjectNone,
    usual: ("name", false),
    filters: &["state", "kind", "unit"],
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("name"),
            cell: |project| Cell::Link { href: format!("/projects/{}", project.id), name: project.name.clone() },
        },
        Column { title: T::PartOwner, sort: Some("owner"), cell: |project| Cell::Data(project.owner.clone()) },
        Column { title: T::PartLead, sort: Some("lead"), cell: |project| Cell::Data(project.lead.clone()) },
        Column { title: T::PartState, sort: None, cell: |project| Cell::State(project.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "project/list.html")]
struct ProjectsPage {
    /// Whether the reader reads owners and contracts.
    owners: bool,
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (org, actor, today) = (visitor.member.org, visitor.member.actor.clone(), visitor.now.china_day());
    let status: Option<ProjectStatus> = asked.get("state").parse().ok();
    let filter = Filter {
        status: status.map(|status| (status, today)),
        kind: asked.get("kind").parse().ok(),
        unit: asked.get("unit").parse().ok(),
        wanted: PROJECTS.wanted(&asked),
    };
    let read = async move |tx: &mut Tx| {
        let page = projects(tx, org, &actor, &filter).await?;
        Ok((page, counts(tx, org, &actor, &filter, today).await?, units(tx, org).await?))
    };
    let found: Result<_, StoreError> = app.store.read("list_projects", read).await;
    let (page, counts, units) = found?;
    let state = |status: &ProjectStatus| {
        Answer::counted(status.into(), Chip::project(visitor.language, *status).word, counts.get(status))
    };
    let answers = ProjectStatus::VARIANTS.iter().map(state).collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let kind = |kind: &ContractKind| Answer {
        value: <&str>::from(kind).to_owned(),
        word: word::contract(visitor.language, *kind),
        count: None,
        data: false,
    };
    let answers = ContractKind::VARIANTS.iter().map(kind).collect();
    let kind = Facet { name: "kind", title: T::ContractKind, every: Some(T::ListEvery), answers, form: Form::Pick };
    let unit =
        |(id, name): (RegulatorUnitId, String)| Answer { value: id.to_string(), word: name, count: None, data: true };
    let answers = units.into_iter().map(unit).collect();
    let unit =
        Facet { name: "unit", title: T::ProjectJurisdiction, every: Some(T::ListEvery), answers, form: Form::Pick };
    let page = page.map(|row| line(visitor.reader(), &row));
    let owners = owner::is_for(&visitor);
    let head = (T::ProjectList, &super::PAGE);
    PROJECTS
        .answer((&app, &visitor, &asked), head, (page, vec![state, kind, unit]), |f, list| ProjectsPage {
            owners,
            f,
            list,
        })
        .await
}
