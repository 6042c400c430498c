//! Takes in the export file of a phone that cannot reach the server.

use super::{
    account,
    frame::Frame,
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::{PostedExport, with_export},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    salvage::{By, SalvageError, Salvaged, import},
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use firebee_domain::{
    account::{Action, Subject},
    code::Code,
};
use firebee_protocol::text::{Arg, problem_text, say, say_with};

/// Its address, and that of its form.
pub(super) const PATH: &str = "/salvage";

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route(PATH, with_export(get(show).post(take))), entry: None, done: &[] };

#[derive(Template)]
#[template(path = "salvage/salvage.html")]
struct SalvagePage {
    f: Frame,
    /// What came of a file that was taken in, line by line.
    taken: Vec<String>,
    alert: Option<Alert>,
    hidden: Hidden,
}

/// The form.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, Vec::new(), None)?)
}

/// Takes the file in and says what came of it.
async fn take(State(app): State<App>, posted: PostedExport) -> Result<Response, Refusal> {
    let PostedExport { posted, file } = posted;
    let visitor = posted.visitor;
    let refused = |code: Code| -> Result<Response, Refusal> {
        let alert = Alert::new(visitor.language, code, &[]);
        let page = made(&app, &visitor, Vec::new(), Some(alert))?.render()?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
    };
    let Some(file) = file else { return refused(Code::ExportMissing) };
    match import(&app, file.path(), &By::Member(visitor.act(posted.request))).await {
        Ok(salvaged) => page(&made(&app, &visitor, told(&visitor, &salvaged), None)?),
        Err(SalvageError::NotPermitted) => Err(Refusal::NotFound),
        Err(SalvageError::Store(error)) => Err(error.into()),
        Err(error) => refused(error.code()),
    }
}

fn told(visitor: &Visitor, salvaged: &Salvaged) -> Vec<String> {
    let language = visitor.language;
    let count = |text, count: u64| say_with(language, text, &[("count", Arg::from(count))]);
    let values = [("facts", Arg::from(salvaged.facts)), ("blobs", Arg::from(salvaged.blobs))];
    let mut lines = vec![say_with(language, T::SalvageDone, &values)];
    for (code, facts) in &salvaged.not_counted {
        let why = code.parse::<Code>().map(|code| problem_text(code, &[], language));
        lines.push(format!("{} {}", count(T::SalvageNotCounted, *facts), why.unwrap_or_else(|_| code.clone())));
    }
    if salvaged.blobs_unnamed > 0 {
        lines.push(count(T::SalvageUnnamed, salvaged.blobs_unnamed));
    }
    lines
}

/// Whether this visitor takes in what phones exported.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ImportExport, &Subject::of(visitor.member.org.id(), &[]))
}

fn made(app: &App, visitor: &Visitor, taken: Vec<String>, alert: Option<Alert>) -> Result<SalvagePage, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let f = Frame::new(app, visitor, say(visitor.language, T::SalvageTitle), &account::PAGE);
    Ok(SalvagePage { f, taken, alert, hidden: visitor.hidden()? })
}
