//! Dispatches, issued and given to other team leads from the console.

pub mod issue;
mod pass_on;
pub mod reassign;

pub use issue::{Issue, issue};
pub(super) use pass_on::pass_on;
pub use reassign::{Reassign, reassign};
