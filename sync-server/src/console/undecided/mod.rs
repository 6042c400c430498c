//! What was received and does not count: the groups that wait for a decision, one group with its facts, and the decision.

mod decide;
mod show;

use super::{frame::Frame, home, page, pages::Page, posted::up, refused::Refusal, visitor::Visitor};
use crate::{
    query::{self, undecided::UndecidedRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::undecided::{UndecidedLine, lines},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_domain::id::AccountId;
use firebee_protocol::text::say;
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/undecided", get(list))
            .route("/undecided/{store}/{task}", get(show::show))
            .route("/undecided/{store}/{task}/decide", get(up::<1>).post(decide::decide))
    },
    entry: None,
    done: &[("decide_parked.adopted", T::UndecidedDoneAdopted), ("decide_parked.refused", T::UndecidedDoneRefused)],
};

#[derive(Template)]
#[template(path = "undecided/list.html")]
struct UndecidedPage {
    f: Frame,
    groups: Vec<UndecidedLine>,
}

/// What waits, the latest first.
async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        Ok((query::undecided::groups(tx, org, &actor).await?, query::member::names(tx, org).await?))
    };
    let found: Result<(Vec<UndecidedRow>, HashMap<AccountId, String>), StoreError> =
        app.store.read("list_undecided", read).await;
    let (rows, names) = found?;
    page(&UndecidedPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::UndecidedTitle), &home::PAGE),
        groups: lines(visitor.reader(), &rows, &names),
    })
}
