//! The faults of a project in its two lists: the hazard summary of its filed reports, and the repair records of
//! a period. Each is a page, a file and a PDF.

mod columns;
mod list;
mod pdf;

use super::pages::Page;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/hazards", get(list::hazards))
            .route("/hazards/pdf", get(pdf::hazards))
            .route("/repair-records", get(list::repairs))
            .route("/repair-records/pdf", get(pdf::repairs))
    },
    entry: None,
    done: &[],
};
