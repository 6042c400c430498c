//! One task's facts that one phone sent and that do not count, and the form that decides on them.

use crate::{
    console::{
        frame::Frame,
        home, page,
        part::{Alert, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{self, undecided::UndecidedGroup},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::undecided::{UndecidedFactLine, UndecidedLine, facts, line},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    id::{AccountId, StoreId, TaskId},
    text::TEXT_MAX,
};
use firebee_protocol::text::say;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "undecided/show.html")]
pub(super) struct GroupPage {
    f: Frame,
    v: UndecidedLine,
    facts: Vec<UndecidedFactLine>,
    alert: Option<Alert>,
    /// What was typed before a refusal.
    reason: String,
    hidden: Hidden,
}

/// A group with the names of its firm's accounts.
pub(super) struct Found {
    pub(super) group: UndecidedGroup,
    names: HashMap<AccountId, String>,
}

/// The page. A group that nothing waits of any more leads to the others.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((store, task)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &store, &task).await?;
    page(&made(&app, &visitor, &found, String::new(), None)?)
}

/// Finds the group of an address, if this visitor decides on it.
pub(super) async fn find(app: &App, visitor: &Visitor, store: &str, task: &str) -> Result<Found, Refusal> {
    let store: StoreId = store.parse().map_err(|_| Refusal::NotFound)?;
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        Ok((query::undecided::group(tx, org, &actor, (store, task)).await?, query::member::names(tx, org).await?))
    };
    let found: Result<(Option<UndecidedGroup>, _), StoreError> = app.store.read("read_undecided", read).await;
    let (group, names) = found?;
    Ok(Found { group: group.ok_or(Refusal::NotFound)?, names })
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    reason: String,
    alert: Option<Alert>,
) -> Result<GroupPage, Refusal> {
    let reader = visitor.reader();
    Ok(GroupPage {
        f: Frame::new(app, visitor, say(visitor.language, T::UndecidedTitle), &home::PAGE),
        facts: facts(reader, &found.group),
        v: line(reader, &found.group.row, &found.names),
        alert,
        reason,
        hidden: visitor.hidden()?,
    })
}
