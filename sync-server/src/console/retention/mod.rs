//! What of the evidence has been kept long enough, by kind, and the form that has it deleted.

use super::{
    account,
    frame::Frame,
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::Posted,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    office::{
        Refused,
        retention::{DeletePast, delete as run},
    },
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    upload::remove,
    view::retention::{RetentionView, view},
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::get,
};
use firebee_domain::{
    account::{Action, Subject, may},
    retention::Retention,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/retention", get(show).post(delete)),
    entry: None,
    done: &[("delete_past_files", T::RetentionDone)],
};

#[derive(Template)]
#[template(path = "retention/retention.html")]
struct RetentionPage {
    f: Frame,
    v: RetentionView,
    retention: Retention,
    alert: Option<Alert>,
    hidden: Hidden,
}

/// Whether this visitor decides about what is past.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    let member = &visitor.member;
    may(&member.actor, Action::DeletePastFiles, &Subject::of(member.org.id(), &[]))
}

async fn made(app: &App, visitor: &Visitor, alert: Option<Alert>) -> Result<RetentionPage, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, today) = (visitor.member.org, visitor.now.china_day());
    let read = async move |tx: &mut Tx| {
        let retention = query::region::region(tx).await?.retention;
        Ok((retention, query::retention::past(tx, org, retention, today).await?))
    };
    let found: Result<_, StoreError> = app.store.read("read_retention", read).await;
    let (retention, past) = found?;
    Ok(RetentionPage {
        f: Frame::new(app, visitor, say(visitor.language, T::RetentionTitle), &account::PAGE),
        v: view(visitor.reader(), (retention, today), &past),
        retention,
        alert,
        hidden: visitor.hidden()?,
    })
}

/// The page.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, None).await?)
}

/// Has deleted what is past by the years that the page showed.
async fn delete(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let shown = Retention {
        photo: fields.parsed("photo")?,
        signature: fields.parsed("signature")?,
        track: fields.parsed("track")?,
        file: fields.parsed("file")?,
    };
    let org = visitor.member.org;
    match run(&app.store, visitor.act(request), DeletePast { retention: shown }).await {
        Ok(_) => {
            // What a failing disk keeps now, the next sweep removes.
            if let Err(error) = remove(&app.uploads, org).await {
                tracing::warn!(%error, "files whose time is over stay on the disk for now");
            }
            Ok(Redirect::to(&format!("/retention?done={request}")).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, Some(alert)).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
