//! The interface of phones and programs as a page: what `/v1/openapi.json` says, with a line of curl for each operation. It
//! is public, as that document is, and needs no script.

mod curl;
mod document;
mod line;
mod show;

use super::pages::Page;
use axum::{Router, routing::get};
pub(super) use document::Document;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/api", get(show::show)), entry: None, done: &[] };
