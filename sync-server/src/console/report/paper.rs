//! What becomes of a report on paper: the forms that add a signed copy and write down a hand-out, and the copies.

use super::{
    change::again,
    file::sent,
    show::{Found, Typed, find, made},
};
use crate::{
    blobs::BlobKey,
    console::{
        part::Alert,
        posted::{Posted, PostedFiles},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        report::{AddCopy, HandOut, add_copy, hand_out as run_hand_out},
    },
    state::App,
};
use askama::Template as _;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::text::named::Values;

/// Adds a copy that came back signed.
pub(super) async fn copy(
    State(app): State<App>,
    Path(id): Path<String>,
    PostedFiles { posted, files }: PostedFiles,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let found = find(&app, &visitor, &id).await?;
    if !found.writes(&visitor) {
        return Err(Refusal::NotFound);
    }
    let report = found.row.report.id;
    let file = match files {
        Ok(files) => files.last().copied(),
        Err(error) => return refused(&app, &visitor, found, (error.code(), error.values())),
    };
    let Some(file) = file else { return refused(&app, &visitor, found, (Code::FieldMalformed, Values::new())) };
    let over_ours = is_over_ours(&app, &visitor, &found, file).await;
    match add_copy(&app.store, visitor.act(request), AddCopy { report, file, over_ours }).await {
        Ok(()) => Ok(Redirect::to(&format!("/reports/{report}?done={request}#paper")).into_response()),
        Err(error) => again(&app, &visitor, &id, Typed::default(), error).await,
    }
}

/// Whether a file begins with every byte of the report's PDF and goes on: so an electronic signature leaves a document.
async fn is_over_ours(app: &App, visitor: &Visitor, found: &Found, file: ContentId) -> bool {
    let org = visitor.member.org;
    let Some(pdf) = found.row.pdf else { return false };
    let (ours, theirs) =
        (app.blobs.read(BlobKey { org, id: pdf }).await, app.blobs.read(BlobKey { org, id: file }).await);
    ours.zip(theirs).is_some_and(|(ours, theirs)| theirs.len() > ours.len() && theirs.starts_with(&ours))
}

/// Writes down that copies were handed out.
pub(super) async fn hand_out(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let report = id.parse().map_err(|_| Refusal::NotFound)?;
    let (copies, to) = (fields.text("copies").trim().to_owned(), fields.text("to").to_owned());
    // What is no number is out of range.
    let wanted = HandOut { report, copies: copies.parse().unwrap_or(0), to: to.clone() };
    match run_hand_out(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/reports/{report}?done={request}#paper")).into_response()),
        Err(error @ (Refused::NotFound | Refused::Store(_))) => {
            again(&app, &visitor, &id, Typed::default(), error).await
        }
        Err(error) => again(&app, &visitor, &id, Typed { copies, to, ..Typed::default() }, error).await,
    }
}

/// A copy, by its place from 1.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let number: usize = number.parse().map_err(|_| Refusal::NotFound)?;
    let held = number.checked_sub(1).and_then(|at| found.row.report.copies.get(at));
    sent(&app, &visitor, held.map(|copy| copy.file)).await
}

fn refused(app: &App, visitor: &Visitor, found: Found, (code, values): (Code, Values)) -> Result<Response, Refusal> {
    let alert = Alert::new(visitor.language, code, &values);
    let page = made(app, visitor, found, Typed::default(), Some(alert))?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
