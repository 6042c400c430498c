//! The page for a new password. It comes first for an account whose password somebody else has set.

use super::{
    account,
    frame::Frame,
    known, page,
    pages::Page,
    part::{Alert, Hidden},
    posted::Posted,
    refused::Refusal,
    sign_in::wait_alert,
    visitor::Visitor,
};
use crate::{
    auth::address::ClientAddress,
    office::{
        Refused,
        account::{ChangePassword, ChangePasswordError, change_password},
    },
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/password", get(show).post(submit)),
    entry: None,
    done: &[("change_password", T::PasswordDone)],
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
pub(super) async fn submit(
    State(app): State<App>,
    headers: HeaderMap,
    ClientAddress(address): ClientAddress,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let text = |name| fields.text(name).to_owned();
    let login = visitor.member.login.clone();
    let source = known::source(&app, &headers, visitor.secure, &login, address).await;
    let (old, new, again, session) = (text("old"), text("new"), text("again"), visitor.session);
    let wanted = ChangePassword { old, new, again, session, login, source };
    match change_password(&app.office, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => {
            let alert = match refused {
                Refused::Rule(ChangePasswordError::Wait { seconds }) => wait_alert(visitor.language, seconds),
                refused => Alert::new(visitor.language, refused.code(), &refused.values()),
            };
            let page = form(&app, &visitor, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
