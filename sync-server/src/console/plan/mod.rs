//! Plans: made, shown, issued, items left out.

mod change;
mod new;
mod show;

pub(super) use change::{ignore, issue, restore};
pub(super) use new::{create, new};
pub(super) use show::show;
