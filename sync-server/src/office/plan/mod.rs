//! Plans: made one by one or many at once, issued and taken back, deleted; items dated and placed, left out and taken in again.

mod choose;
pub mod create;
pub mod delete;
pub mod ignore;
pub mod issue;
mod keep;
mod name;
pub mod next;
mod pass_on;
pub mod recall;
pub mod schedule;
mod share;
pub mod year;

pub use create::{Create, create};
pub use delete::{Delete, delete};
pub use ignore::{Ignore, IgnoreError, ignore, restore};
pub use issue::{Issue, issue};
pub use name::plan_name;
pub use next::{NextError, PlanNext, Planned, plan_next, request_of};
pub(in crate::office) use pass_on::pass_on;
pub use recall::{Recall, recall};
pub use schedule::{Schedule, schedule};
pub use year::{PlanYear, YearError, YearPlanned, plan_year};
