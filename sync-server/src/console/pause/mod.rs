//! Requests to pause a month: those of a project with the form that asks, the forms that take one back, and for the fire
//! service the list of all and the form that decides.

mod change;
mod file;
mod list;
mod one;
mod show;

use super::{
    pages::Page,
    posted::{up, with_files},
};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/pauses", get(list::list))
            .route("/projects/{project}/pauses", with_files(get(show::show).post(change::ask)))
            .route("/projects/{project}/pauses/{pause}", get(one::one).post(one::decide))
            .route("/projects/{project}/pauses/{pause}/withdraw", get(up::<2>).post(change::withdraw))
            .route("/projects/{project}/pauses/{pause}/files/{file}", get(file::file))
    },
    entry: None,
    done: &[
        ("ask_pause", T::PauseDoneAsked),
        ("withdraw_pause", T::PauseDoneWithdrawn),
        ("decide_pause.approved", T::PauseDoneApproved),
        ("decide_pause.rejected", T::PauseDoneRejected),
    ],
};
