//! What was received and does not count, with the reason in words.

use super::{frame::Frame, home, page, pages::Page, part::When, refused::Refusal, visitor::Visitor, when::when};
use crate::{
    query::parked::{ParkedRow, parked},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_protocol::{
    problem::CodeWord,
    text::{Text as Shared, problem_text, say},
};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/parked", get(list)), entry: None, done: &[] };

/// The most rows of the page.
const ROWS_MAX: u32 = 500;

/// One row.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) sentence: String,
    pub(super) code: CodeWord,
    pub(super) author: String,
    pub(super) project: String,
    pub(super) since: When,
}

#[derive(Template)]
#[template(path = "parked/parked.html")]
struct ParkedPage {
    f: Frame,
    parked: Vec<Row>,
}

/// The page.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let actor = visitor.member.actor.clone();
    let read = async move |tx: &mut Tx| parked(tx, &actor, None, None, ROWS_MAX).await;
    let found: Result<_, StoreError> = app.store.read("list_parked", read).await;
    page(&ParkedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ParkedTitle), &home::PAGE),
        parked: rows(&visitor, found?),
    })
}

/// Rows in words.
pub(super) fn rows(visitor: &Visitor, found: Vec<ParkedRow>) -> Vec<Row> {
    let language = visitor.language;
    let row = |row: ParkedRow| Row {
        what: say(language, kind(row.document.kind.as_deref())),
        // A code that this program does not know any more is shown as it is.
        sentence: row.document.code.known().map(|code| problem_text(code, &[], language)).unwrap_or_default(),
        code: row.document.code,
        author: row.author,
        project: row.project.unwrap_or_default(),
        since: when(language, visitor.now, row.document.since),
    };
    found.into_iter().map(row).collect()
}

fn kind(kind: Option<&str>) -> Shared {
    match kind {
        Some("task.started") => Shared::WordKindStarted,
        Some("task.described") => Shared::WordKindDescribed,
        Some("task.submitted") => Shared::WordKindSubmitted,
        Some("task.discarded") => Shared::WordKindDiscarded,
        Some("result.recorded") => Shared::WordKindResult,
        Some("photo.taken") => Shared::WordKindPhoto,
        Some("photo.withdrawn") => Shared::WordKindPhotoWithdrawn,
        Some("track.segment") => Shared::WordKindTrack,
        Some("review.decided") => Shared::WordKindReview,
        Some("fault.handled") => Shared::WordKindFault,
        _ => Shared::WordKindOther,
    }
}
