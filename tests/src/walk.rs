//! The reference walk: what an operator's phone gives in a day, generated, the same on every machine.
//!
//! One fix a second in segments of 600, at 10^-6 degree (11 cm): a person who walks at 1.3 m/s, turns now and then and
//! stops to look at equipment, with a receiver whose error drifts, whose stated accuracy wanders and whose times
//! reach the boot clock a few milliseconds early or late. With [`Noise::White`] each fix is thrown by another 2 m of
//! its own in each direction, as that of an unfiltered receiver between houses is.
//!
//! It is meant to be no easier than a real phone: some 1.7 bytes a point are chance that no code can foresee.

use firebee_domain::track::{Fix, Provider, SEGMENT_FIXES_MAX, Segment};
use uuid::Uuid;

/// What is added to the walker's own path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// The receiver's slow error only.
    Smooth,
    /// And 2 m of white noise in each fix and direction.
    White,
}

/// A walk of `fixes` fixes, sealed into segments of 600; `seed` chooses which.
pub fn reference_walk(fixes: usize, noise: Noise, seed: u64) -> Vec<Segment> {
    let fixes = walk(fixes, noise, seed);
    let boot_id = "00000000-0000-4000-8000-000000000001".parse::<Uuid>().unwrap_or_default();
    let boot_id = firebee_domain::id::BootId(boot_id);
    let seal = |fixes: &[Fix]| Segment { boot_id, fixes: fixes.to_vec(), holes: Vec::new() };
    fixes.chunks(SEGMENT_FIXES_MAX).map(seal).collect()
}

/// The fixes of a walk, one a second.
pub fn walk(fixes: usize, noise: Noise, seed: u64) -> Vec<Fix> {
    let mut walker = Walker::new(seed);
    (0..fixes as i64).map(|second| walker.step(3_600_000 + second * 1_000, noise)).collect()
}

/// 10^-6 degree of latitude in a metre.
const LAT_E6_PER_M: f64 = 8.983;
/// 10^-6 degree of longitude in a metre, at 31.23 degrees north.
const LON_E6_PER_M: f64 = 10.493;
const SPEED_M_PER_S: f64 = 1.3;
/// How far the receiver's error drifts from one fix to the next.
const DRIFT_M: f64 = 0.5;
const WHITE_M: f64 = 2.0;
/// How early or late a time may be on the boot clock.
const JITTER_MS: u64 = 3;

struct Walker {
    random: u64,
    north_m: f64,
    east_m: f64,
    heading: f64,
    error_north_m: f64,
    error_east_m: f64,
    stands_for_s: u32,
    accuracy_m: u8,
}

impl Walker {
    fn new(seed: u64) -> Self {
        Self {
            random: seed,
            north_m: 0.0,
            east_m: 0.0,
            heading: 0.7,
            error_north_m: 0.0,
            error_east_m: 0.0,
            stands_for_s: 0,
            accuracy_m: 5,
        }
    }

    fn step(&mut self, boot_ms: i64, noise: Noise) -> Fix {
        self.heading += 0.05 * self.bell();
        if self.below(40) == 0 {
            self.heading += 1.2 * self.bell();
        }
        if self.stands_for_s > 0 {
            self.stands_for_s -= 1;
        } else if self.below(120) == 0 {
            self.stands_for_s = 20 + self.below(60) as u32;
        } else {
            self.north_m += SPEED_M_PER_S * self.heading.cos();
            self.east_m += SPEED_M_PER_S * self.heading.sin();
        }
        self.error_north_m = 0.98 * self.error_north_m + DRIFT_M * self.bell();
        self.error_east_m = 0.98 * self.error_east_m + DRIFT_M * self.bell();
        match self.below(4) {
            0 => self.accuracy_m = (self.accuracy_m + 1).min(16),
            1 => self.accuracy_m = (self.accuracy_m - 1).max(3),
            _ => {}
        }
        let white_m = if noise == Noise::White { WHITE_M } else { 0.0 };
        let north_m = self.north_m + self.error_north_m + white_m * self.bell();
        let east_m = self.east_m + self.error_east_m + white_m * self.bell();
        let late_ms = self.below(2 * JITTER_MS + 1) as i64 - JITTER_MS as i64;
        Fix {
            boot_ms: boot_ms + late_ms,
            lat_e6: 31_230_000 + (north_m * LAT_E6_PER_M).round() as i32,
            lon_e6: 121_470_000 + (east_m * LON_E6_PER_M).round() as i32,
            accuracy_m: self.accuracy_m,
            provider: Provider::Gnss,
            mock: false,
        }
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Near enough to a normal distribution with variance 1: twelve uniform numbers.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| (self.next() >> 11) as f64 / (1_u64 << 53) as f64).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_protocol::track::{decode, encode};

    fn bytes_a_point(noise: Noise, seed: u64) -> f64 {
        let segments = reference_walk(28_800, noise, seed);
        let mut bytes = 0;
        for segment in &segments {
            let blob = encode(segment).unwrap();
            assert_eq!(decode(&blob).map(|columns| columns.into_segment(segment.boot_id)).as_ref(), Ok(segment));
            bytes += blob.len();
        }
        bytes as f64 / 28_800.0
    }

    /// Goal 4 of the performance goals.
    #[test]
    fn a_walk_takes_at_most_2_8_bytes_a_point_and_3_7_with_white_noise() {
        for seed in 1..=3 {
            let (smooth, white) = (bytes_a_point(Noise::Smooth, seed), bytes_a_point(Noise::White, seed));
            println!("seed {seed}: {smooth:.3} and {white:.3} bytes a point");
            assert!(smooth <= 2.8, "{smooth}");
            assert!(white <= 3.7, "{white}");
        }
    }

    #[test]
    fn a_walk_is_the_same_on_every_run_and_another_for_another_seed() {
        assert_eq!(walk(2_000, Noise::White, 7), walk(2_000, Noise::White, 7));
        assert_ne!(walk(100, Noise::White, 7), walk(100, Noise::White, 8));
    }
}
