//! The ledger of all projects by period, the coming plans of all of them at once, and the year's plan of one
//!

mod next;
mod show;
mod year;

use super::{pages::Page, visitor::Visitor};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Relation, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/ledger", get(show::show))
            .route("/ledger/next", get(next::show).post(next::issue))
            .route("/projects/{project}/years/{year}", get(year::show).post(year::make))
    },
    entry: None,
    done: &[("plan_next", T::LedgerDoneNext), ("plan_year", T::LedgerDoneYear)],
};

/// Whether this visitor makes and issues plans, at least those of own projects.
fn may_plan(visitor: &Visitor) -> bool {
    let own = Subject::of(visitor.member.org.id(), &[Relation::Lead]);
    visitor.may(Action::CreatePlan, &own) && visitor.may(Action::IssuePlan, &own)
}
