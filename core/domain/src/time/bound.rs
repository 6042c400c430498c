//! Trusted time: the bound in which an event can be proved to have happened (protocol, "Trusted time").

use super::{Anchor, Captured, Timestamp};
use serde::{Deserialize, Serialize};

/// How far a phone's boot clock may run off, in parts of a million.
pub const DRIFT_PPM: i64 = 100;

/// How far the satellites' time may be off when it reaches a fact, in milliseconds.
pub const GNSS_DOUBT_MS: i64 = 2_000;

/// The earliest end of a bound of which nothing is known: no fact is older than Unix time.
const NEVER: Timestamp = Timestamp(0);

/// The proved time of an event: not before `earliest`, not after `latest`. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// Not before.
    pub earliest: Timestamp,
    /// Not after.
    pub latest: Timestamp,
}

impl Bound {
    /// How wide it is, in milliseconds.
    pub const fn width_ms(self) -> i64 {
        self.latest.ms_since(self.earliest)
    }

    fn around(middle: Timestamp, doubt_ms: i64) -> Self {
        Self { earliest: middle.plus_ms(doubt_ms.saturating_neg()), latest: middle.plus_ms(doubt_ms) }
    }

    fn meet(self, other: Self) -> Option<Self> {
        let (earliest, latest) = (self.earliest.max(other.earliest), self.latest.min(other.latest));
        if earliest <= latest { Some(Self { earliest, latest }) } else { None }
    }

    fn hull(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }
}

/// All that is known about the moment of one fact.
#[derive(Clone, Copy, Debug)]
pub struct TimeEvidence<'a> {
    /// What the phone wrote down.
    pub captured: &'a Captured,
    /// When the server received the fact first: the fact is not later than this.
    pub receipt: Timestamp,
    /// Later anchors of the same store. Anchors of other boots are ignored.
    pub later_anchors: &'a [Anchor],
    /// The bound of the previous fact in the chain. This fact is not earlier than the earliest instant of that bound.
    pub previous: Option<Bound>,
}

/// A bound, and whether its sources agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TrustedTime {
    /// When it was.
    pub bound: Bound,
    /// Two sources excluded each other. Screens show this mark beside the bound that the other sources gave.
    pub time_contradiction: bool,
}

/// When a fact was captured, as far as can be proved.
///
/// Anchors of the fact's boot give `server time + elapsed ± (round trip / 2 + 100 ppm)`; an anchor of an earlier boot
/// and the chain give the earliest instant, the receipt gives the latest; satellites narrow the bound to ± 2 s. When
/// sources contradict each other, satellites are dropped first, and anchors are joined to the range that covers them
/// all. The receipt always holds, because it is the server's own clock. The phone's wall clock is ignored.
pub fn trusted_time(evidence: &TimeEvidence<'_>) -> TrustedTime {
    let ceiling = evidence.receipt;
    let floor = floor(evidence);
    let (limits, floor_refuted) = match floor {
        Some(floor) if floor <= ceiling => (Bound { earliest: floor, latest: ceiling }, false),
        other => (Bound { earliest: NEVER.min(ceiling), latest: ceiling }, other.is_some()),
    };
    let (anchored, anchors_disagree) = anchored(evidence);
    let (bound, anchors_refuted) = match anchored {
        None => (limits, false),
        Some(anchored) => match anchored.meet(limits) {
            Some(bound) => (bound, false),
            None => (reconcile(anchored, limits), true),
        },
    };
    let satellites = evidence.captured.gnss_ms.map(|gnss_ms| Bound::around(gnss_ms, GNSS_DOUBT_MS));
    let tightened = satellites.map_or(Some(bound), |satellites| satellites.meet(bound));
    TrustedTime {
        bound: tightened.unwrap_or(bound),
        time_contradiction: floor_refuted || anchors_disagree || anchors_refuted || tightened.is_none(),
    }
}

/// The fact is not earlier than the previous fact, nor than the last answer of the server in an earlier boot.
fn floor(evidence: &TimeEvidence<'_>) -> Option<Timestamp> {
    let last_met = evidence.captured.anchor.filter(|anchor| anchor.boot_id != evidence.captured.boot_id);
    let last_met = last_met.map(|anchor| anchor.server_ms.plus_ms(-half_round_trip_ms(&anchor)));
    last_met.max(evidence.previous.map(|previous| previous.earliest))
}

/// The bound that the anchors of the fact's own boot give, and whether these anchors disagree.
fn anchored(evidence: &TimeEvidence<'_>) -> (Option<Bound>, bool) {
    let captured = evidence.captured;
    let anchors = captured.anchor.iter().chain(evidence.later_anchors);
    let spans = anchors.filter(|anchor| anchor.boot_id == captured.boot_id).map(|anchor| {
        let elapsed_ms = captured.boot_ms.saturating_sub(anchor.boot_ms);
        let drift_ms = elapsed_ms.saturating_abs() / (1_000_000 / DRIFT_PPM) + 1;
        let doubt_ms = half_round_trip_ms(anchor).saturating_add(drift_ms);
        Bound::around(anchor.server_ms.plus_ms(elapsed_ms), doubt_ms)
    });
    let mut all: Option<(Option<Bound>, Bound)> = None;
    for span in spans {
        all = Some(match all {
            None => (Some(span), span),
            Some((meet, hull)) => (meet.and_then(|meet| meet.meet(span)), hull.hull(span)),
        });
    }
    match all {
        None => (None, false),
        Some((Some(meet), _)) => (Some(meet), false),
        Some((None, hull)) => (Some(hull), true),
    }
}

/// An anchored bound that lies wholly after the receipt is ignored; one that lies wholly before the floor is widened up
/// to it.
fn reconcile(anchored: Bound, limits: Bound) -> Bound {
    if anchored.earliest > limits.latest {
        limits
    } else {
        Bound { earliest: anchored.earliest, latest: limits.earliest }
    }
}

fn half_round_trip_ms(anchor: &Anchor) -> i64 {
    anchor.rtt_ms.max(0) / 2 + 1
}

/// The instant that counts for a submission: the end of its bound, or the receipt when there is no bound.
pub fn submission_instant(bound: Option<Bound>, receipt: Timestamp) -> Timestamp {
    bound.map_or(receipt, |bound| bound.latest.min(receipt))
}

/// Whether a submission counts as made before `deadline`, the first instant that is too late: its whole bound
/// lies before the deadline, however late the receipt. Without a bound the receipt decides.
pub fn submitted_in_time(bound: Option<Bound>, receipt: Timestamp, deadline: Timestamp) -> bool {
    submission_instant(bound, receipt) < deadline
}

/// The instant, in Unix milliseconds, at which the clock of a boot showed 0. It places the track of that boot on the
/// UTC time line. `facts` are the bounds of facts of this boot, each with the `boot_ms` of its capture; the narrowest
/// bound decides. `None` without facts. One value for the whole boot keeps fixes and facts in step.
pub fn boot_began_ms(facts: impl IntoIterator<Item = (i64, Bound)>) -> Option<i64> {
    let (boot_ms, bound) = facts.into_iter().min_by_key(|(_, bound)| bound.width_ms())?;
    let middle = if bound.earliest <= NEVER { bound.latest } else { bound.earliest.plus_ms(bound.width_ms() / 2) };
    Some(middle.0.saturating_sub(boot_ms))
}

#[cfg(test)]
#[path = "bound_tests.rs"]
mod tests;
