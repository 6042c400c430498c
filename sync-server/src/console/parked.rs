//! What was received and does not count, with the reason in words.

use super::{
    frame::{Frame, Place},
    page,
    part::When,
    refused::Refusal,
    visitor::Visitor,
    when::when,
};
use crate::{
    query::parked::{ParkedRow, parked},
    state::App,
    store::{StoreError, Tx},
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_protocol::{
    problem::CodeWord,
    text::{Text as T, problem_text, say},
};

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
#[template(path = "parked.html")]
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
        f: Frame::new(&app, &visitor, say(visitor.language, T::ConsoleHomeParked), Place::Home),
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

fn kind(kind: Option<&str>) -> T {
    match kind {
        Some("task.started") => T::ConsoleFactStarted,
        Some("task.described") => T::ConsoleFactDescribed,
        Some("task.submitted") => T::ConsoleFactSubmitted,
        Some("task.discarded") => T::ConsoleFactDiscarded,
        Some("result.recorded") => T::ConsoleFactResult,
        Some("photo.taken") => T::ConsoleFactPhoto,
        Some("photo.withdrawn") => T::ConsoleFactPhotoWithdrawn,
        Some("track.segment") => T::ConsoleFactTrack,
        Some("review.decided") => T::ConsoleFactReview,
        Some("fault.handled") => T::ConsoleFactFault,
        _ => T::ConsoleFactOther,
    }
}
