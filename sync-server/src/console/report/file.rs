//! The files of a report: its PDF, its photos as they are printed, the signatures of witnesses.

use super::show::find;
use crate::{
    blobs::BlobKey,
    console::{bytes::bytes, portal, refused::Refusal, visitor::Visitor},
    query::{self, access::to_report, look::Looked},
    report::PrintError,
    state::App,
    store::{ReportPicture, StoreError, Tx},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::Action,
    id::{ContentId, ReportId},
};

/// The PDF. One that was not printed yet is printed now.
pub(super) async fn pdf(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    portal::look(&app, &visitor, Looked::Report(found.row.report.id)).await?;
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
    picture(&app, &visitor, &id, (ReportPicture::Photo, number)).await
}

/// The signature of a witness, counted from 1.
pub(super) async fn signature(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    picture(&app, &visitor, &id, (ReportPicture::Signature, number)).await
}

/// A picture by its number. A page asks for each of its photos, so none of them unpacks the snapshot.
async fn picture(
    app: &App,
    visitor: &Visitor,
    id: &str,
    (shows, number): (ReportPicture, String),
) -> Result<Response, Refusal> {
    let id: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let number: u32 = number.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| match to_report(tx, org, &actor, &[Action::ReadReport], id).await? {
        Some(_) => query::report::picture(tx, org, id, (shows, number)).await,
        None => Ok(None),
    };
    let found: Result<Option<ContentId>, StoreError> = app.store.read("read_report_picture", read).await;
    sent(app, visitor, found?).await
}

pub(super) async fn sent(app: &App, visitor: &Visitor, file: Option<ContentId>) -> Result<Response, Refusal> {
    let id = file.ok_or(Refusal::NotFound)?;
    bytes(app, BlobKey { org: visitor.member.org, id }).await
}
