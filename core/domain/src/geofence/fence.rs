//! A circle around a project's location, and whether a position lies in it.

use super::{GeofenceError, Location, Position};
use crate::track::Fix;
use serde::{Deserialize, Serialize};

/// The radius of a fence that nobody set, in metres.
pub const RADIUS_M_DEFAULT: u32 = 200;
/// The least radius, in metres: the doubt of a fix between houses is not much less.
pub const RADIUS_M_MIN: u32 = 50;
/// The largest radius, in metres: up to here distances are good to half a metre.
pub const RADIUS_M_MAX: u32 = 10_000;

/// The fence of a project: a circle around its location, made when the location is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Geofence {
    center: Location,
    radius_m: u32,
}

#[derive(Deserialize)]
struct Unchecked {
    center: Location,
    radius_m: u32,
}

impl TryFrom<Unchecked> for Geofence {
    type Error = GeofenceError;
    fn try_from(raw: Unchecked) -> Result<Self, GeofenceError> {
        Self::new(raw.center, Some(raw.radius_m))
    }
}

impl Geofence {
    /// A fence of `radius_m` metres, [`RADIUS_M_DEFAULT`] if none is given.
    pub fn new(center: Location, radius_m: Option<u32>) -> Result<Self, GeofenceError> {
        let radius_m = radius_m.unwrap_or(RADIUS_M_DEFAULT);
        if (RADIUS_M_MIN..=RADIUS_M_MAX).contains(&radius_m) {
            Ok(Self { center, radius_m })
        } else {
            Err(GeofenceError::RadiusOutOfRange)
        }
    }
    /// Its centre, as entered and converted.
    pub const fn center(&self) -> Location {
        self.center
    }
    /// Its radius in metres.
    pub const fn radius_m(&self) -> u32 {
        self.radius_m
    }
    /// The fence prepared for many look-ups.
    pub fn area(&self) -> Area {
        Area::new(self.center.wgs84, self.radius_m)
    }
    /// How far a WGS-84 place, in 10^-6 degree, lies beyond the rim, in metres; 0 inside.
    pub fn metres_beyond(&self, lat_e6: i32, lon_e6: i32) -> u32 {
        let center = self.center.wgs84;
        let lat_off = (i64::from(lat_e6) - i64::from(center.lat_e6())).abs();
        let away = metres(lat_e6, center.lat_e6(), lat_off, longitude_off_e6(lon_e6, center.lon_e6()));
        // A float beyond the range becomes its end.
        (away as u32).saturating_sub(self.radius_m)
    }
    /// Whether the position of a fix lies inside, the rim included. [`super::coverage()`] decides whether the fix
    /// counts.
    pub fn contains(&self, fix: &Fix) -> bool {
        self.area().contains(fix.lat_e6, fix.lon_e6)
    }
}

/// A fence prepared for many look-ups: two boxes answer nearly all of them without a root or a cosine.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    center: Position,
    radius_m: f64,
    /// Beyond this box a place is outside.
    outer: HalfBox,
    /// Within this one it is inside.
    inner: HalfBox,
}

#[derive(Clone, Copy, Debug)]
struct HalfBox {
    lat_e6: i64,
    lon_e6: i64,
}

impl Area {
    fn new(center: Position, radius_m: u32) -> Self {
        let radius_m = f64::from(radius_m);
        let half_box = |half_m: f64| {
            let metres = MetresPerE6::at(center.lat_e6());
            HalfBox { lat_e6: (half_m / metres.lat) as i64, lon_e6: (half_m / metres.lon.max(1e-9)) as i64 }
        };
        // Degrees shrink by less than a hundredth within 10 km below 80 degrees of latitude; beyond, the boxes are
        // not used.
        let polar = center.lat_e6().unsigned_abs() > 80_000_000;
        let everything = HalfBox { lat_e6: i64::MAX, lon_e6: i64::MAX };
        let nothing = HalfBox { lat_e6: -1, lon_e6: -1 };
        let outer = if polar { everything } else { half_box(radius_m * 1.02) };
        let inner = if polar { nothing } else { half_box(radius_m * std::f64::consts::FRAC_1_SQRT_2 * 0.98) };
        Self { center, radius_m, outer, inner }
    }

    /// Whether a WGS-84 place, in 10^-6 degree, lies inside, the rim included.
    pub fn contains(&self, lat_e6: i32, lon_e6: i32) -> bool {
        let lat_off = (i64::from(lat_e6) - i64::from(self.center.lat_e6())).abs();
        let lon_off = longitude_off_e6(lon_e6, self.center.lon_e6());
        if lat_off > self.outer.lat_e6 || lon_off > self.outer.lon_e6 {
            false
        } else if lat_off <= self.inner.lat_e6 && lon_off <= self.inner.lon_e6 {
            true
        } else {
            metres(lat_e6, self.center.lat_e6(), lat_off, lon_off) <= self.radius_m
        }
    }
}

impl Position {
    /// The distance to another place in metres, both WGS-84; good to half a metre at 10 km below 60 degrees of latitude.
    pub fn distance_m(self, other: Self) -> f64 {
        let lat_off = (i64::from(self.lat_e6()) - i64::from(other.lat_e6())).abs();
        metres(self.lat_e6(), other.lat_e6(), lat_off, longitude_off_e6(self.lon_e6(), other.lon_e6()))
    }
}

/// The shorter way round.
fn longitude_off_e6(one: i32, other: i32) -> i64 {
    let off = (i64::from(one) - i64::from(other)).abs();
    off.min(360_000_000 - off)
}

/// On the plane that touches the ellipsoid half-way between the two latitudes.
fn metres(lat_e6: i32, other_lat_e6: i32, lat_off: i64, lon_off: i64) -> f64 {
    let half_way = MetresPerE6::at(lat_e6.midpoint(other_lat_e6));
    (lat_off as f64 * half_way.lat).hypot(lon_off as f64 * half_way.lon)
}

/// How many metres 10^-6 degree is.
struct MetresPerE6 {
    lat: f64,
    lon: f64,
}

const WGS84_AXIS_M: f64 = 6_378_137.0;
const WGS84_ECCENTRICITY_2: f64 = 0.006_694_379_990_141_316;

impl MetresPerE6 {
    fn at(lat_e6: i32) -> Self {
        let (sin, cos) = (f64::from(lat_e6) / 1e6).to_radians().sin_cos();
        let flattening = 1.0 - WGS84_ECCENTRICITY_2 * sin * sin;
        let normal_m = WGS84_AXIS_M / flattening.sqrt();
        let meridian_m = normal_m * (1.0 - WGS84_ECCENTRICITY_2) / flattening;
        let radians = 1e-6_f64.to_radians();
        Self { lat: meridian_m * radians, lon: normal_m * cos * radians }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Datum, *};
    use crate::code::Code;
    use geo::{Destination, Distance, Geodesic, Point};
    use proptest::prelude::*;

    fn position(lat_e6: i32, lon_e6: i32) -> Position {
        Position::new(lat_e6, lon_e6).unwrap()
    }
    fn point(at: Position) -> Point {
        Point::new(f64::from(at.lon_e6()) / 1e6, f64::from(at.lat_e6()) / 1e6)
    }
    fn fence(at: Position, radius_m: Option<u32>) -> Result<Geofence, GeofenceError> {
        Geofence::new(Location::new(Datum::Wgs84, at), radius_m)
    }

    /// the radius is 200 m unless set, and never below 50 m.
    #[test]
    fn a_fence_is_200_m_unless_set_and_never_below_50() {
        let at = position(31_230_000, 121_470_000);
        assert_eq!(fence(at, None).map(|fence| fence.radius_m()), Ok(200));
        assert_eq!(fence(at, Some(50)).map(|fence| fence.radius_m()), Ok(50));
        assert_eq!(fence(at, Some(49)), Err(GeofenceError::RadiusOutOfRange));
        assert_eq!(fence(at, Some(10_001)), Err(GeofenceError::RadiusOutOfRange));
        assert_eq!(GeofenceError::RadiusOutOfRange.code(), Code::FenceRadiusOutOfRange);
        let json = serde_json::to_string(&fence(at, Some(50)).unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Geofence>(&json).ok(), fence(at, Some(50)).ok());
        assert!(serde_json::from_str::<Geofence>(&json.replace("50}", "49}")).is_err());
    }

    /// a location marked on a Chinese map fences the true place, not the shifted one.
    #[test]
    fn a_location_from_a_chinese_map_fences_the_true_place() {
        let true_place = position(31_230_000, 121_470_000);
        let marked = true_place.from_wgs84(Datum::Gcj02);
        let fence = Geofence::new(Location::new(Datum::Gcj02, marked), Some(50)).unwrap();
        assert!(fence.area().contains(true_place.lat_e6(), true_place.lon_e6()));
        assert!(!fence.area().contains(marked.lat_e6(), marked.lon_e6()));
    }

    #[test]
    fn a_fence_reaches_across_the_date_line() {
        let area = fence(position(0, 179_999_900), None).unwrap().area();
        assert!(area.contains(0, -179_999_900));
        assert!(!area.contains(0, -179_990_000));
    }

    proptest! {
        #[test]
        fn distances_are_good_to_half_a_metre_at_10_km(
            lat_e6 in -60_000_000..60_000_000, lon_e6 in -180_000_000..=180_000_000,
            bearing in 0.0..360.0, away_m in 0.0..10_000.0,
        ) {
            let from = position(lat_e6, lon_e6);
            let there = Geodesic.destination(point(from), bearing, away_m);
            let to = position((there.y() * 1e6).round() as i32, (there.x() * 1e6).round() as i32);
            let exact_m = Geodesic.distance(point(from), point(to));
            prop_assert!((from.distance_m(to) - exact_m).abs() < 0.5);
        }

        #[test]
        fn the_boxes_only_shorten_the_way_to_the_same_answer(
            lat_e6 in -90_000_000..=90_000_000, lon_e6 in -180_000_000..=180_000_000, radius_m in 50_u32..=10_000,
            bearing in 0.0..360.0, share in 0.0..1.6,
        ) {
            let center = position(lat_e6, lon_e6);
            let there = Geodesic.destination(point(center), bearing, share * f64::from(radius_m));
            let place = position((there.y() * 1e6).round() as i32, (there.x() * 1e6).round() as i32);
            let inside = Area::new(center, radius_m).contains(place.lat_e6(), place.lon_e6());
            prop_assert_eq!(inside, center.distance_m(place) <= f64::from(radius_m));
        }
    }
}
