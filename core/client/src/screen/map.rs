//! The map of a project: its fence and the running track, in the datum of the map that the shell draws on.

use super::reading::Reading;
use super::walk::Walk;
use crate::work::Trouble;
use firebee_domain::{
    geofence::{Datum, Fences, Geofence, Position, Side, Thresholds, sides},
    id::ProjectId,
    project::FurtherFence,
    track::TimedFix,
};
use firebee_protocol::text::{Arg, Text, Tone};
use std::f64::consts::TAU;

/// How many points the ring of a fence has.
const RING_POINTS: u32 = 72;
/// Metres in one degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// The map of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct MapView {
    /// The datum of every place in it.
    pub datum: Datum,
    /// The ring of the fence, closed.
    pub fence: Vec<LatLon>,
    /// Its centre.
    pub centre: LatLon,
    /// Its radius, in words.
    pub radius_text: String,
    /// The fences of further buildings.
    pub further: Vec<FenceView>,
    /// The running track, where it belongs to this project.
    pub track: Vec<TrackPiece>,
}

/// The fence of a further building.
#[derive(Clone, Debug, PartialEq)]
pub struct FenceView {
    /// What it is called.
    pub name: String,
    /// Its ring, closed.
    pub ring: Vec<LatLon>,
    /// Its centre.
    pub centre: LatLon,
    /// Its radius, in words.
    pub radius_text: String,
}

/// A place in degrees, in the datum of its map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLon {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// A piece of a track of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackPiece {
    /// Its points, in order.
    pub points: Vec<LatLon>,
    /// Green inside, red outside, grey where it does not count.
    pub tone: Tone,
}

impl Reading<'_> {
    /// `None` while the project's place is not marked.
    pub(super) fn map(&self, project: ProjectId, datum: Datum) -> Result<Option<MapView>, Trouble> {
        let Some(held) = self.eyes.project(project) else { return Ok(None) };
        let Some((fences, fence)) = held.project.fences().zip(held.project.fence()) else { return Ok(None) };
        let fixes = match self.eyes.journal.open_track()? {
            Some(track) => match self.eyes.task(track.task)?.filter(|view| view.task.project == project) {
                Some(view) => Walk::of(self, &track, &view)?.fixes,
                None => Vec::new(),
            },
            None => Vec::new(),
        };
        let radius = [("radius", Arg::from(fence.radius_m()))];
        Ok(Some(MapView {
            datum,
            fence: ring(&fence, datum),
            centre: shown(fence.center().wgs84, datum),
            radius_text: self.with(Text::PhoneFenceRadius, &radius),
            further: held.project.further_fences.iter().map(|further| self.further(further, datum)).collect(),
            track: pieces(&fixes, &fences, datum, &self.thresholds()),
        }))
    }

    fn further(&self, further: &FurtherFence, datum: Datum) -> FenceView {
        let radius = [("radius", Arg::from(further.fence.radius_m()))];
        FenceView {
            name: further.name.clone(),
            ring: ring(&further.fence, datum),
            centre: shown(further.fence.center().wgs84, datum),
            radius_text: self.with(Text::PhoneFenceRadius, &radius),
        }
    }
}

fn shown(wgs84: Position, datum: Datum) -> LatLon {
    let place = wgs84.from_wgs84(datum);
    LatLon { lat: f64::from(place.lat_e6()) / 1e6, lon: f64::from(place.lon_e6()) / 1e6 }
}

fn ring(fence: &Geofence, datum: Datum) -> Vec<LatLon> {
    let centre = fence.center().wgs84;
    let (lat, lon) = (f64::from(centre.lat_e6()) / 1e6, f64::from(centre.lon_e6()) / 1e6);
    let degrees = f64::from(fence.radius_m()) / DEGREE_M;
    let place = |step: u32| {
        let angle = TAU * f64::from(step % RING_POINTS) / f64::from(RING_POINTS);
        let north = (lat + degrees * angle.cos()) * 1e6;
        let east = (lon + degrees * angle.sin() / lat.to_radians().cos()) * 1e6;
        Position::new(north.round() as i32, east.round() as i32).ok()
    };
    (0..=RING_POINTS).filter_map(place).map(|place| shown(place, datum)).collect()
}

/// Neighbouring stretches of one colour are one piece.
fn pieces(fixes: &[TimedFix], fences: &Fences, datum: Datum, thresholds: &Thresholds) -> Vec<TrackPiece> {
    let mut pieces: Vec<TrackPiece> = Vec::new();
    let place = |fix: &TimedFix| Position::new(fix.fix.lat_e6, fix.fix.lon_e6).ok().map(|place| shown(place, datum));
    let stretches = fixes.iter().zip(fixes.iter().skip(1)).zip(sides(fixes, fences, thresholds));
    for ((from, to), side) in stretches {
        let tone = match side {
            Side::Inside => Tone::Conform,
            Side::Outside => Tone::Nonconform,
            Side::Nowhere(_) => Tone::Untestable,
        };
        match pieces.last_mut().filter(|piece| piece.tone == tone) {
            Some(piece) => piece.points.extend(place(to)),
            None => pieces.push(TrackPiece { points: place(from).into_iter().chain(place(to)).collect(), tone }),
        }
    }
    pieces
}
