//! Fences around projects: a marked location makes a fence, and a track is compared with it.
//!
//! Being outside is a flag, never a reason to refuse.

mod coverage;
mod datum;
mod fence;
mod fences;
mod jump;
mod silence;

use crate::code::Code;
pub use coverage::{
    Coverage, CoverageVerdict, DayCoverage, Gap, Interval, Side, Thresholds, coverage, sides, task_time,
};
pub use datum::{Datum, Location, Position};
pub use fence::{Area, Geofence, RADIUS_M_DEFAULT, RADIUS_M_MAX, RADIUS_M_MIN};
pub use fences::{Areas, Fences};
pub use jump::Jump;

/// Why a location or a fence is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeofenceError {
    /// The latitude is beyond 90 or the longitude beyond 180 degrees.
    #[error("the location is not on the earth")]
    LocationOutOfRange,
    /// The radius is below 50 m or above 10 km.
    #[error("the radius is not between 50 m and 10 km")]
    RadiusOutOfRange,
}

impl GeofenceError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::LocationOutOfRange => Code::LocationOutOfRange,
            Self::RadiusOutOfRange => Code::FenceRadiusOutOfRange,
        }
    }
}
