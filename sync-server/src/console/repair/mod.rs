//! Repair requests: the list, the form of an owner's contact, one with its next steps, its pictures.

mod file;
mod list;
mod new;
mod show;
mod step;

use super::{
    pages::{Entry, Page, Readers},
    posted::{up, with_files},
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Relation, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/repairs", with_files(get(list::list).post(new::ask)))
            .route("/repairs/new", get(new::new))
            .route("/repairs/{repair}", get(show::show))
            .route("/repairs/{repair}/photos/{number}", get(file::photo))
            .route("/repairs/{repair}/photos/{number}/small", get(file::small))
            .route("/repairs/{repair}/close", get(up::<1>).post(step::close))
            .route("/repairs/{repair}/pass-on", get(up::<1>).post(step::pass_on))
            .route("/repairs/{repair}/take-up", get(up::<1>).post(step::take_up))
    },
    entry: Some(Entry {
        href: "/repairs",
        text: T::RepairList,
        icon: "M14.500 6.500a4 4 0 0 0-5.200 5L4 16.800V20h3.200l5.300-5.300a4 4 0 0 0 5-5.200l-2.500 2.500-3-3z",
        readers: Readers::Owners,
    }),
    done: &[
        ("ask_repair", T::RepairDoneAsked),
        ("close_repair", T::RepairDoneClosed),
        ("pass_on_repair", T::RepairDonePassedOn),
        ("take_up_repair", T::RepairDoneTakenUp),
    ],
};

/// Whether the visitor asks for repairs: a contact of an owner.
fn asks(visitor: &Visitor) -> bool {
    visitor.may(Action::AskRepair, &Subject::of(visitor.member.org.id(), &[Relation::OwnerOfBuilding]))
}
