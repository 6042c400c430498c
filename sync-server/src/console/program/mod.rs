//! The tokens by which programs of the firm read: the list with the form that makes one, and one with its uses.

mod list;
mod make;
mod revoke;
mod show;

use super::{pages::Page, posted::up, visitor::Visitor};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/programs", get(list::list).post(make::make))
            .route("/programs/{token}", get(show::show))
            .route("/programs/{token}/revoke", get(up::<1>).post(revoke::revoke))
    },
    entry: None,
    done: &[("revoke_api_token", T::ProgramDoneRevoked)],
};

/// Whether this visitor keeps the firm's tokens.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ManagePrograms, &Subject::of(visitor.member.org.id(), &[]))
}
