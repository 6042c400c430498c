//! Who is signed in, and the way out.

use super::{
    application,
    frame::Frame,
    instrument, log, page,
    pages::{Entry, Page, Readers},
    part::Hidden,
    personnel, program, reading,
    refused::Refusal,
    retention, staff,
    visitor::Visitor,
    ways,
};
use crate::{state::App, text::Text as T};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_protocol::text::{say, word};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/account", get(show)),
    entry: Some(Entry {
        href: "/account",
        text: T::AccountTitle,
        icon: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-5.500 8-5.500s7 1.500 8 5.500",
        readers: Readers::Everybody,
    }),
    done: &[],
};

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    f: Frame,
    name: String,
    login: String,
    role: String,
    organisation: String,
    /// Whether the reader looks after the accounts of others.
    staff: bool,
    /// Whether the reader reads the firm's instruments.
    instruments: bool,
    /// Whether the reader reads how the firm works.
    ways: bool,
    /// Whether the reader keeps the tokens of programs, the webhooks and the robots.
    programs: bool,
    /// Whether the reader decides about files that were kept long enough.
    retention: bool,
    /// Whether the reader reads the work log.
    log: bool,
    /// Whether the reader is told what the fire service has read.
    readings: bool,
    /// Whether the reader reads the personnel list.
    personnel: bool,
    /// Whether the reader decides applications of firms.
    applications: bool,
    /// Whether the reader's own phones are looked after here: the fire service has none.
    devices: bool,
    hidden: Hidden,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let member = &visitor.member;
    page(&AccountPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::AccountTitle), &PAGE),
        name: member.person.name.clone(),
        login: member.login.clone(),
        role: word::actor(visitor.language, &member.actor),
        organisation: member.organisation_name.clone(),
        staff: staff::is_for(&visitor),
        instruments: instrument::is_for(&visitor),
        ways: ways::is_for(&visitor),
        programs: program::is_for(&visitor),
        retention: retention::is_for(&visitor),
        log: log::is_for(&visitor),
        readings: reading::is_for(&visitor),
        personnel: personnel::is_for(&visitor),
        applications: application::is_for(&visitor),
        devices: member.actor.role.is_staff(),
        hidden: visitor.hidden()?,
    })
}
