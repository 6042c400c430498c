//! Jumps of a track: two neighbouring fixes that nobody can have walked or driven between. A jump is told and changes no
//! sum; no fix is removed.

use super::{Interval, Position};
use crate::{time::Timestamp, track::TimedFix};
use serde::{Deserialize, Serialize};

/// Nobody goes to a test faster than this, in metres a second: 252 km/h.
const SPEED_M_S_MAX: f64 = 70.0;
/// A shorter way is no jump, in metres: receivers are off by so much between houses.
const JUMP_M_MIN: f64 = 300.0;
/// The most jumps that a verdict lists.
const JUMPS_MAX: usize = 50;

/// A jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Jump {
    /// The fix before it.
    pub at: Timestamp,
    /// How far it went, in metres.
    pub metres: u32,
}

/// The jumps between neighbours among the fixes that count, within the task time; at most 50, the first ones. The fixes are
/// in order.
pub(super) fn jumps<'a>(fixes: impl Iterator<Item = &'a TimedFix>, task_time: &[Interval]) -> Vec<Jump> {
    let worked = |at: Timestamp| task_time.iter().any(|day| (day.from..=day.to).contains(&at));
    let mut jumps = Vec::new();
    let mut before: Option<&TimedFix> = None;
    for fix in fixes.filter(|fix| worked(fix.at)) {
        let metres = before.and_then(|before| way_m(before, fix)).unwrap_or(0.0);
        if let Some(before) = before {
            let seconds = fix.at.ms_since(before.at).max(1) as f64 / 1_000.0;
            if metres > JUMP_M_MIN && metres / seconds > SPEED_M_S_MAX && jumps.len() < JUMPS_MAX {
                // A float beyond the range becomes its end.
                jumps.push(Jump { at: before.at, metres: metres as u32 });
            }
        }
        before = Some(fix);
    }
    jumps
}

/// The way between two fixes, less what both may be off.
fn way_m(one: &TimedFix, other: &TimedFix) -> Option<f64> {
    let place = |fix: &TimedFix| Position::new(fix.fix.lat_e6, fix.fix.lon_e6).ok();
    let off = f64::from(one.fix.accuracy_m) + f64::from(other.fix.accuracy_m);
    Some(place(one)?.distance_m(place(other)?) - off)
}
