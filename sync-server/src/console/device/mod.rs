//! The phones of a firm, and what they noted about themselves.

mod notes;
mod phones;

use super::pages::Page;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/devices", get(phones::list)).route("/devices/notes", get(notes::list)),
    entry: None,
    done: &[],
};
