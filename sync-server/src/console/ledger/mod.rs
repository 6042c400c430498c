//! The ledger of all projects by period, the coming plans of all of them at once, and the year's plan of one
//!

mod next;
mod show;
mod year;

use super::{pages, visitor::Visitor};
use crate::{
    query::page::{Page, Place, Wanted},
    text::Text as T,
};
use axum::{Router, routing::get};
use firebee_domain::{
    account::{Action, Relation, Subject},
    id::ProjectId,
};

/// What this folder gives to the console.
pub(super) static PAGE: pages::Page = pages::Page {
    routes: || {
        Router::new()
            .route("/ledger", get(show::show))
            .route("/ledger/next", get(next::show).post(next::issue))
            .route("/projects/{project}/years/{year}", get(year::show).post(year::make))
    },
    entry: None,
    done: &[("plan_next", T::LedgerDoneNext), ("plan_year", T::LedgerDoneYear)],
};

/// A page of rows that stand in the order of their list and begin behind the place of the page before.
fn cut<R, S>(mut rows: Vec<R>, wanted: &Wanted<S>, id: impl Fn(&R) -> ProjectId) -> Page<R> {
    if let Some(after) = &wanted.after {
        let at = rows.iter().position(|row| id(row).to_string() == after.id);
        rows.drain(..at.map_or(0, |at| at + 1));
    }
    let more = rows.len() > wanted.rows as usize;
    rows.truncate(wanted.rows as usize);
    let next = rows.last().filter(|_| more).map(|last| id(last).to_string());
    Page { next: next.map(|id| Place { key: id.clone(), id }), rows }
}

/// Whether this visitor makes and issues plans, at least those of own projects.
fn may_plan(visitor: &Visitor) -> bool {
    let own = Subject::of(visitor.member.org.id(), &[Relation::Lead]);
    visitor.may(Action::CreatePlan, &own) && visitor.may(Action::IssuePlan, &own)
}
