//! What came late: the groups that wait for a decision, one group with its facts, and the decision.

mod decide;
mod show;

use super::{frame::Frame, home, page, pages::Page, posted::up, refused::Refusal, visitor::Visitor};
use crate::{
    query::{self, late::LateRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::late::{LateLine, lines},
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
            .route("/late", get(list))
            .route("/late/{store}/{task}", get(show::show))
            .route("/late/{store}/{task}/decide", get(up::<1>).post(decide::decide))
    },
    entry: None,
    done: &[("decide_late.adopted", T::LateDoneAdopted), ("decide_late.refused", T::LateDoneRefused)],
};

#[derive(Template)]
#[template(path = "late/list.html")]
struct LatePage {
    f: Frame,
    groups: Vec<LateLine>,
}

/// What waits, the latest first.
async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        Ok((query::late::groups(tx, org, &actor).await?, query::member::names(tx, org).await?))
    };
    let found: Result<(Vec<LateRow>, HashMap<AccountId, String>), StoreError> = app.store.read("list_late", read).await;
    let (rows, names) = found?;
    page(&LatePage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::LateTitle), &home::PAGE),
        groups: lines(visitor.reader(), &rows, &names),
    })
}
