//! Ids, instants and days: each crosses one way, declared once. `uniffi.toml` gives days and decimals their foreign types;
//! those of the ids are written from the domain's list.

use crate::error::{Action, ClientError};
use firebee_domain::{
    geofence::Position,
    id::Hash,
    measure::Decimal,
    time::{Month, Timestamp},
};
use firebee_protocol::text::Language;
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

// Under other names than the domain's: Swift's Foundation has a `Decimal`, Kotlin's library a `Month` of no year.

/// A day in UTC+8.
pub type Day = chrono::NaiveDate;
/// A month of one year.
pub type CalendarMonth = Month;
/// A number as it was typed, exactly.
pub type DecimalNumber = Decimal;
/// The hash of what a submission lists.
pub type ManifestHash = Hash;

text_types! {
    /// A day in UTC+8.
    Day,
    /// A month of one year.
    CalendarMonth,
    /// A number as it was typed, exactly.
    DecimalNumber,
    /// The hash of what a submission lists.
    ManifestHash,
}

fn malformed() -> ClientError {
    ClientError::of("id_malformed", Action::Fix, Language::default())
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

/// A point in 10^-6 degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LatLon {
    /// Latitude in 10^-6 degree, north positive.
    pub lat_e6: i32,
    /// Longitude in 10^-6 degree, east positive.
    pub lon_e6: i32,
}

uniffi::custom_type!(Position, LatLon, {
    remote,
    lower: |position| LatLon { lat_e6: position.lat_e6(), lon_e6: position.lon_e6() },
    try_lift: |point| Ok(Position::new(point.lat_e6, point.lon_e6).map_err(|_| ClientError::of("location_out_of_range", Action::Fix, Language::default()))?),
});
