//! Finds the holes of a track and the likely cause of each.

use super::{Cause, Fix, Hole};

/// Two neighbouring fixes that are further apart than this, in milliseconds, have a hole between them.
pub const GAP_MS_MAX: i64 = 60_000;

/// How long before the last fix, in milliseconds, a hint may come and still explain the hole after that fix. The
/// platform delivers fixes in small batches.
const HINT_LEAD_MS: i64 = 10_000;

/// A fix less accurate than this, in metres, beside a hole suggests that the sky was being lost.
const WEAK_SIGNAL_M: u8 = 50;

/// Something the recorder noticed: the operator stopped it, location was switched off, the battery saver began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// When it was noticed, in milliseconds since boot.
    pub boot_ms: i64,
    /// What a silence that follows is due to.
    pub cause: Cause,
}

/// The holes between neighbouring fixes, in order: more than [`GAP_MS_MAX`] apart.
///
/// The cause is the first hint that falls into the hole or up to 10 s before it. Without a hint the cause is
/// `no_signal` if a fix beside the hole was less accurate than 50 m (the way into or out of a basement), else
/// `unknown`. Fixes are never changed, and a clock that runs backwards makes no hole.
pub fn detect_holes(fixes: &[Fix], hints: &[Hint]) -> Vec<Hole> {
    let neighbours = fixes.iter().zip(fixes.iter().skip(1));
    neighbours
        .filter(|(before, after)| after.boot_ms.saturating_sub(before.boot_ms) > GAP_MS_MAX)
        .map(|(before, after)| Hole {
            start_boot_ms: before.boot_ms,
            length_ms: after.boot_ms.saturating_sub(before.boot_ms),
            cause: likely_cause(before, after, hints),
        })
        .collect()
}

fn likely_cause(before: &Fix, after: &Fix, hints: &[Hint]) -> Cause {
    let window = before.boot_ms.saturating_sub(HINT_LEAD_MS)..after.boot_ms;
    let noticed = hints.iter().filter(|hint| window.contains(&hint.boot_ms)).min_by_key(|hint| hint.boot_ms);
    let weak = before.accuracy_m > WEAK_SIGNAL_M || after.accuracy_m > WEAK_SIGNAL_M;
    noticed.map_or(if weak { Cause::NoSignal } else { Cause::Unknown }, |hint| hint.cause)
}

#[cfg(test)]
mod tests {
    use super::{super::Provider, *};

    fn fix(boot_ms: i64, accuracy_m: u8) -> Fix {
        Fix { boot_ms, lat_e6: 0, lon_e6: 0, accuracy_m, provider: Provider::Gnss, mock: false }
    }

    /// an interval of exactly 60 s is recorded, one millisecond more is a hole.
    #[test]
    fn sixty_seconds_are_no_hole_and_a_millisecond_more_is_one() {
        let fixes = [fix(1_000, 5), fix(61_000, 5), fix(121_001, 5)];
        let hole = Hole { start_boot_ms: 61_000, length_ms: 60_001, cause: Cause::Unknown };
        assert_eq!(detect_holes(&fixes, &[]), [hole]);
        assert_eq!(detect_holes(&fixes[..1], &[]), []);
        assert_eq!(detect_holes(&[fix(200_000, 5), fix(1_000, 5)], &[]), []);
    }

    #[test]
    fn the_first_thing_noticed_names_the_cause_and_a_weak_fix_suggests_a_basement() {
        let cause = |before: u8, after: u8, hints: &[Hint]| {
            detect_holes(&[fix(100_000, before), fix(300_000, after)], hints)[0].cause
        };
        let hint = |boot_ms, cause| Hint { boot_ms, cause };
        let noticed = [hint(150_000, Cause::BatterySaver), hint(90_000, Cause::LocationOff)];
        assert_eq!(cause(5, 5, &noticed), Cause::LocationOff);
        assert_eq!(cause(80, 5, &noticed[..1]), Cause::BatterySaver);
        assert_eq!(cause(5, 5, &[hint(89_999, Cause::LocationOff), hint(300_000, Cause::Killed)]), Cause::Unknown);
        assert_eq!(cause(51, 5, &[]), Cause::NoSignal);
        assert_eq!(cause(5, 51, &[]), Cause::NoSignal);
        assert_eq!(cause(50, 50, &[]), Cause::Unknown);
    }
}
