//! The files of a report: its PDF, its photos as they are printed, the signatures of witnesses.

use super::show::find;
use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, refused::Refusal, visitor::Visitor},
    report::PrintError,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::ContentId;

/// The PDF. One that was not printed yet is printed now.
pub(super) async fn pdf(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let org = visitor.member.org;
    match app.printer.pdf(org, found.row.report.id).await {
        Ok(id) => bytes(&app, BlobKey { org, id }).await,
        Err(PrintError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, report = %found.row.report.id, "a report was not printed");
            Err(Refusal::NotPrinted)
        }
    }
}

/// The file that is its text, as it was uploaded.
pub(super) async fn upload(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    sent(&app, &visitor, found.row.report.upload).await
}

/// A photo of the report.
pub(super) async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let number: u32 = number.parse().map_err(|_| Refusal::NotFound)?;
    let held = found.snapshot.photos.iter().find(|photo| photo.number == number);
    sent(&app, &visitor, held.map(|photo| photo.preview)).await
}

/// The signature of a witness, counted from 1.
pub(super) async fn signature(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let number: usize = number.parse().map_err(|_| Refusal::NotFound)?;
    let held = number.checked_sub(1).and_then(|at| found.snapshot.witnesses.get(at));
    sent(&app, &visitor, held.map(|witness| witness.signature)).await
}

async fn sent(app: &App, visitor: &Visitor, file: Option<ContentId>) -> Result<Response, Refusal> {
    let id = file.ok_or(Refusal::NotFound)?;
    bytes(app, BlobKey { org: visitor.member.org, id }).await
}
