//! Who is signed in, and the way out.

use super::{
    frame::{Frame, Place},
    page,
    part::Hidden,
    refused::Refusal,
    visitor::Visitor,
};
use crate::state::App;
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_protocol::text::{Text as T, say, word};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    f: Frame,
    name: String,
    login: String,
    role: String,
    organisation: String,
    hidden: Hidden,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let member = &visitor.member;
    page(&AccountPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ConsoleAccount), Place::Account),
        name: member.person.name.clone(),
        login: member.login.clone(),
        role: word::actor(visitor.language, &member.actor),
        organisation: member.organisation_name.clone(),
        hidden: Hidden { csrf: visitor.csrf.clone(), request: Visitor::request()? },
    })
}
