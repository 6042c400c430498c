//! Verifies a report by the code on its cover, for anybody. It tells what the cover tells; no person, no photo.

use crate::{
    console::{frame::Frame, language, list::Asked, page, refused::Refusal},
    query,
    state::App,
    store::{StoreError, Tx, own},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use firebee_domain::{
    id::ContentId,
    report::{Report, Snapshot, VerificationCode},
};
use firebee_protocol::text::{Language, say, when::date};

/// What is told of a known report.
struct Known {
    report: Report,
    snapshot: Snapshot,
    pdf: Option<ContentId>,
    date: String,
    filed: Option<String>,
}

#[derive(Template)]
#[template(path = "report/verify.html")]
struct VerifyPage {
    f: Frame,
    /// As it was asked for.
    code: String,
    /// `None` before anything was asked.
    found: Option<Option<Known>>,
}

/// The form; with a code, the way to its page.
pub(super) async fn form(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let code = asked.get("code").to_owned();
    if code.is_empty() {
        return page(&made(&app, language::of(&headers), code, None));
    }
    answer(&app, &headers, code).await
}

/// The page of a code.
pub(super) async fn verify(
    State(app): State<App>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    answer(&app, &headers, code).await
}

async fn answer(app: &App, headers: &HeaderMap, code: String) -> Result<Response, Refusal> {
    let language = language::of(headers);
    let found = match code.parse::<VerificationCode>() {
        Ok(code) => find(app, language, code).await?,
        Err(_) => None,
    };
    page(&made(app, language, code, Some(found)))
}

async fn find(app: &App, language: Language, code: VerificationCode) -> Result<Option<Known>, StoreError> {
    let read = async move |tx: &mut Tx| {
        let Some((org, id)) = query::report::verified(tx, code).await? else { return Ok(None) };
        let Some(row) = query::report::report(tx, org, id).await? else { return Ok(None) };
        let Some(text) = query::report::snapshot(tx, org, id).await? else { return Ok(None) };
        let filed = row.report.filing.as_ref().map(|filing| date(language, filing.at.china_day()));
        let date = date(language, row.report.report_date);
        Ok(Some(Known { date, filed, pdf: row.pdf, report: row.report, snapshot: own(&text)? }))
    };
    app.store.read("verify_report", read).await
}

fn made(app: &App, language: Language, code: String, found: Option<Option<Known>>) -> VerifyPage {
    VerifyPage { f: Frame::outside(app, language, say(language, T::ReportVerify), "/v"), code, found }
}
