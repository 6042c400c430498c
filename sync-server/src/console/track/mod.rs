//! The day of one operator on a drawing, for those who may read tracks.

use super::{frame::Frame, page, pages::Page, refused::Refusal, task, visitor::Visitor};
use crate::{
    evidence::fixes::of_pieces,
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::track::{DayView, pieces, view},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use chrono::NaiveDate;
use firebee_domain::{
    id::{AccountId, ContentId},
    project::Project,
};
use firebee_protocol::{document::TaskDocument, text::say};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route("/tracks/{account}/{day}", get(show)), entry: None, done: &[] };

#[derive(Template)]
#[template(path = "track/day.html")]
struct DayPage {
    f: Frame,
    account: AccountId,
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    v: DayView,
}

struct Found {
    name: String,
    documents: Vec<(TaskDocument, Project)>,
    pieces: Vec<ContentId>,
    verified: HashSet<ContentId>,
    /// The day before and the day after, where there is something to see.
    beside: (Option<NaiveDate>, Option<NaiveDate>),
}

/// The page. Whoever may read no track of this person sees none of it, not even the name.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((account, day)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let account: AccountId = account.parse().map_err(|_| Refusal::NotFound)?;
    let day: NaiveDate = day.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, (account, day)).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("read_day_of_tracks", read).await;
    let Found { name, documents, pieces, verified, beside: (before, after) } = found?.ok_or(Refusal::NotFound)?;
    let fixes = of_pieces(&app.blobs, visitor.member.org, pieces.iter().copied(), &verified).await;
    let v = view(visitor.reader(), &documents, day, (pieces.len(), &fixes));
    let title = format!("{name} · {}", say(visitor.language, T::TrackTitle));
    let f = Frame::new(&app, &visitor, title, &task::PAGE);
    page(&DayPage { f, account, before, after, v })
}

async fn find(
    tx: &mut Tx,
    visitor: &Visitor,
    (account, day): (AccountId, NaiveDate),
) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let ids = query::task::of_day(tx, org, actor, (account, day)).await?;
    if ids.is_empty() {
        return Ok(None);
    }
    let (mut sites, mut documents) = (HashMap::new(), Vec::new());
    for document in query::task::documents(tx, org, &ids).await? {
        let id = document.task.project;
        let site = match sites.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let Some(site) = query::project::project(tx, org, id).await? else { continue };
                unknown.insert(site.project)
            }
        };
        documents.push((document, site.clone()));
    }
    documents.sort_by_key(|(document, _)| (document.task.started.latest(), document.task.id));
    let pieces = pieces(&documents, day);
    let verified = query::evidence::verified(tx, org, &pieces.iter().copied().collect()).await?;
    let name = documents.first().map(|(document, _)| document.executor_name.clone()).unwrap_or_default();
    let mut beside = [day.pred_opt(), day.succ_opt()];
    for other in &mut beside {
        if let Some(worked) = *other {
            let any = query::task::of_day(tx, org, actor, (account, worked)).await?;
            *other = (!any.is_empty()).then_some(worked);
        }
    }
    Ok(Some(Found { name, documents, pieces, verified, beside: beside.into() }))
}
