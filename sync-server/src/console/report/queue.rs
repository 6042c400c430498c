//! The reports that wait for the technical director, the most urgent first, and the form that files several at once
//!

use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Hidden},
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        report::{FILED_AT_ONCE_MAX, FileAll, file_all},
    },
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::report::{ReportLine, line},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use firebee_domain::{account::Action, id::ReportId, text::TEXT_MAX};
use firebee_protocol::text::say;

/// A report that waits.
struct Line {
    row: ReportLine,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "report/queue.html")]
struct QueuePage {
    f: Frame,
    alert: Option<Alert>,
    lines: Vec<Line>,
    /// How many wait that are not shown.
    more: Option<String>,
    opinion: String,
    /// The law that asks for the filing, as the region says it.
    legal_note: String,
    hidden: Hidden,
}

/// The page.
pub(super) async fn queue(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, (&[], String::new()), None).await?)
}

/// Files what is ticked.
pub(super) async fn file(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let mut reports: Vec<ReportId> = Vec::new();
    for report in fields.all("report") {
        let report = report.parse().map_err(|_| Refusal::NotFound)?;
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    let opinion = fields.text("opinion").to_owned();
    let wanted = FileAll { reports: reports.clone(), opinion: opinion.clone() };
    match file_all(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/reports/to-file?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => {
            let alert = Alert::new(visitor.language, refused.code(), &refused.values());
            let page = made(&app, &visitor, (&reports, opinion), Some(alert)).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}

async fn made(
    app: &App,
    visitor: &Visitor,
    (ticked, opinion): (&[ReportId], String),
    alert: Option<Alert>,
) -> Result<QueuePage, Refusal> {
    if !visitor.files_reports() {
        return Err(Refusal::NotFound);
    }
    let (org, actor, most) = (visitor.member.org, visitor.member.actor.clone(), FILED_AT_ONCE_MAX);
    let today = visitor.now.china_day();
    let read = async move |tx: &mut Tx| {
        let region = query::region::region(tx).await?;
        Ok((query::report::to_file(tx, org, &actor, (today, most)).await?, region.legal_note))
    };
    let found: Result<_, StoreError> = app.store.read("read_filing_queue", read).await;
    let ((rows, count), legal_note) = found?;
    let line = |row| {
        let row: ReportLine = line(visitor.reader(), row);
        Line { ticked: ticked.contains(&row.id), row }
    };
    let f = Frame::new(app, visitor, say(visitor.language, T::ReportQueue), &project::PAGE);
    let more = count.saturating_sub(rows.len());
    Ok(QueuePage {
        more: (more > 0).then(|| f.n(T::ReportQueueMore, more)),
        f,
        alert,
        lines: rows.iter().map(line).collect(),
        opinion,
        legal_note,
        hidden: visitor.hidden()?,
    })
}

impl Visitor {
    /// Whether the visitor files the reports of the firm.
    pub(in crate::console) fn files_reports(&self) -> bool {
        query::visible(&self.member.actor, Action::FileReport, self.member.org).is_everything()
    }
}
