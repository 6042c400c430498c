//! The petitions that the visitor may read, the latest first.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        oversight, project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::petition::asks,
    query::{
        access::{named, to_project},
        page::Page,
        petition::{Filter, PetitionRow, counts, petitions},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::petition::{PetitionLine, kind, line, state},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::ProjectId,
    petition::{MatterKind, PetitionState},
};
use std::collections::HashMap;
use strum::VariantArray as _;

static PETITIONS: List<PetitionLine> = List {
    href: "/petitions",
    file: "petitions",
    none: T::PetitionNone,
    usual: ("time", true),
    filters: &["state", "kind", "project"],
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |row| Cell::Link {
                href: format!("/projects/{}/petitions/{}", row.project, row.id),
                name: row.project_name.clone(),
            },
        },
        Column { title: T::PersonnelFirm, sort: None, cell: |row| Cell::Data(row.firm.clone()) },
        Column { title: T::PetitionKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::PetitionReason, sort: None, cell: |row| Cell::Data(row.reason.clone()) },
        Column { title: T::PetitionAsked, sort: Some("time"), cell: |row| Cell::When(Some(row.asked.clone())) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
        Column {
            title: T::PauseUnit,
            sort: None,
            cell: |row| Cell::Data(row.ruling.as_ref().map(|held| held.unit.clone()).unwrap_or_default()),
        },
    ],
};

/// A form that the visitor may fill in, by its address and its words.
type Way = (String, String);

#[derive(Template)]
#[template(path = "petition/list.html")]
struct PetitionsPage {
    f: Frame,
    list: Shown,
    ways: Vec<Way>,
    overseen: bool,
}

struct Found {
    page: Page<PetitionRow>,
    counts: HashMap<PetitionState, i64>,
    /// The project's name, and how the visitor stands to it.
    project: Option<(ProjectId, String, Subject)>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let filter = Filter {
        state: asked.get("state").parse().ok(),
        kind: asked.get("kind").parse().ok(),
        project: asked.get("project").parse().ok(),
        wanted: PETITIONS.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_petitions", read).await;
    let Found { page, counts, project: narrowed } = found?.ok_or(Refusal::NotFound)?;
    let reader = visitor.reader();
    let of_state = |each: &PetitionState| Answer::counted(each.into(), state(reader, *each).word, counts.get(each));
    let of_kind = |each: &MatterKind| {
        let value = <&str>::from(each).to_owned();
        Answer { value, word: kind(reader, *each), count: None, data: false }
    };
    let facet = |name, title, answers, form| Facet { name, title, every: Some(T::ListEvery), answers, form };
    let states = PetitionState::VARIANTS.iter().map(of_state).collect();
    let kinds = MatterKind::VARIANTS.iter().map(of_kind).collect();
    let name = narrowed.as_ref().map(|(_, name, _)| name.clone());
    let facets = [facet("state", T::ListState, states, Form::Chips), facet("kind", T::PetitionKind, kinds, Form::Pick)];
    let facets = facets.into_iter().chain(Facet::only("project", T::ListProject, &asked, name)).collect();
    let ways = narrowed.map(|(id, _, subject)| ways(&visitor, id, &subject)).unwrap_or_default();
    let overseen = oversight::is_for(&visitor);
    let head = (T::PetitionTitle, if overseen { &oversight::PAGE } else { &project::PAGE });
    let page = page.map(|row| line(reader, &row));
    PETITIONS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| PetitionsPage {
        f,
        list,
        ways,
        overseen,
    })
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(name) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    let project = match filter.project.zip(name) {
        Some((id, name)) => {
            let actions = [Action::ReadProject, Action::ReadPlan];
            let Some(subject) = to_project(tx, org, actor, &actions, id).await? else { return Ok(None) };
            Some((id, name, subject))
        }
        None => None,
    };
    let (page, counts) = (petitions(tx, org, actor, filter).await?, counts(tx, org, actor, filter).await?);
    Ok(Some(Found { page, counts, project }))
}

/// The forms that the visitor may fill in for a project.
fn ways(visitor: &Visitor, project: ProjectId, subject: &Subject) -> Vec<Way> {
    let permitted = MatterKind::VARIANTS.iter().filter(|kind| may(&visitor.member.actor, asks(**kind), subject));
    let way = |kind: &MatterKind| {
        let text = match kind {
            MatterKind::SpecialSite => T::PetitionNewSpecialSite,
            MatterKind::TakeBackReport => T::PetitionNewReport,
            MatterKind::TakeBackApproval => T::PetitionNewApproval,
        };
        (format!("/projects/{project}/petitions/new/{}", <&str>::from(kind)), visitor.reader().t(text))
    };
    permitted.map(way).collect()
}
