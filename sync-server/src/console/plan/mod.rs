//! Plans: made, shown, issued and taken back, deleted; items dated, left out.

mod change;
mod delete;
mod list;
mod new;
mod show;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/projects/{project}/plans/new", get(new::new))
            .route("/projects/{project}/plans", get(new::to_form).post(new::create))
            .route("/plans", get(list::list))
            .route("/plans/{plan}", get(show::show))
            .route("/plans/{plan}/issue", get(up::<1>).post(change::issue))
            .route("/plans/{plan}/ignore", get(up::<1>).post(change::ignore))
            .route("/plans/{plan}/restore", get(up::<1>).post(change::restore))
            .route("/plans/{plan}/recall", get(up::<1>).post(change::recall))
            .route("/plans/{plan}/schedule", get(up::<1>).post(change::schedule))
            .route("/projects/{project}/plans/{plan}/delete", get(up::<3>).post(delete::delete))
    },
    entry: None,
    done: &[
        ("create_plan", T::PlanDoneMade),
        ("issue_plan", T::PlanDoneIssued),
        ("ignore_items", T::PlanDoneIgnored),
        ("restore_items", T::PlanDoneRestored),
        ("recall_items", T::PlanDoneRecalled),
        ("schedule_items", T::PlanDoneScheduled),
        ("delete_plan", T::PlanDoneDeleted),
    ],
};
