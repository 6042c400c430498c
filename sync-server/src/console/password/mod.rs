//! The page for a new password. It comes first for an account whose password somebody else has set.

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
        account::{ChangePassword, change_password},
    },
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use firebee_protocol::text::{Arg, say};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/password", get(show).post(submit)),
    entry: None,
    done: &[("password", T::PasswordDone)],
};

#[derive(Template)]
#[template(path = "password/password.html")]
struct PasswordPage {
    f: Frame,
    alert: Option<Alert>,
    forced: bool,
    hidden: Hidden,
}

fn form(app: &App, visitor: &Visitor, alert: Option<Alert>) -> Result<PasswordPage, Refusal> {
    let frame = Frame::new(app, visitor, say(visitor.language, T::PasswordTitle), &account::PAGE);
    let hidden = visitor.hidden()?;
    Ok(PasswordPage { f: frame, alert, forced: visitor.member.must_change, hidden })
}

/// The form.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    page(&form(&app, &visitor, None)?)
}

/// Changes it.
pub(super) async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let text = |name| fields.text(name).to_owned();
    let wanted = ChangePassword { old: text("old"), new: text("new"), again: text("again"), session: visitor.session };
    match change_password(&app.store, &app.passwords, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to("/?done=password").into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => {
            let max = [("max", Arg::from(crate::password::BYTES_MAX))];
            let alert = Alert::new(visitor.language, refused.code(), &max);
            let page = form(&app, &visitor, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
