//! What was received and does not count, with the reason in words.

use super::{frame::Frame, home, page, pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    query::parked::parked,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::parked::{ParkedLine, lines},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/parked", get(list)), entry: None, done: &[] };

/// The most rows of the page.
const ROWS_MAX: u32 = 500;

#[derive(Template)]
#[template(path = "parked/parked.html")]
struct ParkedPage {
    f: Frame,
    parked: Vec<ParkedLine>,
}

/// The page.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let actor = visitor.member.actor.clone();
    let read = async move |tx: &mut Tx| parked(tx, &actor, None, None, ROWS_MAX).await;
    let found: Result<_, StoreError> = app.store.read("list_parked", read).await;
    page(&ParkedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::ParkedTitle), &home::PAGE),
        parked: lines(visitor.reader(), &found?),
    })
}
