//! What an owner's contact sees: its buildings, and the pages of projects, plans and faults as they are
//! meant for owners. The addresses are those of the firm's pages, so that a link can be passed on.

mod fault;
mod file;
mod home;
mod plan;
mod project;

pub(super) use fault::fault;
pub(super) use home::home;
pub(super) use plan::plan;
pub(super) use project::project;

use super::{pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    office::look::note,
    query::look::{Looked, has_looked},
    state::App,
    store::{StoreError, Tx},
};
use axum::{Router, routing::get};
use firebee_domain::account::Role;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/faults/{fault}/photos/{photo}/{size}", get(file::photo))
            .route("/faults/{fault}/files/{file}", get(file::file))
    },
    entry: None,
    done: &[],
};

/// Whether these pages are meant for the visitor: a contact of an owner.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.member.actor.role == Role::OwnerContact
}

/// notes that a contact looks at something, if it never did before. Nobody else's look is noted.
pub(super) async fn look(app: &App, visitor: &Visitor, looked: Looked) -> Result<(), Refusal> {
    if !is_for(visitor) {
        return Ok(());
    }
    let (org, account) = (visitor.member.org, visitor.member.actor.account);
    let read = async move |tx: &mut Tx| has_looked(tx, org, account, looked).await;
    let known: Result<bool, StoreError> = app.store.read("find_look", read).await;
    if !known? {
        note(&app.store, (org, account), looked, visitor.now).await?;
    }
    Ok(())
}
