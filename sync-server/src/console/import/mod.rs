//! Tables that the office brings: the template, what there is already, the upload, what would happen, and the batches that were
//! applied.

mod change;
mod export;
mod list;
mod new;
mod read;
mod show;
mod template;

use super::{
    pages::Page,
    posted::{up, with_files},
    visitor::Visitor,
};
use crate::text::Text as T;
use axum::{Router, routing::get};
use firebee_domain::{
    account::Subject,
    import::{BatchState, Kind},
};
use strum::VariantArray as _;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/imports", with_files(get(list::list).post(new::bring)))
            .route("/imports/new", get(new::new))
            .route("/imports/template", get(template::template))
            .route("/imports/rows", get(export::rows))
            .route("/imports/{batch}", get(show::show))
            .route("/imports/{batch}/errors", get(template::errors))
            .route("/imports/{batch}/apply", get(up::<1>).post(change::apply))
            .route("/imports/{batch}/undo", get(up::<1>).post(change::undo))
            .route("/imports/{batch}/discard", get(up::<1>).post(change::discard))
    },
    entry: None,
    done: &[],
};

/// Whether this visitor brings tables of a kind.
pub(super) fn may_bring(visitor: &Visitor, kind: Kind) -> bool {
    visitor.may(kind.action(), &Subject::of(visitor.member.org.id(), &[]))
}

/// Whether this visitor brings tables at all.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    Kind::VARIANTS.iter().any(|kind| may_bring(visitor, *kind))
}

/// Where a batch stands, in words.
const fn state(state: BatchState) -> T {
    match state {
        BatchState::Open => T::ImportOpen,
        BatchState::Begun => T::ImportBegun,
        BatchState::Applied => T::ImportApplied,
        BatchState::Undone => T::ImportUndone,
        BatchState::Discarded => T::ImportDiscarded,
    }
}
