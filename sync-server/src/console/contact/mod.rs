//! The contacts of owners and their portal accounts.

mod form;
mod list;
mod show;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/contacts", get(list::list).post(form::create))
            .route("/contacts/new", get(form::new))
            .route("/contacts/{contact}", get(show::show).post(form::change))
            .route("/contacts/{contact}/edit", get(form::edit))
            .route("/contacts/{contact}/delete", get(up::<1>).post(show::delete))
            .route("/contacts/{contact}/password", get(up::<1>).post(show::renew))
    },
    entry: None,
    done: &[
        ("create_contact", T::ContactDoneMade),
        ("change_contact", T::ContactDoneChanged),
        ("delete_contact", T::ContactDoneDeleted),
    ],
};
