//! What connected fire systems told: the list, and the forms that make a repair request or a supplementary
//! test of an event. Nothing is
//! controlled from here.

mod list;
mod order;
mod turn;

use super::pages::Page;
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/monitoring", get(list::list))
            .route("/monitoring/{event}/test", get(order::form).post(order::order))
            .route("/monitoring/{event}/repair", get(turn::form).post(turn::turn))
    },
    entry: None,
    done: &[("turn_event", T::RepairDoneAsked), ("order_test", T::MonitoringDoneOrdered)],
};
