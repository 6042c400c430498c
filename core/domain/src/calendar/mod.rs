//! The working days of China: one document of the State Council a year says which days are off, and which
//! weekend days are worked instead.

mod deadline;
mod difference;
mod shipped;
mod working;
mod year;

pub use deadline::{FILING_WORKING_DAYS, FilingDeadline};
pub use difference::ChangedDay;
pub use working::{Calendar, Counted, WorkingDay};
pub use year::{SpecialDay, Year, YearError};
