//! The notice of a building: who maintains it, when that was done last, and where to call. It says what stands
//! on the day on which it is printed, so it is made anew each time and kept nowhere.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The edition of this shape.
pub const NOTICE_EDITION: u16 = 1;

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// [`NOTICE_EDITION`] when it was made.
    pub edition: u16,
    /// The project.
    pub project: String,
    /// Where it is.
    pub address: String,
    /// The owner.
    pub owner: String,
    /// The firm.
    pub organisation: String,
    /// The lead.
    pub lead: String,
    /// The phone of the firm's service; empty where nobody said it: then there is room to write it.
    pub service_phone: String,
    /// The day of the last maintenance, once there was one.
    pub maintained_on: Option<NaiveDate>,
    /// The day on which it is printed.
    pub printed_on: NaiveDate,
    /// The address by which anybody calls for a repair; `None` where it is closed.
    pub call_at: Option<String>,
    /// Whether it is of a project for training.
    pub training: bool,
}
