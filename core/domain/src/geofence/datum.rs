//! Locations in the three datums of Chinese maps, and their conversion to WGS-84.
//!
//! GCJ-02 shifts a position by 300 to 600 m, BD-09 by some more. Both are functions of the true position, so the
//! true one is found by moving a guess until its image is what was entered. Outside the rectangle in which GCJ-02 is
//! defined it is the identity.

use super::GeofenceError;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;
use strum::{EnumString, IntoStaticStr};

/// What coordinates refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Datum {
    /// What satellites give.
    Wgs84,
    /// What Chinese maps give (Amap, Tencent).
    Gcj02,
    /// What Baidu's maps give.
    Bd09,
}

/// A place on the earth in 10^-6 degree, in whatever datum its owner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Position {
    lat_e6: i32,
    lon_e6: i32,
}

#[derive(Deserialize)]
struct Unchecked {
    lat_e6: i32,
    lon_e6: i32,
}

impl TryFrom<Unchecked> for Position {
    type Error = GeofenceError;
    fn try_from(raw: Unchecked) -> Result<Self, GeofenceError> {
        Self::new(raw.lat_e6, raw.lon_e6)
    }
}

impl Position {
    /// The place, if latitude and longitude are on the earth; both in 10^-6 degree.
    pub const fn new(lat_e6: i32, lon_e6: i32) -> Result<Self, GeofenceError> {
        if lat_e6.unsigned_abs() > 90_000_000 || lon_e6.unsigned_abs() > 180_000_000 {
            Err(GeofenceError::LocationOutOfRange)
        } else {
            Ok(Self { lat_e6, lon_e6 })
        }
    }
    /// Latitude in 10^-6 degree.
    pub const fn lat_e6(self) -> i32 {
        self.lat_e6
    }
    /// Longitude in 10^-6 degree.
    pub const fn lon_e6(self) -> i32 {
        self.lon_e6
    }
    fn degrees(self) -> Degrees {
        Degrees { lat: f64::from(self.lat_e6) / 1e6, lon: f64::from(self.lon_e6) / 1e6 }
    }
    /// The nearest place that integers can name. A shift of some hundred metres across a pole or the date line stays
    /// on this side of it; GCJ-02 and BD-09 mean nothing there.
    fn nearest(degrees: Degrees) -> Self {
        let lat_e6 = (degrees.lat * 1e6).round().clamp(-90e6, 90e6) as i32;
        let lon_e6 = (degrees.lon * 1e6).round().clamp(-180e6, 180e6) as i32;
        Self { lat_e6, lon_e6 }
    }
    /// This WGS-84 place in another datum.
    pub fn from_wgs84(self, datum: Datum) -> Self {
        Self::nearest(image(self.degrees(), datum))
    }
    /// The WGS-84 place of this one, which is in `datum`; exact to the resolution of 11 cm within China.
    fn to_wgs84(self, datum: Datum) -> Self {
        if datum == Datum::Wgs84 { self } else { Self::nearest(preimage(self.degrees(), datum)) }
    }
}

/// A location as somebody entered it, and where that is. Both are kept: the conversion can be checked for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The datum it was entered in.
    pub datum: Datum,
    /// As entered.
    pub entered: Position,
    /// Converted to WGS-84.
    pub wgs84: Position,
}

impl Location {
    /// A location as entered, converted.
    pub fn new(datum: Datum, entered: Position) -> Self {
        Self { datum, entered, wgs84: entered.to_wgs84(datum) }
    }
}

#[derive(Clone, Copy)]
struct Degrees {
    lat: f64,
    lon: f64,
}

fn image(at: Degrees, datum: Datum) -> Degrees {
    match datum {
        Datum::Wgs84 => at,
        Datum::Gcj02 => gcj02(at),
        Datum::Bd09 => bd09(gcj02(at)),
    }
}

/// The most steps, so that the loop ends for certain. Six are enough: the shift varies by less than a hundredth of the
/// distance, so each step gains two digits.
const STEPS_MAX: u32 = 16;
const NEAR_DEGREES: f64 = 1e-9;

fn preimage(target: Degrees, datum: Datum) -> Degrees {
    let mut guess = target;
    for _ in 0..STEPS_MAX {
        let there = image(guess, datum);
        let (lat_off, lon_off) = (there.lat - target.lat, there.lon - target.lon);
        if lat_off.abs() < NEAR_DEGREES && lon_off.abs() < NEAR_DEGREES {
            break;
        }
        guess = Degrees { lat: guess.lat - lat_off, lon: guess.lon - lon_off };
    }
    guess
}

/// The ellipsoid of Krasovsky, which GCJ-02 is made with.
const KRASOVSKY_AXIS_M: f64 = 6_378_245.0;
const KRASOVSKY_ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;

/// WGS-84 → GCJ-02.
fn gcj02(at: Degrees) -> Degrees {
    if !(72.004..=137.8347).contains(&at.lon) || !(0.8293..=55.8271).contains(&at.lat) {
        return at;
    }
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let wave = |amplitudes: [f64; 2], turns: [f64; 2], value: f64| {
        let [first, second] = amplitudes;
        let [slow, slower] = turns;
        (first * (value * slow * PI).sin() + second * (value * slower * PI).sin()) * 2.0 / 3.0
    };
    let ripple = wave([20.0, 20.0], [6.0, 2.0], x);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripple
        + wave([20.0, 40.0], [1.0, 1.0 / 3.0], y)
        + wave([160.0, 320.0], [1.0 / 12.0, 1.0 / 30.0], y);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripple
        + wave([20.0, 40.0], [1.0, 1.0 / 3.0], x)
        + wave([150.0, 300.0], [1.0 / 12.0, 1.0 / 30.0], x);
    let (sin, cos) = at.lat.to_radians().sin_cos();
    let flattening = 1.0 - KRASOVSKY_ECCENTRICITY_2 * sin * sin;
    let meridian_m = KRASOVSKY_AXIS_M * (1.0 - KRASOVSKY_ECCENTRICITY_2) / (flattening * flattening.sqrt());
    let parallel_m = KRASOVSKY_AXIS_M / flattening.sqrt() * cos;
    Degrees { lat: at.lat + (north / meridian_m).to_degrees(), lon: at.lon + (east / parallel_m).to_degrees() }
}

/// GCJ-02 → BD-09.
fn bd09(at: Degrees) -> Degrees {
    let turn = PI * 3000.0 / 180.0;
    let radius = at.lon.hypot(at.lat) + 0.000_02 * (at.lat * turn).sin();
    let angle = at.lat.atan2(at.lon) + 0.000_003 * (at.lon * turn).cos();
    Degrees { lat: radius * angle.sin() + 0.006, lon: radius * angle.cos() + 0.0065 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position(lat_e6: i32, lon_e6: i32) -> Position {
        Position::new(lat_e6, lon_e6).unwrap()
    }

    /// The worked examples that the public descriptions of the two datums give, at Tiananmen.
    #[test]
    fn the_two_shifts_are_the_published_ones() {
        let at = Degrees { lat: 39.915, lon: 116.404 };
        let near =
            |there: Degrees, lat: f64, lon: f64| (there.lat - lat).abs() < 1e-9 && (there.lon - lon).abs() < 1e-9;
        assert!(near(gcj02(at), 39.916_404_281_501_64, 116.410_244_499_169_38));
        assert!(near(bd09(at), 39.921_336_993_510_21, 116.410_369_493_710_29));
    }

    /// R-095: the place on the map becomes the place on the ground, some 550 m away; both are kept.
    #[test]
    fn a_location_keeps_what_was_entered_and_where_that_is() {
        let true_place = position(39_907_333, 116_391_083);
        let entered = true_place.from_wgs84(Datum::Gcj02);
        assert!((500.0..600.0).contains(&true_place.distance_m(entered)));
        assert_eq!(Location::new(Datum::Gcj02, entered), Location { datum: Datum::Gcj02, entered, wgs84: true_place });
    }

    #[test]
    fn outside_china_gcj02_is_the_identity() {
        for (lat_e6, lon_e6) in [(51_500_000, -120_000), (-33_860_000, 151_210_000), (46_430_000, 13_740_000)] {
            let place = position(lat_e6, lon_e6);
            assert_eq!(place.to_wgs84(Datum::Gcj02), place);
            assert_eq!(place.from_wgs84(Datum::Gcj02), place);
            assert_eq!(place.to_wgs84(Datum::Wgs84), place);
        }
    }

    #[test]
    fn a_place_off_the_earth_is_refused_in_json_too() {
        assert_eq!(Position::new(90_000_001, 0), Err(GeofenceError::LocationOutOfRange));
        assert_eq!(Position::new(0, i32::MIN), Err(GeofenceError::LocationOutOfRange));
        assert!(serde_json::from_str::<Position>(r#"{"lat_e6":0,"lon_e6":180000001}"#).is_err());
        assert_eq!(serde_json::from_str::<Position>(r#"{"lat_e6":1,"lon_e6":-2}"#).ok(), Position::new(1, -2).ok());
    }

    proptest! {
        /// A location converts to WGS-84 and back within 1 m anywhere in China.
        #[test]
        fn a_location_in_china_round_trips_within_a_metre(lat_e6 in 3_800_000..53_600_000, lon_e6 in 73_400_000..135_100_000) {
            let place = position(lat_e6, lon_e6);
            for datum in [Datum::Gcj02, Datum::Bd09] {
                let back = place.from_wgs84(datum).to_wgs84(datum);
                prop_assert!(place.distance_m(back) < 1.0, "{datum:?} {back:?}");
                let again = place.to_wgs84(datum).from_wgs84(datum);
                prop_assert!(place.distance_m(again) < 1.0, "{datum:?} {again:?}");
            }
        }

        #[test]
        fn any_place_converts_to_a_place_on_the_earth(lat_e6 in -90_000_000..=90_000_000, lon_e6 in -180_000_000..=180_000_000) {
            for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
                let there = Location::new(datum, position(lat_e6, lon_e6)).wgs84;
                prop_assert!(Position::new(there.lat_e6, there.lon_e6).is_ok());
            }
        }
    }
}
