//! One fact as it came: its exact line, the same laid out, what became of it, and its receipt.

use super::{frame::Frame, home, page, pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    query::fact::{self as query, Sought},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::fact::{FactView, fact},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route("/facts/{id}", get(show)), entry: None, done: &[] };

#[derive(Template)]
#[template(path = "fact/fact.html")]
struct FactPage {
    f: Frame,
    v: FactView,
}

/// The page. An address is a fact's id, or `store:seq` for a line without an id of its own.
async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let sought: Sought = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| query::fact(tx, org, &actor, sought).await;
    let found: Result<_, StoreError> = app.store.read("read_fact", read).await;
    let row = found?.ok_or(Refusal::NotFound)?;
    page(&FactPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::FactTitle), &home::PAGE),
        v: fact(visitor.reader(), &row),
    })
}
