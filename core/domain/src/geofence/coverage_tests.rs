//! The verdict at its edges, and that every millisecond is accounted for once.

use super::{
    super::{Datum, Geofence, Location, Position},
    *,
};
use crate::{time::china_midnight, track::Fix};
use chrono::NaiveDate;
use proptest::prelude::*;

const NORTH_E6: i32 = 31_230_000;
const EAST_E6: i32 = 121_470_000;
/// Some 560 m north of the centre.
const OUTSIDE_E6: i32 = NORTH_E6 + 5_000;

fn midnight() -> i64 {
    china_midnight(NaiveDate::from_ymd_opt(2026, 4, 30).unwrap()).0
}
fn morning() -> i64 {
    midnight() + 8 * 3_600_000
}
fn around(lat_e6: i32) -> Geofence {
    Geofence::new(Location::new(Datum::Wgs84, Position::new(lat_e6, EAST_E6).unwrap()), None).unwrap()
}
fn fence() -> Fences {
    around(NORTH_E6).into()
}
/// A good fix `second` seconds after the morning.
fn fix(second: i64, lat_e6: i32) -> TimedFix {
    let boot_ms = second * 1_000;
    let fix = Fix { boot_ms, lat_e6, lon_e6: EAST_E6, accuracy_m: 5, provider: Provider::Gnss, mock: false };
    TimedFix { at: Timestamp(morning() + boot_ms), fix }
}
/// A fix every ten seconds from `from` to `to`, both included, on one side.
fn stay(from: i64, to: i64, lat_e6: i32) -> Vec<TimedFix> {
    (from..=to).step_by(10).map(|second| fix(second, lat_e6)).collect()
}
fn seconds(from: i64, to: i64) -> Interval {
    Interval { from: Timestamp(morning() + from * 1_000), to: Timestamp(morning() + to * 1_000) }
}
fn gap(from: i64, to: i64, cause: Cause) -> Gap {
    let Interval { from, to } = seconds(from, to);
    Gap { from, to, cause }
}
fn judged(fixes: &[TimedFix], from: i64, to: i64) -> Coverage {
    coverage(fixes, &[], &fence(), &[seconds(from, to)], &Thresholds::default())
}
fn sums(coverage: &Coverage) -> (i64, i64, i64) {
    (coverage.inside_ms / 1_000, coverage.outside_ms / 1_000, coverage.not_recorded_ms / 1_000)
}

/// each interval counts to the side of the fix that begins it.
#[test]
fn an_interval_counts_to_the_side_of_its_first_fix() {
    let track = [fix(0, NORTH_E6), fix(30, OUTSIDE_E6), fix(90, NORTH_E6), fix(100, NORTH_E6)];
    let answer = judged(&track, 0, 100);
    assert_eq!(sums(&answer), (40, 60, 0));
    assert_eq!((answer.verdict, answer.gaps), (CoverageVerdict::NotCovered, vec![]));
}

/// a site may have several buildings, each with a fence of its own.
#[test]
fn r_096_time_in_any_buildings_fence_is_time_inside() {
    let track = [fix(0, NORTH_E6), fix(30, OUTSIDE_E6), fix(90, NORTH_E6), fix(100, NORTH_E6)];
    let both = Fences::of([around(NORTH_E6), around(OUTSIDE_E6)]).unwrap();
    let answer = coverage(&track, &[], &both, &[seconds(0, 100)], &Thresholds::default());
    assert_eq!((sums(&answer), answer.verdict), ((100, 0, 0), CoverageVerdict::Covered));
}

/// sixty seconds count, a millisecond more is not recorded, not even its first minute.
#[test]
fn an_interval_of_60_s_counts_and_a_longer_one_is_a_gap() {
    let mut track = [fix(0, NORTH_E6), fix(60, NORTH_E6), fix(120, NORTH_E6)];
    assert_eq!(sums(&judged(&track, 0, 120)), (120, 0, 0));
    track[2].at = track[2].at.plus_ms(1);
    let answer = judged(&track, 0, 120);
    assert_eq!(sums(&answer), (60, 0, 60));
    assert_eq!(answer.gaps, [gap(60, 120, Cause::Unknown)]);
}

/// a fix of 100 m counts, one of 101 m, a mock one and one that is not of satellites do not.
#[test]
fn a_fix_that_is_vague_invented_or_not_of_satellites_counts_for_nothing() {
    let with = |change: fn(&mut Fix)| {
        let mut track = [fix(0, NORTH_E6), fix(10, NORTH_E6)];
        change(&mut track[0].fix);
        let answer = judged(&track, 0, 10);
        (answer.inside_ms, answer.gaps.first().map(|gap| gap.cause))
    };
    assert_eq!(with(|fix| fix.accuracy_m = 100), (10_000, None));
    assert_eq!(with(|fix| fix.accuracy_m = 101), (0, Some(Cause::PoorAccuracy)));
    assert_eq!(with(|fix| fix.mock = true), (0, Some(Cause::Mock)));
    for provider in [Provider::Network, Provider::Fused, Provider::Other] {
        let mut track = [fix(0, NORTH_E6), fix(10, NORTH_E6)];
        track[0].fix.provider = provider;
        assert_eq!(judged(&track, 0, 10).gaps, [gap(0, 10, Cause::NotGnss)]);
    }
}

#[test]
fn an_unknown_accuracy_counts_for_nothing_whatever_the_setting() {
    let mut track = [fix(0, NORTH_E6), fix(10, NORTH_E6)];
    track[0].fix.accuracy_m = 255;
    let loose = Thresholds { accuracy_m_max: 255, ..Thresholds::default() };
    assert_eq!(coverage(&track, &[], &fence(), &[seconds(0, 10)], &loose).inside_ms, 0);
}

/// half of the task time recorded is enough, a millisecond less is not.
#[test]
fn half_the_task_time_must_be_recorded() {
    let mut track = stay(0, 500, NORTH_E6);
    assert_eq!(judged(&track, 0, 1_000).verdict, CoverageVerdict::Covered);
    track[0].at = track[0].at.plus_ms(1);
    assert_eq!(judged(&track, 0, 1_000).verdict, CoverageVerdict::NotRecorded);
}

/// four fifths of what was recorded inside is covered, a millisecond less is not; it is only a flag.
#[test]
fn four_fifths_of_the_recorded_time_must_be_inside() {
    let mut track = stay(0, 190, OUTSIDE_E6);
    track.extend(stay(200, 1_000, NORTH_E6));
    assert_eq!(judged(&track, 0, 1_000).verdict, CoverageVerdict::Covered);
    assert_eq!(judged(&track, 0, 1_500).verdict, CoverageVerdict::Covered, "what was not recorded is not outside");
    track[20].at = track[20].at.plus_ms(1);
    let answer = judged(&track, 0, 1_000);
    assert_eq!((answer.inside_ms, answer.outside_ms, answer.verdict), (799_999, 200_001, CoverageVerdict::NotCovered));
}

#[test]
fn thresholds_are_settings() {
    let strict = Thresholds { recorded_percent_min: 51, ..Thresholds::default() };
    let track = stay(0, 500, NORTH_E6);
    assert_eq!(coverage(&track, &[], &fence(), &[seconds(0, 1_000)], &strict).verdict, CoverageVerdict::NotRecorded);
    let lax = Thresholds { inside_percent_min: 0, gap_ms_max: 1_000_000, ..Thresholds::default() };
    let far = [fix(0, OUTSIDE_E6), fix(900, OUTSIDE_E6)];
    assert_eq!(coverage(&far, &[], &fence(), &[seconds(0, 900)], &lax).verdict, CoverageVerdict::Covered);
}

#[test]
fn without_task_time_or_without_fixes_nothing_is_recorded() {
    let track = stay(0, 100, NORTH_E6);
    assert_eq!(coverage(&track, &[], &fence(), &[], &Thresholds::default()).verdict, CoverageVerdict::NotRecorded);
    assert_eq!(judged(&track, 50, 50).verdict, CoverageVerdict::NotRecorded);
    for track in [&[][..], &track[..1]] {
        let answer = judged(track, 0, 100);
        assert_eq!((sums(&answer), answer.verdict), ((0, 0, 100), CoverageVerdict::NotRecorded));
        assert_eq!(answer.gaps, [gap(0, 100, Cause::Unknown)]);
    }
}

/// the task time of a day of UTC+8 is from its first fact to its last; the night between is none.
#[test]
fn task_time_is_the_span_of_facts_of_each_day_of_utc_plus_8() {
    let at = |hours: i64| Timestamp(midnight() + hours * 3_600_000);
    let before_midnight = at(24).plus_ms(-1);
    let days = task_time(&[at(24), at(9), at(33), before_midnight, at(8)]);
    assert_eq!(days, [Interval { from: at(8), to: before_midnight }, Interval { from: at(24), to: at(33) }]);
    assert_eq!(task_time(&[at(8)]), [Interval { from: at(8), to: at(8) }]);
    assert_eq!(task_time(&[]), []);
}

#[test]
fn only_task_time_counts_and_each_day_has_its_row() {
    let track = [stay(-100, 300, NORTH_E6), stay(86_400, 86_500, OUTSIDE_E6)].concat();
    let days = [seconds(5, 105), seconds(86_395, 86_495)];
    let answer = coverage(&track, &[], &fence(), &days, &Thresholds::default());
    assert_eq!(sums(&answer), (100, 95, 5));
    let rows = answer.days.iter().map(|day| (day.inside_ms, day.outside_ms, day.not_recorded_ms));
    assert_eq!(rows.collect::<Vec<_>>(), [(100_000, 0, 0), (0, 95_000, 5_000)]);
    assert_eq!(answer.gaps, [gap(86_395, 86_400, Cause::Unknown)]);
}

#[test]
fn a_gap_is_a_row_with_the_cause_that_explains_most_of_it() {
    let track = [stay(100, 200, NORTH_E6), stay(1_000, 1_100, NORTH_E6)].concat();
    let hole = |from, to, cause| {
        let Interval { from, to } = seconds(from, to);
        TimedHole { from, to, cause }
    };
    let holes = [
        hole(500, 1_000, Cause::LocationOff),
        hole(0, 100, Cause::PermissionMissing),
        hole(200, 500, Cause::NoSignal),
        hole(1_100, 2_000, Cause::Unknown),
    ];
    let answer = coverage(&track, &holes, &fence(), &[seconds(0, 1_200)], &Thresholds::default());
    assert_eq!(
        answer.gaps,
        [gap(0, 100, Cause::PermissionMissing), gap(200, 1_000, Cause::LocationOff), gap(1_100, 1_200, Cause::Unknown)]
    );
}

#[test]
fn neighbouring_gaps_of_one_cause_are_one_row() {
    let mut track = stay(0, 100, NORTH_E6);
    track[3..6].iter_mut().for_each(|fix| fix.fix.accuracy_m = 200);
    assert_eq!(judged(&track, 0, 100).gaps, [gap(30, 60, Cause::PoorAccuracy)]);
}

#[test]
fn the_order_in_which_fixes_come_does_not_matter() {
    let track = [stay(0, 300, NORTH_E6), stay(310, 900, OUTSIDE_E6)].concat();
    let backwards = track.iter().rev().copied().collect::<Vec<_>>();
    assert_eq!(judged(&backwards, 0, 900), judged(&track, 0, 900));
}

fn any_fixes() -> impl Strategy<Value = Vec<TimedFix>> {
    let provider = prop::sample::select(vec![Provider::Gnss, Provider::Gnss, Provider::Gnss, Provider::Network]);
    let one = (0_i64..90_000_000, 0..10_000_i32, any::<u8>(), provider, prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..300).prop_map(|all| {
        let fixes = all.into_iter().map(|(ms, north, accuracy_m, provider, mock)| {
            let mut fix = fix(0, NORTH_E6 + north);
            fix.at = fix.at.plus_ms(ms);
            fix.fix = Fix { accuracy_m, provider, mock, ..fix.fix };
            fix
        });
        fixes.collect()
    })
}

/// a jump is told, no fix is removed, and the sums are as without it being told.
#[test]
fn r_096_a_jump_is_flagged_and_changes_no_sum() {
    let mut fixes = stay(0, 100, NORTH_E6);
    // 11 km away within ten seconds, and back.
    fixes.extend(stay(110, 140, NORTH_E6 + 100_000));
    fixes.extend(stay(150, 200, NORTH_E6));
    let found = coverage(&fixes, &[], &fence(), &[seconds(0, 200)], &Thresholds::default());
    let told: Vec<i64> = found.jumps.iter().map(|jump| jump.at.0 - morning()).collect();
    assert_eq!(told, [100_000, 140_000]);
    assert!(found.jumps.iter().all(|jump| (11_050..11_120).contains(&jump.metres)), "{:?}", found.jumps);
    assert_eq!((found.inside_ms, found.outside_ms, found.not_recorded_ms), (160_000, 40_000, 0));
    let driven: Vec<TimedFix> = (0..20).map(|n| fix(n * 10, NORTH_E6 + i32::try_from(n).unwrap() * 4_000)).collect();
    assert!(coverage(&driven, &[], &fence(), &[seconds(0, 200)], &Thresholds::default()).jumps.is_empty(), "44 m/s");
    let invented = |fix: &TimedFix| TimedFix { fix: Fix { mock: true, ..fix.fix }, ..*fix };
    let mocked: Vec<TimedFix> = fixes.iter().map(invented).collect();
    assert!(coverage(&mocked, &[], &fence(), &[seconds(0, 200)], &Thresholds::default()).jumps.is_empty());
}

proptest! {
    #[test]
    fn every_millisecond_of_the_task_time_is_told_once(
        fixes in any_fixes(), facts in prop::collection::vec(0_i64..200_000_000, 0..40), gap_ms_max in 0_i64..4_000_000,
    ) {
        let facts = facts.into_iter().map(|ms| Timestamp(morning() + ms)).collect::<Vec<_>>();
        let days = task_time(&facts);
        let thresholds = Thresholds { gap_ms_max, ..Thresholds::default() };
        let answer = coverage(&fixes, &[], &fence(), &days, &thresholds);
        let total: i64 = days.iter().map(|day| day.to.ms_since(day.from)).sum();
        prop_assert_eq!(answer.inside_ms + answer.outside_ms + answer.not_recorded_ms, total);
        for (row, day) in answer.days.iter().zip(&days) {
            prop_assert_eq!(row.inside_ms + row.outside_ms + row.not_recorded_ms, day.to.ms_since(day.from));
        }
        let silent: i64 = answer.gaps.iter().map(|gap| gap.to.ms_since(gap.from)).sum();
        prop_assert_eq!(silent, answer.not_recorded_ms);
        prop_assert!(answer.gaps.is_sorted_by_key(|gap| gap.from));
        prop_assert!(answer.gaps.iter().all(|gap| gap.from < gap.to));
    }
}
