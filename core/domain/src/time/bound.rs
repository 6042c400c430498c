//! Trusted time: when an event can be proved to have happened, and when the phone's clocks say that it did (protocol,
//! "Trusted time").

use super::{Anchor, Captured, Timestamp};
use crate::id::BootId;
use serde::{Deserialize, Serialize};

/// How far a phone's boot clock may run off, in parts of a million.
pub const DRIFT_PPM: i64 = 100;

/// How far the satellites' time may be off when it reaches a fact, in milliseconds.
pub const GNSS_DOUBT_MS: i64 = 2_000;

/// How far the server's own clock may be set while a boot runs, in milliseconds. Anchors that were taken before and after
/// that differ by it, and no phone is to blame.
pub const SERVER_STEP_MS: i64 = 5_000;

/// How far facts may stand out of order in a store, in milliseconds: a photo is taken, and enters the journal when its
/// bytes are stored.
pub const ORDER_DOUBT_MS: i64 = 60_000;

/// The earliest end of a bound of which nothing is known: no fact is older than Unix time.
pub const NEVER: Timestamp = Timestamp(0);

/// An interval of time, both ends included: not before `earliest`, not after `latest`. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// Not before.
    pub earliest: Timestamp,
    /// Not after.
    pub latest: Timestamp,
}

impl Bound {
    /// One instant.
    pub const fn at(instant: Timestamp) -> Self {
        Self { earliest: instant, latest: instant }
    }

    /// How wide it is, in milliseconds.
    pub const fn width_ms(self) -> i64 {
        self.latest.ms_since(self.earliest)
    }

    /// Its middle, for a page that has room for one instant; the latest instant where nothing is known of the earliest.
    pub fn middle(self) -> Timestamp {
        if self.earliest <= NEVER { self.latest } else { self.earliest.plus_ms(self.width_ms() / 2) }
    }

    fn around(middle: Timestamp, doubt_ms: i64) -> Self {
        Self { earliest: middle.plus_ms(doubt_ms.saturating_neg()), latest: middle.plus_ms(doubt_ms) }
    }

    fn meet(self, other: Self) -> Option<Self> {
        let (earliest, latest) = (self.earliest.max(other.earliest), self.latest.min(other.latest));
        if earliest <= latest { Some(Self { earliest, latest }) } else { None }
    }

    /// How far the two lie apart, in milliseconds; negative when they have something in common.
    fn apart_ms(self, other: Self) -> i64 {
        self.earliest.max(other.earliest).ms_since(self.latest.min(other.latest))
    }

    fn hull(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// The part of it that lies within `limits`, and `true`. Without such a part, the nearest end of `limits`, and
    /// `false`.
    fn clip(self, limits: Self) -> (Self, bool) {
        match self.meet(limits) {
            Some(within) => (within, true),
            None if self.latest < limits.earliest => (Self::at(limits.earliest), false),
            None => (Self::at(limits.latest), false),
        }
    }
}

/// What is known of the moment of one fact.
#[derive(Clone, Copy, Debug)]
pub struct TimeEvidence<'a> {
    /// What the phone wrote down.
    pub captured: &'a Captured,
    /// The latest instant of the server's own clock that is known to lie before the fact: the claim of its store, or a
    /// time that the server signed for this store and that stands before the fact in the chain.
    pub floor: Timestamp,
    /// When the server received the first push that commits to the fact.
    pub ceiling: Timestamp,
    /// The anchors of the store that are known by now. Those of other boots are ignored.
    pub anchors: &'a [Anchor],
    /// The fact before this one in the chain.
    pub previous: Option<Previous>,
}

/// What the fact before in the chain says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Its boot.
    pub boot_id: BootId,
    /// The clock of that boot.
    pub boot_ms: i64,
    /// The earliest instant that it states.
    pub earliest: Timestamp,
}

/// When a fact was captured: two intervals that are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TrustedTime {
    /// Rests on what the server itself knows. A third party can check it.
    pub proved: Bound,
    /// Rests on the clocks of the phone, and lies within `proved`. `None`: they say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<Bound>,
    /// Two sources exclude each other. Screens show this mark beside the intervals that the other sources give.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub time_contradiction: bool,
}

impl TrustedTime {
    /// What the server's own clock says: proved to the instant.
    pub const fn of_server(instant: Timestamp) -> Self {
        Self { proved: Bound::at(instant), stated: None, time_contradiction: false }
    }

    /// The stated interval; where the clocks say nothing, the proved one.
    pub fn best(self) -> Bound {
        self.stated.unwrap_or(self.proved)
    }

    /// The time of what happened that much later, or earlier below 0, by a clock that runs on.
    #[must_use]
    pub fn moved_by(self, ms: i64) -> Self {
        let moved = |bound: Bound| Bound { earliest: bound.earliest.plus_ms(ms), latest: bound.latest.plus_ms(ms) };
        Self { proved: moved(self.proved), stated: self.stated.map(moved), ..self }
    }

    /// The same time with a later floor. At `floor`, by the server's clock, something was made that the fact acts on or
    /// answers, so the fact is not earlier.
    #[must_use]
    pub fn not_before(self, floor: Timestamp) -> Self {
        if floor <= self.proved.earliest {
            return self;
        }
        let refuted = floor > self.proved.latest;
        let proved = Bound { earliest: floor.min(self.proved.latest), latest: self.proved.latest };
        let stated = self.stated.map(|stated| stated.clip(proved));
        let clipped = stated.is_some_and(|(_, reached)| !reached);
        let time_contradiction = self.time_contradiction || refuted || clipped;
        Self { proved, stated: stated.map(|(within, _)| within), time_contradiction }
    }

    /// This time together with the same fact's time `anew`, which was taken by what came later and without the fact
    /// before it. What came later only adds: what is known already stays, unless the two exclude each other.
    #[must_use]
    pub fn retaken(self, anew: Self) -> Self {
        let anew = anew.not_before(self.proved.earliest);
        let time_contradiction = self.time_contradiction || anew.time_contradiction;
        match (self.stated, anew.stated) {
            (Some(old), None) => {
                let (within, reached) = old.clip(anew.proved);
                Self { stated: Some(within), time_contradiction: time_contradiction || !reached, ..anew }
            }
            (Some(old), Some(new)) if !time_contradiction => Self { stated: old.meet(new).or(Some(new)), ..anew },
            _ => Self { time_contradiction, ..anew },
        }
    }
}

/// When a fact was captured, as far as it can be proved, and as its phone states it.
///
/// *Proved* lies between `floor` and `ceiling`: nothing of it comes from the phone. *Stated* comes from the first of
/// these that says something:
///
/// - Each anchor of the fact's boot says `server time + elapsed ± (round trip / 2 + 100 ppm)`, satellites say their
///   time ± 2 s. What they have in common is stated. Anchors that exclude each other state the range that covers them
///   all. Satellites that the anchors exclude are dropped. What lies apart by no more than `SERVER_STEP_MS` gets no
///   mark, because the server's clock may have been set.
/// - The chain says that the fact is not earlier than the fact before it.
///
/// What is stated outside the proved interval is clipped to it. What is stated more than a minute before the earliest
/// instant of the fact before is clipped to that instant. The phone's wall clock is ignored.
pub fn trusted_time(evidence: &TimeEvidence<'_>) -> TrustedTime {
    let TimeEvidence { captured, floor, ceiling, previous, .. } = *evidence;
    let proved = Bound { earliest: floor.min(ceiling), latest: ceiling };
    let (said, disagree) = said(evidence);
    let ordered = previous.map(|previous| previous.earliest).filter(|earliest| *earliest > proved.earliest);
    let by_order = ordered.map(|earliest| Bound { earliest: earliest.min(ceiling), latest: ceiling });
    let fell = previous.is_some_and(|previous| {
        previous.boot_id == captured.boot_id && captured.boot_ms < previous.boot_ms.saturating_sub(ORDER_DOUBT_MS)
    });
    let early = said.zip(ordered).is_some_and(|(said, earliest)| said.latest < earliest.plus_ms(-ORDER_DOUBT_MS));
    let limits = if early { by_order.unwrap_or(proved) } else { proved };
    let stated = said.map(|said| said.clip(limits));
    let clipped = stated.is_some_and(|(_, reached)| !reached);
    TrustedTime {
        proved,
        stated: stated.map(|(within, _)| within).or(by_order),
        time_contradiction: floor > ceiling || disagree || fell || clipped,
    }
}

/// What anchors and satellites say together, and whether any of them was refuted.
fn said(evidence: &TimeEvidence<'_>) -> (Option<Bound>, bool) {
    let (anchored, disagree) = anchored(evidence);
    let satellites = evidence.captured.gnss_ms.map(|gnss_ms| Bound::around(gnss_ms, GNSS_DOUBT_MS));
    match (anchored, satellites) {
        (Some(anchored), Some(satellites)) => match anchored.meet(satellites) {
            Some(both) => (Some(both), disagree),
            None => (Some(anchored), disagree || anchored.apart_ms(satellites) > SERVER_STEP_MS),
        },
        (one, other) => (one.or(other), disagree),
    }
}

/// The interval that the anchors of the fact's own boot give, and whether these anchors disagree.
fn anchored(evidence: &TimeEvidence<'_>) -> (Option<Bound>, bool) {
    let captured = evidence.captured;
    let anchors = captured.anchor.iter().chain(evidence.anchors);
    let spans = anchors.filter(|anchor| anchor.boot_id == captured.boot_id).map(|anchor| {
        let elapsed_ms = captured.boot_ms.saturating_sub(anchor.boot_ms);
        let drift_ms = elapsed_ms.saturating_abs() / (1_000_000 / DRIFT_PPM) + 1;
        let doubt_ms = half_round_trip_ms(anchor).saturating_add(drift_ms);
        Bound::around(anchor.server_ms.plus_ms(elapsed_ms), doubt_ms)
    });
    // The latest begin, the earliest end, and what covers all.
    let mut all: Option<(Timestamp, Timestamp, Bound)> = None;
    for span in spans {
        all = Some(match all {
            None => (span.earliest, span.latest, span),
            Some((begin, end, hull)) => (begin.max(span.earliest), end.min(span.latest), hull.hull(span)),
        });
    }
    match all {
        None => (None, false),
        Some((earliest, latest, _)) if earliest <= latest => (Some(Bound { earliest, latest }), false),
        Some((begin, end, hull)) => (Some(hull), begin.ms_since(end) > SERVER_STEP_MS),
    }
}

fn half_round_trip_ms(anchor: &Anchor) -> i64 {
    anchor.rtt_ms.max(0) / 2 + 1
}

/// The instant, in Unix milliseconds, at which the clock of a boot showed 0. It places the track of that boot on the
/// UTC time line. `facts` are the bounds of facts of this boot, each with the `boot_ms` of its capture: the middle of what
/// they have in common, or the narrowest of them when they contradict each other, whatever their order. `None` without
/// facts. One value for the whole boot keeps fixes and facts in step.
pub fn boot_began_ms(facts: impl IntoIterator<Item = (i64, Bound)>) -> Option<i64> {
    let began = |(boot_ms, bound): (i64, Bound)| {
        let earliest = if bound.earliest <= NEVER { NEVER } else { bound.earliest.plus_ms(boot_ms.saturating_neg()) };
        Bound { earliest, latest: bound.latest.plus_ms(boot_ms.saturating_neg()) }
    };
    let all: Vec<Bound> = facts.into_iter().map(began).collect();
    let narrowest = *all.iter().min_by_key(|bound| (bound.width_ms(), bound.earliest))?;
    let common = all.iter().try_fold(narrowest, |common, bound| common.meet(*bound));
    Some(common.unwrap_or(narrowest).middle().0)
}

#[cfg(test)]
#[path = "bound_tests.rs"]
mod tests;
