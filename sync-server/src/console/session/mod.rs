//! The sessions of the console that hold: one's own, and for a manager all of the firm, each with the form that ends it
//!

use super::{
    account,
    frame::Frame,
    page,
    pages::Page,
    part::Hidden,
    posted::{Posted, up},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    office::{
        Refused,
        console_session::end::{EndSession, end as run},
    },
    query::console_session::{SessionRow, sessions},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use firebee_domain::{
    account::{Action, Subject},
    id::AccountId,
    time::Timestamp,
};
use firebee_protocol::text::{When, say};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/sessions", get(show)).route("/sessions/end", get(up::<1>).post(end)),
    entry: None,
    done: &[("end_session", T::SessionDone)],
};

/// One session.
struct Line {
    account: AccountId,
    name: String,
    login: String,
    began: When,
    began_ms: i64,
    seen: When,
    /// Whether it is the reader's present one, which ends by signing out.
    here: bool,
}

#[derive(Template)]
#[template(path = "session/session.html")]
struct SessionsPage {
    f: Frame,
    sessions: Vec<Line>,
    hidden: Hidden,
}

/// The page.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let (org, now) = (visitor.member.org, visitor.now);
    let all = visitor.may(Action::ResetPassword, &Subject::of(org.id(), &[]));
    let only = (!all).then_some(visitor.member.actor.account);
    let read = async move |tx: &mut Tx| sessions(tx, org, only, now).await;
    let found: Result<Vec<SessionRow>, StoreError> = app.store.read("list_sessions", read).await;
    let line = |row: SessionRow| Line {
        account: row.account,
        name: row.name,
        login: row.login,
        began: visitor.reader().when(row.began),
        began_ms: row.began.0,
        seen: visitor.reader().when(row.seen),
        here: row.hash == visitor.session,
    };
    page(&SessionsPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::SessionTitle), &account::PAGE),
        sessions: found?.into_iter().map(line).collect(),
        hidden: visitor.hidden()?,
    })
}

/// Ends one and leads back to the page.
async fn end(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let account = fields.text("account").parse().map_err(|_| Refusal::FormExpired)?;
    let wanted = EndSession { account, began: Timestamp(fields.parsed("began")?) };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) | Err(Refused::RequestTaken | Refused::FileUnknown) => {
            Ok(Redirect::to(&format!("/sessions?done={request}")).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::Rule(never)) => match never {},
    }
}
