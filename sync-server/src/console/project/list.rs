//! The projects, by name.

use super::narrow;
use crate::{
    console::{
        frame::Frame,
        import,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        oversight, owner,
        refused::Refusal,
        visitor::Visitor,
    },
    query::project::{Filter, counts, known, only, projects},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::{ProjectLine, Way, line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::project::ProjectStatus;
use firebee_protocol::text::Chip;
use strum::VariantArray as _;

static PROJECTS: List<ProjectLine> = List {
    href: "/projects",
    file: "projects",
    none: T::ProjectNone,
    usual: ("name", false),
    filters: narrow::filters!("state"),
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("name"),
            cell: |project| Cell::Link { href: format!("/projects/{}", project.id), name: project.name.clone() },
        },
        Column { title: T::PartOwner, sort: Some("owner"), cell: |project| Cell::Data(project.owner.clone()) },
        Column { title: T::OwnerCity, sort: None, cell: |project| Cell::Data(project.city.clone()) },
        Column { title: T::PartLead, sort: Some("lead"), cell: |project| Cell::Data(project.lead.clone()) },
        Column { title: T::ContractSigned, sort: Some("signed"), cell: |project| Cell::Words(project.signed.clone()) },
        Column { title: T::ContractEnds, sort: Some("ends"), cell: |project| Cell::Words(project.ends.clone()) },
        Column { title: T::PartState, sort: None, cell: |project| Cell::State(project.state.clone()) },
        Column { title: T::ProjectWays, sort: None, cell: |project| Cell::Ways(ways(project)) },
    ],
};

/// Where what a row offers is done.
fn ways(project: &ProjectLine) -> Vec<(String, String)> {
    let at = |way: Way| match way {
        Way::Change => format!("/projects/{}/edit", project.id),
        Way::Pause => format!("/projects/{}/pauses", project.id),
        Way::Terminate => format!("/projects/{}#terminate", project.id),
    };
    project.ways.iter().map(|(way, word)| (at(*way), word.clone())).collect()
}

#[derive(Template)]
#[template(path = "project/list.html")]
struct ProjectsPage {
    /// Whether the reader reads owners and contracts.
    owners: bool,
    /// Whether the reader brings tables.
    imports: bool,
    f: Frame,
    list: Shown,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if oversight::is_for(&visitor) {
        // The fire service has the projects of several firms.
        return Ok(Redirect::to("/oversight/projects").into_response());
    }
    let (org, actor, today) = (visitor.member.org, visitor.member.actor.clone(), visitor.now.china_day());
    let status: Option<ProjectStatus> = asked.get("state").parse().ok();
    let filter =
        Filter { status: status.map(|status| (status, today)), ..narrow::filter(&asked, PROJECTS.wanted(&asked)) };
    let names = owner::is_for(&visitor);
    let read = async move |tx: &mut Tx| {
        let page = projects(tx, org, &actor, &filter).await?;
        let counts = counts(tx, org, &actor, &filter, today).await?;
        let named = if names { only(tx, org, &filter).await? } else { (None, None) };
        Ok((page, counts, known(tx, org, &actor).await?, named))
    };
    let found: Result<_, StoreError> = app.store.read("list_projects", read).await;
    let (page, counts, known, named) = found?;
    let state = |status: &ProjectStatus| {
        Answer::counted(status.into(), Chip::project(visitor.language, *status).word, counts.get(status))
    };
    let answers = ProjectStatus::VARIANTS.iter().map(state).collect();
    let state = Facet { name: "state", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips };
    let facets = std::iter::once(state).chain(narrow::facets(&visitor, &asked, known, named)).collect();
    let page = page.map(|row| line(visitor.reader(), &row));
    let head = (T::ProjectList, &super::PAGE);
    let imports = import::is_for(&visitor);
    PROJECTS
        .answer((&app, &visitor, &asked), head, (page, facets), |f, list| ProjectsPage {
            owners: names,
            imports,
            f,
            list,
        })
        .await
}
