//! Dispatches, issued and given to other team leads from the console.

pub mod issue;
pub mod reassign;

pub use issue::{Issue, issue};
pub use reassign::{Reassign, reassign};
