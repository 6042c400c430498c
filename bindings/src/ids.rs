//! Ids, instants and days: each crosses one way, declared once. `uniffi.toml` gives them their foreign types.

use crate::error::ClientError;
use chrono::NaiveDate;
use firebee_domain::{
    geofence::Position,
    id::{
        AccountId, BootId, BuildingId, ContentId, ContractId, EventId, FactId, FaultId, Hash, OrganisationId, OwnerId,
        PersonId, PlanId, PlanItemId, ProjectId, RegulatorUnitId, StoreId, TaskId,
    },
    measure::Decimal,
    time::{Month, Timestamp},
};
use firebee_protocol::problem::{Code, CodeWord};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

macro_rules! text_types { ($($name:ident),* $(,)?) => { $(
    uniffi::custom_type!($name, String, {
        remote,
        lower: |value| value.to_string(),
        try_lift: |text| Ok(text.parse::<$name>().map_err(|_| malformed())?),
    });
)* }; }

text_types! {
    AccountId, BootId, BuildingId, ContentId, ContractId, EventId, FactId, FaultId, Hash, OrganisationId, OwnerId, PersonId,
    PlanId, PlanItemId, ProjectId, RegulatorUnitId, StoreId, TaskId, Month, NaiveDate, Decimal, CodeWord,
}

fn malformed() -> ClientError {
    ClientError::of(Code::IdMalformed)
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
    try_lift: |point| Ok(Position::new(point.lat_e6, point.lon_e6).map_err(|_| ClientError::of(Code::LocationOutOfRange))?),
});
