//! Applications to change the personnel list (R-018…R-024): the list, one, its printed form, and the forms that draw it up,
//! send it, throw it away and decide it.

mod decide;
mod discard;
mod files;
mod list;
mod new;
mod print;
mod send;
mod show;

pub(super) use new::{certificate_fields, typed_certificate};

use super::{
    account,
    pages::{Entry, Page, Readers},
    posted::{up, with_files},
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/personnel-changes", get(list::list))
            .route("/personnel-changes/new", get(new::choose))
            .route("/personnel-changes/new/{kind}", get(new::new).post(new::draw_up))
            .route("/personnel-changes/{change}", get(show::show))
            .route("/personnel-changes/{change}/form", get(print::print))
            .route("/personnel-changes/{change}/send", with_files(get(up::<1>).post(send::send)))
            .route("/personnel-changes/{change}/discard", get(up::<1>).post(discard::discard))
            .route("/personnel-changes/{change}/decide", get(up::<1>).post(decide::decide))
            .route("/personnel-changes/{change}/files/{file}", get(files::file))
    },
    entry: Some(Entry {
        href: "/personnel-changes",
        text: T::PersonnelChangeTitle,
        icon: "M9 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 20c1-4 4-5.500 7-5.500M15 12l2 2 4-4M15 18h6",
        readers: Readers::Authority,
    }),
    done: &[
        ("draw_up_personnel_change", T::PersonnelChangeDoneDrawn),
        ("send_personnel_change", T::PersonnelChangeDoneSent),
        ("discard_personnel_change", T::PersonnelChangeDoneDiscarded),
        ("decide_personnel_change.approved", T::PersonnelChangeDoneApproved),
        ("decide_personnel_change.rejected", T::PersonnelChangeDoneRejected),
    ],
};

/// The place in the navigation that its pages mark: the fire service has one for them, a firm finds them behind its account.
fn place(visitor: &Visitor) -> &'static Page {
    if visitor.member.actor.role.is_staff() { &account::PAGE } else { &PAGE }
}
