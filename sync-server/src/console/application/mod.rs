//! First applications of firms as the corps sees them: the list, the form that opens one, and one with
//! its papers and the answer.

mod answer;
mod list;
mod open;
mod show;

use super::{
    pages::{Entry, Page, Readers},
    posted::up,
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Relation, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/applications", get(list::list).post(open::open))
            .route("/applications/{application}", get(show::show))
            .route("/applications/{application}/answer", get(up::<1>).post(answer::answer))
            .route("/applications/{application}/files/{file}", get(show::file))
    },
    entry: Some(Entry {
        href: "/applications",
        text: T::ApplicationTitle,
        icon: "M6 3h9l4 4v14H6zM9 12h7M9 16h7",
        readers: Readers::Authority,
    }),
    done: &[("answer_application.returned", T::ApplicationDoneReturned)],
};

/// Whether this visitor decides applications.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::DecideApplication, &Subject::of(visitor.member.org.id(), &[Relation::Jurisdiction]))
}
