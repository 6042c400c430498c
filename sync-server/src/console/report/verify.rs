//! Verifies a report by the code on its cover, for anybody. It tells what the cover tells; no person, no photo.

use crate::{
    auth::address::ClientAddress,
    console::{frame::Frame, language, list::Asked, page, part::Alert, refused::Refusal},
    query,
    state::App,
    store::{StoreError, Tx, own},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use firebee_domain::{
    code::Code,
    id::ContentId,
    report::{Report, Snapshot, VerificationCode},
};
use firebee_protocol::text::{Arg, Language, say, when::date};

/// What is told of a known report.
struct Known {
    report: Report,
    snapshot: Snapshot,
    pdf: Option<ContentId>,
    date: String,
    filed: Option<String>,
    /// Since when it counts no more.
    void: Option<String>,
}

#[derive(Template)]
#[template(path = "report/verify.html")]
struct VerifyPage {
    f: Frame,
    /// As it was asked for.
    code: String,
    /// Why nothing is answered now.
    wait: Option<Alert>,
    /// `None` before anything was asked.
    found: Option<Option<Known>>,
}

/// The form; with a code, the way to its page.
pub(super) async fn form(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let code = asked.get("code").to_owned();
    if code.is_empty() {
        return page(&made(&app, language::of(&headers), code, None));
    }
    answer(&app, (&address, &headers), code).await
}

/// The page of a code.
pub(super) async fn verify(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    answer(&app, (&address, &headers), code).await
}

async fn answer(
    app: &App,
    (ClientAddress(address), headers): (&ClientAddress, &HeaderMap),
    code: String,
) -> Result<Response, Refusal> {
    let language = language::of(headers);
    // Nobody finds a report by trying codes: there are too many of them, and whoever tries waits.
    if let Err(seconds) = app.verifying.take(address, app.clock.now()) {
        return too_often(app, language, code, seconds);
    }
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
        let day = date(language, row.report.report_date);
        let void = row.report.void.as_ref().map(|void| date(language, void.at.china_day()));
        Ok(Some(Known { date: day, void, filed, pdf: row.pdf, report: row.report, snapshot: own(&text)? }))
    };
    app.store.read("verify_report", read).await
}

/// The form again, and when to come back.
fn too_often(app: &App, language: Language, code: String, seconds: u32) -> Result<Response, Refusal> {
    let wait = Alert::new(language, Code::TooManyAsks, &[("seconds", Arg::from(seconds))]);
    let body = VerifyPage { wait: Some(wait), ..made(app, language, code, None) }.render()?;
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Html(body)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

fn made(app: &App, language: Language, code: String, found: Option<Option<Known>>) -> VerifyPage {
    VerifyPage { wait: None, f: Frame::outside(app, language, say(language, T::ReportVerify), "/v"), code, found }
}
