//! Draws a track over its fence as SVG paths: the parts inside, outside, and without a record.

use crate::text::Text as T;
use firebee_domain::{
    geofence::{Areas, Fences, Geofence, Position, Thresholds},
    track::{Fix, Provider},
};
use firebee_protocol::text::{Arg, Language, say_with};
use std::fmt::Write as _;

/// The long side of the drawing, in its own units.
const SIDE: f64 = 640.0;
/// The least short side.
const SHORT_MIN: f64 = 300.0;
/// Room around what is drawn.
const MARGIN: f64 = 28.0;
/// Two points nearer than this are one.
const STEP_MIN: f64 = 0.8;
/// Lengths that a scale may have, in metres.
const SCALES_M: [u32; 12] = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/// The drawing.
pub struct Drawing {
    /// Its width, in its own units.
    pub width: String,
    /// Its height.
    pub height: String,
    /// What it shows, for who cannot see it.
    pub label: String,
    /// The fences.
    pub fences: Vec<Circle>,
    /// What they are called.
    pub fence_word: String,
    /// Paths inside the fence.
    pub inside: Vec<String>,
    /// Paths outside.
    pub outside: Vec<String>,
    /// Where nothing is known.
    pub holes: Vec<String>,
    /// The first place.
    pub begin: Option<Point>,
    /// The last place, as the upper left corner of a square of 10.
    pub end: Option<Point>,
    /// How long a metre is.
    pub scale: Scale,
}

/// A circle.
pub struct Circle {
    /// Its centre, from the left.
    pub x: String,
    /// Its centre, from above.
    pub y: String,
    /// Its radius.
    pub r: String,
}

/// A place.
pub struct Point {
    /// From the left.
    pub x: String,
    /// From above.
    pub y: String,
}

/// A scale.
pub struct Scale {
    /// A bar of a round length.
    pub path: String,
    /// Where its word begins, from the left.
    pub x: String,
    /// Where its word stands, from above.
    pub y: String,
    /// That length.
    pub word: String,
}

/// One decimal is a tenth of a pixel.
fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// From degrees to metres around a centre, and from there to the drawing: north is up.
struct Plane {
    center: Position,
    lat_m: f64,
    lon_m: f64,
    left_m: f64,
    top_m: f64,
    per_m: f64,
}

impl Plane {
    fn around(center: Position) -> Self {
        let cos = (f64::from(center.lat_e6()) / 1e6).to_radians().cos();
        Self { center, lat_m: 0.111_132, lon_m: 0.111_320 * cos, left_m: 0.0, top_m: 0.0, per_m: 1.0 }
    }

    /// Metres east and north of the centre.
    fn metres(&self, lat_e6: i32, lon_e6: i32) -> (f64, f64) {
        let east = f64::from(lon_e6) - f64::from(self.center.lon_e6());
        let north = f64::from(lat_e6) - f64::from(self.center.lat_e6());
        (east * self.lon_m, north * self.lat_m)
    }

    fn center_of(&self, fence: &Geofence) -> (f64, f64) {
        let center = fence.center().wgs84;
        self.metres(center.lat_e6(), center.lon_e6())
    }

    fn place(&self, (east, north): (f64, f64)) -> (f64, f64) {
        ((east - self.left_m) * self.per_m + MARGIN, (self.top_m - north) * self.per_m + MARGIN)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
    Hole,
}

/// Draws the pieces of a track over a fence.
pub(in crate::view) fn draw(language: Language, fences: &Fences, limits: &Thresholds, pieces: &[Vec<Fix>]) -> Drawing {
    let mut plane = Plane::around(fences.first().center().wgs84);
    let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for fence in fences.iter() {
        let (x, y) = plane.center_of(fence);
        let radius = f64::from(fence.radius_m());
        (west, east) = (west.min(x - radius), east.max(x + radius));
        (south, north) = (south.min(y - radius), north.max(y + radius));
    }
    for fix in pieces.iter().flatten().filter(|fix| counts(fix, limits)) {
        let (x, y) = plane.metres(fix.lat_e6, fix.lon_e6);
        (west, east, south, north) = (west.min(x), east.max(x), south.min(y), north.max(y));
    }
    let (wide, high) = (east - west, north - south);
    plane.per_m = (SIDE - 2.0 * MARGIN) / wide.max(high);
    let (width, height) = (wide * plane.per_m + 2.0 * MARGIN, high * plane.per_m + 2.0 * MARGIN);
    // A narrow drawing gets a margin at both sides, so that the scale fits and the page does not jump.
    let (full_width, full_height) = (SIDE, height.max(SHORT_MIN));
    plane.left_m = west - (full_width - width) / 2.0 / plane.per_m;
    plane.top_m = north + (full_height - height) / 2.0 / plane.per_m;
    let circle = |fence: &Geofence| {
        let (x, y) = plane.place(plane.center_of(fence));
        Circle { x: number(x), y: number(y), r: number(f64::from(fence.radius_m()) * plane.per_m) }
    };
    let paths = Paths::of(&plane, &fences.areas(), limits, pieces);
    let radius_word = [("radius", Arg::from(fences.first().radius_m()))];
    Drawing {
        width: number(full_width),
        height: number(full_height + 24.0),
        label: say_with(language, T::TaskTrackLabel, &radius_word),
        fences: fences.iter().map(circle).collect(),
        fence_word: say_with(language, T::TaskTrackFence, &radius_word),
        inside: paths.inside,
        outside: paths.outside,
        holes: paths.holes,
        begin: paths.begin.map(|(x, y)| Point { x: number(x), y: number(y) }),
        end: paths.end.map(|(x, y)| Point { x: number(x - 5.0), y: number(y - 5.0) }),
        scale: scale(language, plane.per_m, full_height + 8.0),
    }
}

/// Whether a fix counts for a verdict by these thresholds. Only such fixes are drawn as a line.
fn counts(fix: &Fix, limits: &Thresholds) -> bool {
    let near = fix.accuracy_m <= limits.accuracy_m_max && fix.accuracy_m != u8::MAX;
    near && fix.provider == Provider::Gnss && !fix.mock
}

#[derive(Default)]
struct Paths {
    inside: Vec<String>,
    outside: Vec<String>,
    holes: Vec<String>,
    begin: Option<(f64, f64)>,
    end: Option<(f64, f64)>,
}

impl Paths {
    fn of(plane: &Plane, areas: &Areas, limits: &Thresholds, pieces: &[Vec<Fix>]) -> Self {
        let mut paths = Self::default();
        let mut run: Option<(Side, Vec<(f64, f64)>)> = None;
        let mut last: Option<((f64, f64), bool, i64)> = None;
        for piece in pieces {
            for (at, fix) in piece.iter().enumerate().filter(|(_, fix)| counts(fix, limits)) {
                let place = plane.place(plane.metres(fix.lat_e6, fix.lon_e6));
                let inside = areas.contains(fix.lat_e6, fix.lon_e6);
                paths.begin = paths.begin.or(Some(place));
                if let Some((before, was_inside, boot_ms)) = last {
                    // A piece of another boot, or too long a silence: nothing is known in between.
                    let known = at > 0 && fix.boot_ms.saturating_sub(boot_ms) <= limits.gap_ms_max;
                    let side = match (known, was_inside) {
                        (false, _) => Side::Hole,
                        (true, true) => Side::Inside,
                        (true, false) => Side::Outside,
                    };
                    match &mut run {
                        Some((running, points)) if *running == side => add(points, place),
                        _ => {
                            paths.end_run(run.take());
                            run = Some((side, vec![before, place]));
                        }
                    }
                }
                last = Some((place, inside, fix.boot_ms));
                paths.end = Some(place);
            }
        }
        paths.end_run(run);
        paths
    }

    fn end_run(&mut self, run: Option<(Side, Vec<(f64, f64)>)>) {
        let Some((side, points)) = run else { return };
        let mut path = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
        }
        match side {
            Side::Inside => self.inside.push(path),
            Side::Outside => self.outside.push(path),
            Side::Hole => self.holes.push(path),
        }
    }
}

/// Adds a point. A point that is too near replaces the last one, so that the line ends at the true end.
fn add(points: &mut Vec<(f64, f64)>, place: (f64, f64)) {
    let near = |(x, y): (f64, f64)| (x - place.0).hypot(y - place.1) < STEP_MIN;
    if points.len() > 1 && points.last().is_some_and(|last| near(*last)) {
        points.pop();
    }
    points.push(place);
}

/// A bar of a round length, at most a third of the width.
fn scale(language: Language, per_m: f64, y: f64) -> Scale {
    let fits = SCALES_M.into_iter().rev().find(|metres| f64::from(*metres) * per_m <= SIDE / 3.0).unwrap_or(5);
    let end = MARGIN + f64::from(fits) * per_m;
    Scale {
        path: format!("M{MARGIN:.1} {:.1}v8H{end:.1}v-8", y - 4.0),
        x: number(end + 10.0),
        y: number(y + 5.0),
        word: say_with(language, T::TaskTrackScale, &[("metres", Arg::from(fits))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::geofence::{Datum, Location};

    fn around(lat_e6: i32) -> Geofence {
        Geofence::new(Location::new(Datum::Wgs84, Position::new(lat_e6, 101_000_000).unwrap()), Some(100)).unwrap()
    }

    fn fence() -> Fences {
        around(36_000_000).into()
    }

    fn fix(at_s: i64, north_m: i32) -> Fix {
        Fix {
            boot_ms: at_s * 1_000,
            lat_e6: 36_000_000 + north_m * 9,
            lon_e6: 101_000_000,
            accuracy_m: 5,
            provider: Provider::Gnss,
            mock: false,
        }
    }

    #[test]
    fn a_line_is_split_where_it_leaves_the_fence_and_where_nothing_was_recorded() {
        let walk: Vec<Fix> = (0..30).map(|at| fix(at, i32::try_from(at).unwrap() * 10)).collect();
        let drawn = draw(Language::Zh, &fence(), &Thresholds::default(), std::slice::from_ref(&walk));
        assert_eq!((drawn.inside.len(), drawn.outside.len(), drawn.holes.len()), (1, 1, 0));
        let later = walk.iter().map(|fix| Fix { boot_ms: fix.boot_ms + 400_000, ..*fix }).collect();
        let drawn = draw(Language::Zh, &fence(), &Thresholds::default(), &[walk, later]);
        assert_eq!((drawn.inside.len(), drawn.outside.len(), drawn.holes.len()), (2, 2, 1));
    }

    #[test]
    fn every_fence_of_a_site_is_drawn_and_a_line_is_inside_in_any_of_them() {
        let both = Fences::of([around(36_000_000), around(36_009_000)]).unwrap();
        let walk = vec![fix(0, 1_000), fix(10, 1_010), fix(20, 1_020)];
        let drawn = draw(Language::Zh, &both, &Thresholds::default(), &[walk]);
        assert_eq!((drawn.fences.len(), drawn.inside.len(), drawn.outside.len()), (2, 1, 0));
        assert_ne!(drawn.fences[0].y, drawn.fences[1].y);
    }

    #[test]
    fn what_does_not_count_is_not_drawn() {
        let vague = Fix { accuracy_m: 200, ..fix(1, 5_000) };
        let mock = Fix { mock: true, ..fix(2, 5_000) };
        let drawn = draw(Language::Zh, &fence(), &Thresholds::default(), &[vec![fix(0, 0), vague, mock, fix(3, 10)]]);
        assert_eq!((drawn.inside.len(), drawn.outside.len()), (1, 0));
        assert!(drawn.fences[0].r.parse::<f64>().unwrap() > 200.0, "the drawing is not stretched by them");
    }

    #[test]
    fn a_track_without_a_fix_is_its_fence_alone() {
        let drawn = draw(Language::En, &fence(), &Thresholds::default(), &[vec![]]);
        assert!(drawn.begin.is_none() && drawn.end.is_none() && drawn.inside.is_empty());
        assert_eq!(drawn.scale.word, "50 m");
    }
}
