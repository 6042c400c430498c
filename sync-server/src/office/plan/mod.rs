//! Plans: made, issued, items left out and taken in again.

mod choose;
pub mod create;
pub mod ignore;
pub mod issue;
mod keep;
mod name;
mod share;

pub use create::{Create, create};
pub use ignore::{Ignore, IgnoreError, ignore, restore};
pub use issue::{Issue, issue};
pub use name::plan_name;
