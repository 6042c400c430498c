//! The notice of a building, and the address on it by which anybody calls for a repair: for the firm's office,
//! the project's lead and the owner's contacts.

mod door;
mod pdf;
mod show;

use super::{pages::Page, posted::up, visitor::Visitor};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/projects/{project}/notice", get(show::show))
            .route("/projects/{project}/notice/pdf", get(pdf::pdf))
            .route("/projects/{project}/notice/open", get(up::<1>).post(door::open))
            .route("/projects/{project}/notice/close", get(up::<1>).post(door::close))
    },
    entry: None,
    done: &[("open_repair_door", T::NoticeDoneOpened), ("close_repair_door", T::NoticeDoneClosed)],
};

/// Whether the visitor keeps the notice of a project.
pub(super) fn keeps(visitor: &Visitor, subject: &Subject) -> bool {
    visitor.may(Action::KeepNotice, subject)
}
