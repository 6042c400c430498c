//! Requests to pause a month of a project: the list with the form that asks, and the forms that take one back (R-320 to
//!

mod change;
mod file;
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
            .route("/projects/{project}/pauses", with_files(get(show::show).post(change::ask)))
            .route("/projects/{project}/pauses/{pause}/withdraw", get(up::<2>).post(change::withdraw))
            .route("/projects/{project}/pauses/{pause}/files/{file}", get(file::file))
    },
    entry: None,
    done: &[("ask_pause", T::PauseDoneAsked), ("withdraw_pause", T::PauseDoneWithdrawn)],
};
