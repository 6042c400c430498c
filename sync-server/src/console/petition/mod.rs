//! What a firm asks the fire service for with papers: the list, the form that asks, the form to be printed, and one petition
//! with what it changes and the form that decides it.

mod file;
mod list;
mod new;
mod print;
mod show;

use super::{pages::Page, posted::with_files};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/petitions", get(list::list))
            .route("/projects/{project}/petitions/new/{kind}", with_files(get(new::new).post(new::ask)))
            .route("/projects/{project}/petitions/form", get(print::print))
            .route("/projects/{project}/petitions/{petition}", get(show::show).post(show::decide))
            .route("/projects/{project}/petitions/{petition}/files/{file}", get(file::file))
    },
    entry: None,
    done: &[
        ("ask_petition", T::PetitionDoneAsked),
        ("decide_petition.approved", T::PetitionDoneApproved),
        ("decide_petition.rejected", T::PetitionDoneRejected),
    ],
};
