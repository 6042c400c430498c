//! What was received and does not count: the groups that wait for a decision, one group with its facts, and the decision.

mod decide;
mod list;
mod show;

use super::{pages::Page, posted::up};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/undecided", get(list::list))
            .route("/undecided/{store}/{task}", get(show::show))
            .route("/undecided/{store}/{task}/decide", get(up::<1>).post(decide::decide))
    },
    entry: None,
    done: &[("decide_parked.adopted", T::UndecidedDoneAdopted), ("decide_parked.refused", T::UndecidedDoneRefused)],
};
