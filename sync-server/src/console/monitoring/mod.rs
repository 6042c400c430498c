//! What connected fire systems told, read only.

mod list;

use super::pages::Page;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route("/monitoring", get(list::list)), entry: None, done: &[] };
