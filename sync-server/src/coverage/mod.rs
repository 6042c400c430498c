//! The verdict of a task's track against its project's fence.

mod judge;

pub use judge::{judge_coverage, unjudged};
