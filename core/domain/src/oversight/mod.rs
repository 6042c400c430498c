//! What the fire service looks at: whether reports came in time, a sample of every week, and what was found on site.

mod check;
mod sample;
mod standing;

pub use check::{Check, CheckError, CheckOutcome, FoundOnSite, check};
pub use sample::{SAMPLE_TASKS, Week, WeekError, draw};
pub use standing::{MonthStanding, Standing, Tally, standings};
