//! Contracts: the list, one, the forms that make, change and end it, its files.

mod change;
mod end;
mod file;
mod form;
mod list;
mod show;
mod text;

use super::{
    pages::Page,
    posted::{up, with_files},
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Subject};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/contracts", with_files(get(list::list).post(form::create)))
            .route("/contracts/new", get(form::new))
            .route("/contracts/{contract}", with_files(get(show::show).post(change::change)))
            .route("/contracts/{contract}/edit", get(change::edit))
            .route("/contracts/{contract}/end", get(up::<1>).post(end::end))
            .route("/contracts/{contract}/text", get(text::text))
            .route("/contracts/{contract}/text/pdf", get(text::pdf))
            .route("/contracts/{contract}/files/{file}", get(file::file))
    },
    entry: None,
    done: &[
        ("create_contract", T::ContractDoneMade),
        ("change_contract", T::ContractDoneChanged),
        ("end_contract", T::ContractDoneEnded),
    ],
};

/// Whether this visitor makes and changes contracts.
fn may_edit(visitor: &Visitor) -> bool {
    visitor.may(Action::CreateContract, &Subject::of(visitor.member.org.id(), &[]))
}
