//! Plans: made, shown, issued, items left out.

mod change;
mod new;
mod show;

use super::pages::Page;
use crate::text::Text as T;
use axum::{
    Router,
    routing::{get, post},
};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/projects/{project}/plans/new", get(new::new))
            .route("/projects/{project}/plans", post(new::create))
            .route("/plans/{plan}", get(show::show))
            .route("/plans/{plan}/issue", post(change::issue))
            .route("/plans/{plan}/ignore", post(change::ignore))
            .route("/plans/{plan}/restore", post(change::restore))
    },
    entry: None,
    done: &[
        ("plan", T::PlanDoneMade),
        ("issued", T::PlanDoneIssued),
        ("ignored", T::PlanDoneIgnored),
        ("restored", T::PlanDoneRestored),
    ],
};
