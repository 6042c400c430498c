//! The bound that each source proves, and the bound that remains when a source lies.

use super::*;
use crate::id::BootId;
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
const CLAIM: i64 = EVENING - 100 * HOUR_MS;

/// What is known of a fact whose store was claimed 100 hours before the evening.
fn known<'a>(captured: &'a Captured, ceiling: i64, anchors: &'a [Anchor]) -> TimeEvidence<'a> {
    TimeEvidence { captured, floor: Timestamp(CLAIM), ceiling: Timestamp(ceiling), anchors, previous: None }
}
fn at(captured: &Captured, ceiling: i64, anchors: &[Anchor]) -> TrustedTime {
    trusted_time(&known(captured, ceiling, anchors))
}
fn bound(earliest: i64, latest: i64) -> Bound {
    Bound { earliest: Timestamp(earliest), latest: Timestamp(latest) }
}
fn agreed(proved: Bound, stated: Option<Bound>) -> TrustedTime {
    TrustedTime { proved, stated, time_contradiction: false }
}
fn contradicted(proved: Bound, stated: Option<Bound>) -> TrustedTime {
    TrustedTime { time_contradiction: true, ..agreed(proved, stated) }
}

#[test]
fn proved_lies_between_what_the_server_knows_and_stated_follows_the_anchor() {
    let fact = captured(Some(anchor(EVENING - 10 * HOUR_MS, 0, 2)), None);
    // Ten hours at 100 ppm are 3.6 s; each division is rounded up.
    let stated = bound(EVENING - 3_702, EVENING + 3_702);
    assert_eq!(at(&fact, EVENING + HOUR_MS, &[]), agreed(bound(CLAIM, EVENING + HOUR_MS), Some(stated)));
}

#[test]
fn without_an_anchor_of_its_boot_a_fact_states_nothing_but_by_satellites_or_order() {
    let ceiling = EVENING + 2 * HOUR_MS;
    let proved = bound(CLAIM, ceiling);
    let fact = captured(Some(anchor(EVENING - 30 * HOUR_MS, 77, 1)), None);
    assert_eq!(at(&fact, ceiling, &[]), agreed(proved, None));
    let seen = captured(fact.anchor, Some(EVENING));
    assert_eq!(at(&seen, ceiling, &[]), agreed(proved, Some(bound(EVENING - 2_000, EVENING + 2_000))));
    let previous = Some(Previous { boot_id: boot(1), boot_ms: 5, earliest: Timestamp(EVENING - HOUR_MS) });
    let ordered = trusted_time(&TimeEvidence { previous, ..known(&fact, ceiling, &[]) });
    assert_eq!(ordered, agreed(proved, Some(bound(EVENING - HOUR_MS, ceiling))));
}

#[test]
fn a_later_anchor_of_the_boot_states_and_tightens() {
    let ceiling = EVENING + 2 * HOUR_MS;
    let next = anchor(EVENING + HOUR_MS, 11 * HOUR_MS, 2);
    let loose = captured(None, None);
    let proved = bound(CLAIM, ceiling);
    assert_eq!(at(&loose, ceiling, &[next]), agreed(proved, Some(bound(EVENING - 462, EVENING + 462))));
    let of_a_third_boot = anchor(EVENING + HOUR_MS, 11 * HOUR_MS, 3);
    assert_eq!(at(&loose, ceiling, &[of_a_third_boot]), agreed(proved, None));
    let fact = captured(Some(anchor(EVENING - 10 * HOUR_MS, 0, 2)), None);
    let both = at(&fact, ceiling, &[anchor(EVENING + 60_500, 10 * HOUR_MS + 60_000, 2)]);
    assert_eq!(both, agreed(proved, Some(bound(EVENING + 500 - 108, EVENING + 500 + 108))));
}

/// the wall clock never decides, a year fast or slow.
#[test]
fn r_128_a_wall_clock_a_year_off_changes_nothing() {
    for gnss_ms in [None, Some(EVENING)] {
        for met in [None, Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), Some(anchor(EVENING - HOUR_MS, 9, 1))] {
            let right = captured(met, gnss_ms);
            let expected = at(&right, EVENING + HOUR_MS, &[]);
            for off_ms in [-YEAR_MS, YEAR_MS] {
                let wrong = Captured { wall_ms: Timestamp(EVENING + off_ms), ..right };
                assert_eq!(at(&wrong, EVENING + HOUR_MS, &[]), expected);
            }
        }
    }
}

#[test]
fn satellites_that_contradict_are_dropped_first() {
    let met = Some(anchor(EVENING - 10 * HOUR_MS, 0, 2));
    let spoofed = captured(met, Some(EVENING - YEAR_MS));
    let told = at(&spoofed, EVENING + HOUR_MS, &[]);
    let stated = bound(EVENING - 3_702, EVENING + 3_702);
    assert_eq!(told, contradicted(bound(CLAIM, EVENING + HOUR_MS), Some(stated)));
    let after_receipt = captured(None, Some(EVENING + HOUR_MS));
    assert_eq!(at(&after_receipt, EVENING, &[]), contradicted(bound(CLAIM, EVENING), Some(bound(EVENING, EVENING))));
}

#[test]
fn anchors_that_contradict_give_their_hull() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let moved = anchor(EVENING + 2 * HOUR_MS, 11 * HOUR_MS, 2);
    let ceiling = EVENING + 3 * HOUR_MS;
    let hull = bound(EVENING - 462, EVENING + HOUR_MS + 462);
    assert_eq!(at(&fact, ceiling, &[moved]), contradicted(bound(CLAIM, ceiling), Some(hull)));
}

/// A server whose clock was set by some seconds brands no phone: what covers both anchors is stated, without the mark.
#[test]
fn anchors_and_satellites_that_a_set_clock_moves_apart_are_no_contradiction() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let ceiling = EVENING + 3 * HOUR_MS;
    let (near, far) =
        (anchor(EVENING + HOUR_MS + 5_900, 11 * HOUR_MS, 2), anchor(EVENING + HOUR_MS + 6_000, 11 * HOUR_MS, 2));
    let hull = bound(EVENING - 462, EVENING + 5_900 + 462);
    assert_eq!(at(&fact, ceiling, &[near]), agreed(bound(CLAIM, ceiling), Some(hull)));
    assert!(at(&fact, ceiling, &[far]).time_contradiction);
    for (off_ms, told) in [(7_400, false), (7_500, true)] {
        let seen = captured(fact.anchor, Some(EVENING + off_ms));
        assert_eq!(at(&seen, ceiling, &[]).time_contradiction, told, "{off_ms}");
    }
}

#[test]
fn a_time_that_is_taken_anew_loses_nothing_that_was_known() {
    let (proved, tighter) = (bound(CLAIM, EVENING + HOUR_MS), bound(CLAIM, EVENING));
    let ordered = agreed(proved, Some(bound(EVENING - HOUR_MS, EVENING + HOUR_MS)));
    let clipped = agreed(tighter, Some(bound(EVENING - HOUR_MS, EVENING)));
    assert_eq!(ordered.retaken(agreed(tighter, None)), clipped, "order is not known the second time");
    let anchored = agreed(proved, Some(bound(EVENING - 500, EVENING + 500)));
    assert_eq!(ordered.retaken(anchored), anchored);
    let wide = agreed(tighter, Some(bound(EVENING - 2 * HOUR_MS, EVENING)));
    assert_eq!(ordered.retaken(wide), clipped, "what both say");
    let hull = contradicted(proved, Some(bound(EVENING - 2 * HOUR_MS, EVENING + HOUR_MS)));
    assert_eq!(anchored.retaken(hull), hull, "anchors that exclude each other tell how far");
    let early = agreed(bound(CLAIM, EVENING - 2 * HOUR_MS), None);
    let refuted = contradicted(early.proved, Some(Bound::at(Timestamp(EVENING - 2 * HOUR_MS))));
    assert_eq!(ordered.retaken(early), refuted);
}

/// An anchor is a statement: one that was invented a month back moves nothing that is proved.
#[test]
fn an_invented_anchor_a_month_back_is_clipped_and_marked() {
    let fact = captured(Some(anchor(EVENING - 30 * 24 * HOUR_MS, 10 * HOUR_MS, 2)), None);
    assert_eq!(at(&fact, EVENING, &[]), contradicted(bound(CLAIM, EVENING), Some(bound(CLAIM, CLAIM))));
    let future = captured(Some(anchor(EVENING + HOUR_MS, 10 * HOUR_MS, 2)), None);
    assert_eq!(at(&future, EVENING, &[]), contradicted(bound(CLAIM, EVENING), Some(bound(EVENING, EVENING))));
}

#[test]
fn a_boot_clock_that_falls_is_a_contradiction_and_a_photo_that_was_stored_late_is_none() {
    let fact = captured(None, None);
    let after = |boot_ms: i64| {
        let previous = Some(Previous { boot_id: boot(2), boot_ms, earliest: Timestamp(CLAIM) });
        trusted_time(&TimeEvidence { previous, ..known(&fact, EVENING, &[]) }).time_contradiction
    };
    assert!(!after(10 * HOUR_MS + 30_000));
    assert!(after(10 * HOUR_MS + 61_000));
}

#[test]
fn what_is_stated_long_before_the_fact_before_it_is_a_contradiction() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let ceiling = EVENING + 3 * HOUR_MS;
    let after = |earliest: i64| {
        let previous = Some(Previous { boot_id: boot(1), boot_ms: 0, earliest: Timestamp(earliest) });
        trusted_time(&TimeEvidence { previous, ..known(&fact, ceiling, &[]) })
    };
    let proved = bound(CLAIM, ceiling);
    assert_eq!(after(EVENING + 30_000), agreed(proved, Some(bound(EVENING - 462, EVENING + 462))));
    let later = EVENING + HOUR_MS;
    assert_eq!(after(later), contradicted(proved, Some(bound(later, later))));
}

/// A round that answers a rejection is not earlier than the rejection.
#[test]
fn a_floor_that_is_known_later_clips_what_is_stated() {
    let fact = captured(Some(anchor(EVENING - HOUR_MS, 9 * HOUR_MS, 2)), None);
    let told = at(&fact, EVENING + 3 * HOUR_MS, &[]);
    assert_eq!(told.not_before(Timestamp(CLAIM - 1)), told);
    let narrowed = told.not_before(Timestamp(EVENING));
    assert_eq!(narrowed, agreed(bound(EVENING, EVENING + 3 * HOUR_MS), Some(bound(EVENING, EVENING + 462))));
    let late = Timestamp(EVENING + HOUR_MS);
    assert_eq!(told.not_before(late), contradicted(Bound { earliest: late, ..told.proved }, Some(Bound::at(late))));
    let beyond = told.not_before(Timestamp(EVENING + 9 * HOUR_MS));
    assert!(beyond.time_contradiction && beyond.proved == Bound::at(told.proved.latest));
}

#[test]
fn a_boot_began_where_its_bounds_agree_whatever_their_order() {
    let wide = (HOUR_MS, bound(EVENING - YEAR_MS, EVENING + YEAR_MS));
    let narrow = (10 * HOUR_MS, bound(EVENING - 100, EVENING + 100));
    assert_eq!(boot_began_ms([wide, narrow]), Some(EVENING - 10 * HOUR_MS));
    assert_eq!(boot_began_ms([(5, bound(0, EVENING))]), Some(EVENING - 5));
    let early = (HOUR_MS, bound(EVENING, EVENING + 600));
    let late = (2 * HOUR_MS, bound(EVENING + HOUR_MS + 400, EVENING + HOUR_MS + 1_000));
    let agreed = Some(EVENING - HOUR_MS + 500);
    assert_eq!((boot_began_ms([early, late]), boot_began_ms([late, early])), (agreed, agreed));
    let contradicting = (2 * HOUR_MS, bound(EVENING, EVENING + 600));
    let first = Some(EVENING - 2 * HOUR_MS + 300);
    let found = [boot_began_ms([early, contradicting]), boot_began_ms([contradicting, early])];
    assert_eq!(found, [first, first]);
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
    fn an_interval_is_never_empty_and_stated_lies_within_proved(
        met in prop::option::of(any_anchor()), later in prop::collection::vec(any_anchor(), 0..4),
        gnss_ms in prop::option::of(any_instant()), boot_ms in any_instant(), wall_ms in any_instant(),
        floor in any_instant(), ceiling in any_instant(), later_floor in any_instant(),
        previous in prop::option::of((any_instant(), any_instant(), 1_u128..4)),
    ) {
        let fact = Captured { boot_ms, wall_ms: Timestamp(wall_ms), ..captured(met, gnss_ms) };
        let previous = previous.map(|(earliest, boot_ms, number)| {
            Previous { boot_id: boot(number), boot_ms, earliest: Timestamp(earliest) }
        });
        let (floor, ceiling) = (Timestamp(floor), Timestamp(ceiling));
        let evidence = TimeEvidence { captured: &fact, floor, ceiling, anchors: &later, previous };
        let told = trusted_time(&evidence);
        for time in [told, told.not_before(Timestamp(later_floor))] {
            prop_assert!(time.proved.earliest <= time.proved.latest, "{time:?}");
            prop_assert!(time.proved.latest <= ceiling);
            let within = |stated: Bound| time.proved.earliest <= stated.earliest
                && stated.earliest <= stated.latest && stated.latest <= time.proved.latest;
            prop_assert!(time.stated.is_none_or(within), "{time:?}");
        }
        let unset = Captured { wall_ms: Timestamp(0), ..fact };
        prop_assert_eq!(trusted_time(&TimeEvidence { captured: &unset, ..evidence }), told);
    }

    /// a phone that lies about nothing but its wall clock: the truth lies in both intervals, and no source
    /// contradicts another.
    #[test]
    fn r_128_honest_clocks_hold_the_truth(
        truth in EVENING..EVENING + YEAR_MS, met_before_ms in 0..30 * HOUR_MS, rtt_ms in 0_i64..60_000,
        skew in -100_i64..=100, gnss_off_ms in prop::option::of(-2_000_i64..=2_000), same_boot in any::<bool>(),
        late_ms in 0..YEAR_MS, share in 0.0..=1.0_f64, wall_ms in any::<i64>(),
        stamped_before_ms in 0..YEAR_MS, before_ms in prop::option::of(0..HOUR_MS),
    ) {
        let inside_trip_ms = ((share - 0.5) * rtt_ms as f64) as i64;
        let elapsed_ms = met_before_ms + met_before_ms * skew / 1_000_000;
        let met = Anchor {
            server_ms: Timestamp((truth - met_before_ms + inside_trip_ms).min(truth)), boot_ms: 10 * HOUR_MS - elapsed_ms,
            boot_id: boot(if same_boot { 2 } else { 1 }), rtt_ms,
        };
        let honest = captured(Some(met), gnss_off_ms.map(|off_ms| truth + off_ms));
        let fact = Captured { wall_ms: Timestamp(wall_ms), ..honest };
        let previous = before_ms.map(|before_ms| Previous {
            boot_id: boot(2), boot_ms: 10 * HOUR_MS - before_ms, earliest: Timestamp(truth - before_ms),
        });
        let told = trusted_time(&TimeEvidence {
            captured: &fact, floor: Timestamp(truth - stamped_before_ms), ceiling: Timestamp(truth + late_ms),
            anchors: &[], previous,
        });
        prop_assert!(!told.time_contradiction, "{told:?}");
        for bound in [told.proved, told.best()] {
            prop_assert!((bound.earliest.0..=bound.latest.0).contains(&truth), "{told:?}");
        }
    }
}
