//! Dispatches: the list, one with its log, issuing it, naming another team lead.

mod change;
mod file;
mod list;
mod show;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/dispatches", get(list::list))
            .route("/dispatches/{dispatch}", get(show::show))
            .route("/dispatches/{dispatch}/files/{file}", get(file::file))
            .route("/dispatches/{dispatch}/issue", get(up::<1>).post(change::issue))
            .route("/dispatches/{dispatch}/team-lead", get(up::<1>).post(change::reassign))
    },
    entry: None,
    done: &[("issue_dispatch", T::DispatchDoneIssued), ("reassign_dispatch", T::DispatchDoneReassigned)],
};
