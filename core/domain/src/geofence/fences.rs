//! All fences of a project: the buildings of a site may lie apart from each other.

use super::{Area, Geofence};

/// The fences of a project, at least one. A position is inside when it lies in any of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fences {
    first: Geofence,
    further: Vec<Geofence>,
}

impl Fences {
    /// These fences, the one around the marked location first; `None` without any.
    pub fn of(fences: impl IntoIterator<Item = Geofence>) -> Option<Self> {
        let mut all = fences.into_iter();
        let first = all.next()?;
        Some(Self { first, further: all.collect() })
    }

    /// The one around the marked location, if that is marked; else the first of the others.
    pub const fn first(&self) -> &Geofence {
        &self.first
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Geofence> {
        std::iter::once(&self.first).chain(&self.further)
    }

    /// The fences prepared for many look-ups.
    pub fn areas(&self) -> Areas {
        Areas(self.iter().map(Geofence::area).collect())
    }

    /// How far a WGS-84 place, in 10^-6 degree, lies beyond the nearest rim, in metres; 0 inside any fence.
    pub fn metres_beyond(&self, lat_e6: i32, lon_e6: i32) -> u32 {
        self.iter().map(|fence| fence.metres_beyond(lat_e6, lon_e6)).min().unwrap_or(0)
    }
}

impl From<Geofence> for Fences {
    fn from(first: Geofence) -> Self {
        Self { first, further: Vec::new() }
    }
}

/// Fences prepared for many look-ups.
#[derive(Clone, Debug)]
pub struct Areas(Vec<Area>);

impl Areas {
    /// Whether a WGS-84 place, in 10^-6 degree, lies inside one of them, the rim included.
    pub fn contains(&self, lat_e6: i32, lon_e6: i32) -> bool {
        self.0.iter().any(|area| area.contains(lat_e6, lon_e6))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Datum, super::Location, super::Position, *};

    #[test]
    fn r_095_a_place_is_inside_when_it_lies_in_any_fence_and_its_distance_is_to_the_nearest() {
        let around = |lat_e6| {
            let center = Position::new(lat_e6, 121_470_000).unwrap();
            Geofence::new(Location::new(Datum::Wgs84, center), Some(100)).unwrap()
        };
        // 0.01 degree of latitude is some 1,108 m.
        let both = Fences::of([around(31_230_000), around(31_240_000)]).unwrap();
        let inside = |lat_e6| both.areas().contains(lat_e6, 121_470_000);
        assert!(inside(31_230_000) && inside(31_240_000) && !inside(31_235_000));
        assert_eq!(both.metres_beyond(31_240_000, 121_470_000), 0);
        assert!((445..460).contains(&both.metres_beyond(31_235_000, 121_470_000)));
        assert_eq!(Fences::of([]), None);
    }
}
