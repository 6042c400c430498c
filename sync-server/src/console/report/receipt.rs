//! The receipt of a filing: one page that says what was filed, by whom and when, beside a document that stays as it is
//!

use super::show::find;
use crate::{
    console::{frame::Frame, page, project, refused::Refusal, visitor::Visitor},
    query::{self, report::ReportRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::report::deadline,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_protocol::text::{say, when::date};

#[derive(Template)]
#[template(path = "report/receipt.html")]
struct ReceiptPage {
    f: Frame,
    row: ReportRow,
    organisation: String,
    date: String,
    deadline: String,
    by: String,
    at: String,
    opinion: String,
    late: bool,
    verify_at: String,
    /// The law that asks for the filing, as the region says it.
    legal_note: String,
}

/// The page; a report that is not filed has none.
pub(super) async fn receipt(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let filing = found.row.report.filing.clone().ok_or(Refusal::NotFound)?;
    let read = async |tx: &mut Tx| query::region::region(tx).await;
    let region: Result<_, StoreError> = app.store.read("read_region", read).await;
    let reader = visitor.reader();
    page(&ReceiptPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ReportReceipt), &project::PAGE),
        organisation: found.snapshot.cover.organisation.clone(),
        date: date(visitor.language, found.row.report.report_date),
        deadline: deadline(reader, &found.row.report),
        by: found.name(filing.by),
        at: reader.when(filing.at).exact,
        opinion: filing.opinion,
        late: filing.late,
        verify_at: found.snapshot.cover.verify_at.clone(),
        legal_note: region?.legal_note,
        row: found.row,
    })
}
