//! Instants as the pages draw them.

pub(super) use firebee_protocol::text::when::{date, instant, minutes, month, sureness};

use super::part::When;
use chrono::NaiveDate;
use firebee_domain::time::Timestamp;
use firebee_protocol::text::{Language, when as told};

/// An instant, seen from `now`: "today 14:02".
pub(super) fn when(language: Language, now: Timestamp, at: Timestamp) -> When {
    told::when(language, now, at).into()
}

/// Whether a deadline is near: "3 days left".
pub(super) fn days_left(language: Language, today: NaiveDate, last: NaiveDate) -> String {
    told::left(language, today, last).text
}
