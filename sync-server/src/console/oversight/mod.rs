//! What the fire service looks at: reports in time as figures with their lists, the projects, and the sample of each week
//!

mod months;
mod projects;
mod sample;
mod statistics;

use super::{
    pages::{Entry, Page, Readers},
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Relation, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/oversight", get(statistics::show))
            .route("/oversight/months", get(months::show))
            .route("/oversight/projects", get(projects::show))
            .route("/samples", get(sample::latest))
            .route("/samples/{week}", get(sample::show).post(sample::draw))
    },
    entry: Some(Entry {
        href: "/oversight",
        text: T::OversightTitle,
        icon: "M4 20V10M10 20V4M16 20v-7M21 20H3",
        readers: Readers::Authority,
    }),
    done: &[("draw_sample", T::OversightDoneDrawn)],
};

/// Whether this visitor oversees firms.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::DecidePause, &Subject::of(visitor.member.org.id(), &[Relation::Jurisdiction]))
}
