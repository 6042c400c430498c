//! The faults after the report: each report with its counters, and what waits.

mod list;
mod waiting;

pub(super) use list::is_for as tracks;
pub(super) use waiting::is_for as handles;

use super::pages::Page;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/reports/faults", get(list::list)).route("/waiting", get(waiting::waiting)),
    entry: None,
    done: &[],
};
