//! Owners: the list, one, the forms that make, change and delete it.

mod delete;
mod form;
mod list;
mod show;

use super::{pages::Page, posted::up, visitor::Visitor};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/owners", get(list::list).post(form::create))
            .route("/owners/new", get(form::new))
            .route("/owners/{owner}", get(show::show).post(form::change))
            .route("/owners/{owner}/edit", get(form::edit))
            .route("/owners/{owner}/delete", get(up::<1>).post(delete::delete))
    },
    entry: None,
    done: &[
        ("create_owner", T::OwnerDoneMade),
        ("change_owner", T::OwnerDoneChanged),
        ("delete_owner", T::OwnerDoneDeleted),
    ],
};

/// Whether this visitor reads the firm's owners, contacts and contracts.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ReadOwner, &Subject::of(visitor.member.org.id(), &[]))
}

/// Whether this visitor changes them.
pub(super) fn may_edit(visitor: &Visitor) -> bool {
    visitor.may(Action::CreateOwner, &Subject::of(visitor.member.org.id(), &[]))
}
