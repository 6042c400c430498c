//! What the fire service found on site, or in a sampled task: the list, the form that records, and one record with its files
//!

mod list;
mod new;
mod show;

use super::{pages::Page, posted::with_files};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/checks", get(list::list))
            .route("/projects/{project}/checks/new", with_files(get(new::new).post(new::record)))
            .route("/projects/{project}/checks/{check}", get(show::show))
            .route("/projects/{project}/checks/{check}/files/{file}", get(show::file))
    },
    entry: None,
    done: &[("record_check", T::CheckDone)],
};
