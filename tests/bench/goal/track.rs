//! Goal 4: a point of a track takes few bytes.

use crate::harness::{Bench, Goal};
use firebee_domain::{
    id::BootId,
    track::{Fix, Provider, SEGMENT_FIXES_MAX, Segment},
};
use firebee_protocol::track::encode;
use firebee_tests::walk::{Noise, reference_walk};
use uuid::Uuid;

/// A day of work at one fix a second.
const FIXES: usize = 28_800;
const SEED: u64 = 1;

/// Bytes a point on the generated walk, and, printed only, on real walks.
pub fn run(bench: &mut Bench) {
    for (name, noise, goal) in [("smooth", Noise::Smooth, 2.8), ("noise", Noise::White, 3.7)] {
        let value = bytes_a_point(&reference_walk(FIXES, noise, SEED));
        bench.keep(&format!("track-{name}"), "B/point", value, Goal::AtMost(goal), 1);
    }
    for (name, gpx) in [
        ("mojstrovka", include_str!("../../fixtures/tracks/Mojstrovka.gpx")),
        ("cerknicko-jezero", include_str!("../../fixtures/tracks/cerknicko-jezero.gpx")),
        ("korita-zbevnica", include_str!("../../fixtures/tracks/korita-zbevnica.gpx")),
    ] {
        bench.tell(&format!("track-gpx-{name}"), "B/point", bytes_a_point(&segments_of(gpx)), 1);
    }
}

fn bytes_a_point(segments: &[Segment]) -> f64 {
    let bytes: usize = segments.iter().map(|segment| encode(segment).expect("a walk encodes").len()).sum();
    let points: usize = segments.iter().map(|segment| segment.fixes.len()).sum();
    bytes as f64 / points as f64
}

/// The points of a GPX file at one a second: these files hold no times that a phone's clock would have given.
fn segments_of(gpx: &str) -> Vec<Segment> {
    let points = gpx.split("<trkpt").skip(1).map(|point| {
        let e6 = |name: &str| {
            let value = point.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1)).expect("a coordinate");
            (value.parse::<f64>().expect("a number") * 1e6).round() as i32
        };
        (e6("lat="), e6("lon="))
    });
    let fixes: Vec<Fix> = (0_i64..)
        .zip(points)
        .map(|(second, (lat_e6, lon_e6))| Fix {
            boot_ms: 3_600_000 + second * 1_000,
            lat_e6,
            lon_e6,
            accuracy_m: 5,
            provider: Provider::Gnss,
            mock: false,
        })
        .collect();
    let boot_id = BootId(Uuid::from_u128(1));
    let seal = |fixes: &[Fix]| Segment { boot_id, fixes: fixes.to_vec(), holes: Vec::new() };
    fixes.chunks(SEGMENT_FIXES_MAX).map(seal).collect()
}
