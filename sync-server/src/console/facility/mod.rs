//! One facility of a project: its instances, and what its design prescribes.

mod change;

use super::{
    frame::Frame,
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::up,
    project,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{access::to_project, positions, project as read},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::facility::{FacilityView, ListChange, list_change, view},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use firebee_domain::{
    account::Action,
    history::History,
    id::{Hash, ProjectId},
    project::PROJECT_TEXT_LENGTH_MAX,
    text::NAME_MAX,
};
use firebee_protocol::catalogue::Pack;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/projects/{project}/facilities/{facility}", get(show))
            .route("/projects/{project}/facilities/{facility}/positions", get(up::<1>).post(change::positions))
            .route("/projects/{project}/facilities/{facility}/design", get(up::<1>).post(change::design))
    },
    entry: None,
    done: &[("keep_positions", T::FacilityDonePositions), ("enter_design", T::FacilityDoneDesign)],
};

/// What was typed into a form that was refused.
#[derive(Default)]
struct Typed {
    list: Option<String>,
    /// The mark of the list that a form was made from that has changed since.
    made_from: Option<Hash>,
    field: String,
    value: String,
    source: String,
    date: String,
}

/// The page.
#[derive(Template)]
#[template(path = "facility/facility.html")]
struct FacilityPage {
    f: Frame,
    v: FacilityView,
    alert: Option<Alert>,
    typed: Typed,
    /// The mark of the list that the form is made from.
    made_from: Hash,
    /// What somebody else changed meanwhile.
    change: Option<ListChange>,
    hidden: Hidden,
}

/// One facility.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, facility)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, (&project, &facility), Typed::default(), None).await?)
}

async fn made(
    app: &App,
    visitor: &Visitor,
    (project, facility): (&str, &str),
    typed: Typed,
    alert: Option<Alert>,
) -> Result<FacilityPage, Refusal> {
    let project: ProjectId = project.parse().map_err(|_| Refusal::NotFound)?;
    let stale = typed.made_from;
    let (org, actor, wanted) = (visitor.member.org, visitor.member.actor.clone(), facility.to_owned());
    let found: Result<_, StoreError> = app
        .store
        .read("read_facility", async move |tx: &mut Tx| {
            let actions = [Action::ReadProject, Action::ReadHistory];
            let Some(subject) = to_project(tx, org, &actor, &actions, project).await? else { return Ok(None) };
            let Some(row) = read::project(tx, org, project).await? else { return Ok(None) };
            let history = read::history(tx, org, project, &wanted).await?;
            let before = match stale {
                Some(mark) => positions::with_mark(tx, org, project, &wanted, mark).await?,
                None => None,
            };
            Ok(Some((subject, row, history.unwrap_or_else(|| History::new(project, &wanted)), before)))
        })
        .await;
    let (subject, row, history, before) = found?.ok_or(Refusal::NotFound)?;
    let v = view(visitor.reader(), (&row, &subject), &history, &Pack::embedded().catalogue);
    let mut v = v.ok_or(Refusal::NotFound)?;
    // Whoever was refused keeps the form, with what was typed.
    v.may_edit |= alert.is_some();
    let f = Frame::new(app, visitor, v.name.clone(), &project::PAGE);
    let change = before.map(|before| list_change(visitor.reader(), &history.positions, &before));
    let made_from = history.positions.mark();
    Ok(FacilityPage { f, v, alert, typed, made_from, change, hidden: visitor.hidden()? })
}
