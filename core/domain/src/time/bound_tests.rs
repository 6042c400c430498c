//! The bound that each source proves, and the bound that remains when a source lies.

use super::*;
use crate::{id::BootId, time::china_midnight};
use chrono::NaiveDate;
use proptest::prelude::*;

/// 2026-04-30T23:50:00+08:00, ten minutes before the month ends.
const EVENING: i64 = 1_777_564_200_000;
const HOUR_MS: i64 = 3_600_000;
const YEAR_MS: i64 = 365 * 24 * HOUR_MS;

fn boot(number: u128) -> BootId {
    BootId(uuid::Uuid::from_u128(number))
}
fn anchor(server_ms: i64, boot_ms: i64, boot_number: u128) -> Anchor {
    Anchor { server_ms: Timestamp(server_ms), boot_ms, boot_id: boot(boot_number), rtt_ms: 200 }
}
/// A fact of boot 2 at ten hours of its clock, with the wall clock right.
fn captured(anchor: Option<Anchor>, gnss_ms: Option<i64>) -> Captured {
    let gnss_ms = gnss_ms.map(Timestamp);
    Captured { wall_ms: Timestamp(EVENING), boot_ms: 10 * HOUR_MS, boot_id: boot(2), gnss_ms, anchor }
}
fn at(captured: &Captured, receipt: i64, later_anchors: &[Anchor], previous: Option<Bound>) -> TrustedTime {
    trusted_time(&TimeEvidence { captured, receipt: Timestamp(receipt), later_anchors, previous })
}
fn bound(earliest: i64, latest: i64) -> Bound {
    Bound { earliest: Timestamp(earliest), latest: Timestamp(latest) }
}
fn agreed(earliest: i64, latest: i64) -> TrustedTime {
    TrustedTime { bound: bound(earliest, latest), time_contradiction: false }
}
fn contradicted(earliest: i64, latest: i64) -> TrustedTime {
    TrustedTime { bound: bound(earliest, latest), time_contradiction: true }
}
fn month_end() -> Timestamp {
    china_midnight(NaiveDate::from_ymd_opt(2026, 5, 1).unwrap())
}

#[test]
fn an_anchor_of_the_same_boot_gives_elapsed_time_with_half_a_round_trip_and_drift() {
    let fact = captured(Some(anchor(EVENING - 10 * HOUR_MS, 0, 2)), None);
    // Ten hours at 100 ppm are 3.6 s; each division is rounded up.
    assert_eq!(at(&fact, EVENING + HOUR_MS, &[], None), agreed(EVENING - 3_702, EVENING + 3_702));
}

#[test]
fn after_a_reboot_the_last_anchor_is_the_floor_and_the_receipt_the_ceiling() {
    let fact = captured(Some(anchor(EVENING - 30 * HOUR_MS, 77, 1)), None);
    let receipt = EVENING + 2 * HOUR_MS;
    assert_eq!(at(&fact, receipt, &[], None), agreed(EVENING - 30 * HOUR_MS - 101, receipt));
    let tightened = captured(fact.anchor, Some(EVENING));
    assert_eq!(at(&tightened, receipt, &[], None), agreed(EVENING - 2_000, EVENING + 2_000));
    let next = anchor(EVENING + HOUR_MS, 11 * HOUR_MS, 2);
    assert_eq!(at(&fact, receipt, &[next], None), agreed(EVENING - 462, EVENING + 462));
    let of_a_third_boot = anchor(EVENING + HOUR_MS, 11 * HOUR_MS, 3);
    assert_eq!(at(&fact, receipt, &[of_a_third_boot], None), at(&fact, receipt, &[], None));
    let before = bound(EVENING - HOUR_MS, EVENING + HOUR_MS);
    assert_eq!(at(&fact, receipt, &[], Some(before)), agreed(EVENING - HOUR_MS, receipt));
}

#[test]
fn two_anchors_of_a_boot_tighten_each_other() {
    let fact = captured(Some(anchor(EVENING - 10 * HOUR_MS, 0, 2)), None);
    let late = at(&fact, EVENING + HOUR_MS, &[anchor(EVENING + 60_500, 10 * HOUR_MS + 60_000, 2)], None);
    assert_eq!(late, agreed(EVENING + 500 - 108, EVENING + 500 + 108));
}

#[test]
fn without_any_source_only_the_receipt_is_known() {
    assert_eq!(at(&captured(None, None), EVENING, &[], None), agreed(0, EVENING));
}

/// the wall clock never decides, a year fast or slow.
#[test]
fn a_wall_clock_a_year_off_changes_no_bound() {
    for gnss_ms in [None, Some(EVENING)] {
        for met in [None, Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), Some(anchor(EVENING - HOUR_MS, 9, 1))] {
            let right = captured(met, gnss_ms);
            let expected = at(&right, EVENING + HOUR_MS, &[], None);
            for off_ms in [-YEAR_MS, YEAR_MS] {
                let wrong = Captured { wall_ms: Timestamp(EVENING + off_ms), ..right };
                assert_eq!(at(&wrong, EVENING + HOUR_MS, &[], None), expected);
            }
        }
    }
}

#[test]
fn satellites_that_contradict_are_dropped_first() {
    let met = Some(anchor(EVENING - 10 * HOUR_MS, 0, 2));
    let spoofed = captured(met, Some(EVENING - YEAR_MS));
    assert_eq!(at(&spoofed, EVENING + HOUR_MS, &[], None), contradicted(EVENING - 3_702, EVENING + 3_702));
    let after_receipt = captured(None, Some(EVENING + HOUR_MS));
    assert_eq!(at(&after_receipt, EVENING, &[], None), contradicted(0, EVENING));
}

#[test]
fn anchors_that_contradict_give_their_hull() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let moved = anchor(EVENING + 2 * HOUR_MS, 11 * HOUR_MS, 2);
    let answer = at(&fact, EVENING + 3 * HOUR_MS, &[moved], None);
    assert_eq!(answer, contradicted(EVENING - 462, EVENING + HOUR_MS + 462));
}

#[test]
fn anchors_after_the_receipt_or_before_the_chain_are_marked_and_the_receipt_holds() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    assert_eq!(at(&fact, EVENING - HOUR_MS, &[], None), contradicted(0, EVENING - HOUR_MS));
    let before = bound(EVENING + HOUR_MS, EVENING + 2 * HOUR_MS);
    let widened = at(&fact, EVENING + 3 * HOUR_MS, &[], Some(before));
    assert_eq!(widened, contradicted(EVENING - 462, EVENING + HOUR_MS));
    assert_eq!(at(&captured(None, None), EVENING, &[], Some(before)), contradicted(0, EVENING));
}

/// a submission whose whole bound lies before the deadline is in time even when it is received later.
#[test]
fn a_submission_proved_before_midnight_is_in_time_when_it_arrives_after() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let receipt = EVENING + 9 * HOUR_MS;
    let proved = at(&fact, receipt, &[], None).bound;
    assert!(submitted_in_time(Some(proved), Timestamp(receipt), month_end()));
    assert!(!submitted_in_time(None, Timestamp(receipt), month_end()));
}

/// of a bound the latest instant counts, and the deadline itself is too late.
#[test]
fn the_latest_instant_of_the_bound_decides_and_midnight_is_too_late() {
    let end = month_end();
    let until = |latest: Timestamp| Some(Bound { earliest: Timestamp(EVENING), latest });
    let receipt = end.plus_ms(HOUR_MS);
    assert!(submitted_in_time(until(end.plus_ms(-1)), receipt, end));
    assert!(!submitted_in_time(until(end), receipt, end));
    assert!(submitted_in_time(None, end.plus_ms(-1), end));
    assert!(!submitted_in_time(None, end, end));
}

#[test]
fn a_boot_began_where_its_narrowest_bound_says() {
    let wide = (HOUR_MS, bound(EVENING - YEAR_MS, EVENING + YEAR_MS));
    let narrow = (10 * HOUR_MS, bound(EVENING - 100, EVENING + 100));
    assert_eq!(boot_began_ms([wide, narrow]), Some(EVENING - 10 * HOUR_MS));
    assert_eq!(boot_began_ms([(5, bound(0, EVENING))]), Some(EVENING - 5));
    assert_eq!(boot_began_ms([]), None);
}

fn any_anchor() -> impl Strategy<Value = Anchor> {
    let near = prop_oneof![any::<i64>(), EVENING - 9 * HOUR_MS..EVENING + 9 * HOUR_MS];
    (near, prop_oneof![any::<i64>(), 0..20 * HOUR_MS], 1_u128..4, any::<i64>()).prop_map(
        |(server_ms, boot_ms, number, rtt_ms)| Anchor {
            server_ms: Timestamp(server_ms),
            boot_ms,
            boot_id: boot(number),
            rtt_ms,
        },
    )
}

fn any_instant() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), EVENING - 9 * HOUR_MS..EVENING + 9 * HOUR_MS]
}

proptest! {
    #[test]
    fn a_bound_is_never_empty_and_never_after_the_receipt(
        met in prop::option::of(any_anchor()), later in prop::collection::vec(any_anchor(), 0..4),
        gnss_ms in prop::option::of(any_instant()), boot_ms in any_instant(), wall_ms in any_instant(),
        receipt in any_instant(), previous in prop::option::of((any_instant(), any_instant())),
    ) {
        let fact = Captured { boot_ms, wall_ms: Timestamp(wall_ms), ..captured(met, gnss_ms) };
        let previous = previous.map(|(one, other)| bound(one.min(other), one.max(other)));
        let answer = at(&fact, receipt, &later, previous);
        prop_assert!(answer.bound.earliest <= answer.bound.latest, "{answer:?}");
        prop_assert!(answer.bound.latest.0 <= receipt);
        prop_assert_eq!(at(&Captured { wall_ms: Timestamp(0), ..fact }, receipt, &later, previous), answer);
    }

    /// True sources never contradict, and their bound holds the truth.
    #[test]
    fn honest_clocks_hold_the_truth(
        truth in EVENING..EVENING + YEAR_MS, met_before_ms in 0..30 * HOUR_MS, rtt_ms in 0_i64..60_000,
        skew in -100_i64..=100, gnss_off_ms in prop::option::of(-2_000_i64..=2_000), same_boot in any::<bool>(),
        late_ms in 0..YEAR_MS, share in 0.0..=1.0_f64,
    ) {
        let inside_trip_ms = ((share - 0.5) * rtt_ms as f64) as i64;
        let elapsed_ms = met_before_ms + met_before_ms * skew / 1_000_000;
        let met = Anchor {
            server_ms: Timestamp(truth - met_before_ms + inside_trip_ms), boot_ms: 10 * HOUR_MS - elapsed_ms,
            boot_id: boot(if same_boot { 2 } else { 1 }), rtt_ms,
        };
        let met = Anchor { server_ms: met.server_ms.min(Timestamp(truth)), ..met };
        let fact = captured(Some(met), gnss_off_ms.map(|off_ms| truth + off_ms));
        let answer = at(&fact, truth + late_ms, &[], None);
        prop_assert!(!answer.time_contradiction, "{answer:?}");
        prop_assert!((answer.bound.earliest.0..=answer.bound.latest.0).contains(&truth), "{answer:?}");
    }
}
