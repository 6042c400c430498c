//! The verdict of a task's track against its project's fence.

mod judge;
mod tracks;

pub use judge::{judge_coverage, unjudged};
pub use tracks::Tracks;
