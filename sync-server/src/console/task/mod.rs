//! Tasks: the list, one with its evidence, the review and the handling of its faults.

mod answers;
mod change;
mod faults;
mod list;
mod photo;
mod pictures;
mod show;
mod standing;
mod times;
mod track;

pub(super) use change::{fault, review};
pub(super) use list::list;
pub(super) use photo::photo;
pub(super) use show::show;
