//! Plans: made, shown, issued and taken back, deleted; items dated, left out.

mod change;
mod delete;
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
            .route("/plans/{plan}/recall", post(change::recall))
            .route("/plans/{plan}/schedule", post(change::schedule))
            .route("/projects/{project}/plans/{plan}/delete", post(delete::delete))
    },
    entry: None,
    done: &[
        ("plan", T::PlanDoneMade),
        ("issued", T::PlanDoneIssued),
        ("ignored", T::PlanDoneIgnored),
        ("restored", T::PlanDoneRestored),
        ("recalled", T::PlanDoneRecalled),
        ("scheduled", T::PlanDoneScheduled),
        ("deleted", T::PlanDoneDeleted),
    ],
};
