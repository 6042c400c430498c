//! Ids, instants and months: each crosses one way, declared once. `uniffi.toml` gives months their foreign types; those of
//! the ids are written from the domain's list.

use crate::error::ClientError;
use firebee_domain::{
    code::Code,
    time::{Month, Timestamp},
};
use firebee_protocol::{problem::CodeWord, text::Language};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

macro_rules! text_types { ($($(#[$doc:meta])* $name:ident,)*) => { $(
    uniffi::custom_type!($(#[$doc])* $name, String, {
        remote,
        lower: |value| value.to_string(),
        try_lift: |text| Ok(text.parse::<$name>().map_err(|_| malformed())?),
    });
)* }; }

macro_rules! ids { (
    uuid { $($(#[$uuid_doc:meta])* $uuid:ident,)* }
    content { $($(#[$content_doc:meta])* $content:ident,)* }
) => {
    use firebee_domain::id::{$($uuid,)* $($content,)*};
    text_types! { $($(#[$uuid_doc])* $uuid,)* $($(#[$content_doc])* $content,)* }
}; }

firebee_domain::each_id!(ids);

// Under another name than the domain's: Kotlin's library has a `Month` of no year.

/// A month of one year.
pub type CalendarMonth = Month;

text_types! {
    /// A month of one year.
    CalendarMonth,
    /// A stable code, lower snake_case.
    CodeWord,
}

fn malformed() -> ClientError {
    ClientError::of(Code::IdMalformed, Language::default())
}

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    lower: |value| to_system(value),
    try_lift: |time| Ok(from_system(time)),
});

fn to_system(value: Timestamp) -> SystemTime {
    let distance = Duration::from_millis(value.0.unsigned_abs());
    let moved = if value.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    moved.unwrap_or(UNIX_EPOCH)
}

/// Cut to milliseconds: Python holds microseconds.
fn from_system(time: SystemTime) -> Timestamp {
    let (distance, after) = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (after, true),
        Err(before) => (before.duration(), false),
    };
    let ms = i64::try_from(distance.as_millis()).unwrap_or(i64::MAX);
    Timestamp(if after { ms } else { -ms })
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_protocol::text::problem_text;
    use uniffi::{Lift, Lower};

    /// What an app hands over as an id and is none never reaches the core.
    #[test]
    fn a_text_that_is_no_id_has_its_code() {
        let text = <String as Lower<crate::UniFfiTag>>::lower("not an id".to_owned());
        let refused = <TaskId as Lift<crate::UniFfiTag>>::try_lift(text).unwrap_err();
        let ClientError::Failed { code, text, .. } = refused.downcast().unwrap();
        assert_eq!(code, Code::IdMalformed);
        assert_eq!(text, problem_text(Code::IdMalformed, &[], Language::default()));
    }
}
