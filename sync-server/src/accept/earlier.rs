//! Earlier facts about whose time more is known now. They are read page by page: a commitment can cover weeks.

use super::time::{Fresh, Next};
use crate::{
    row, sql,
    store::{Row, StoreError, Tx, stored},
};
use firebee_domain::{
    id::BootId,
    time::{Anchor, Captured, NEVER, TimeEvidence, Timestamp, TrustedTime, trusted_time},
};
use firebee_protocol::fact::Fact;

/// How many facts are read at once.
const PAGE: u16 = 500;
/// How much earlier, in milliseconds, a commitment must be than a receipt before earlier facts are looked up for it.
const COMMITTED_MS: i64 = 60_000;

/// Earlier facts of a store about whose time more is known now.
#[derive(Clone, Copy)]
pub(super) enum Earlier {
    /// Those of a boot that an anchor can still tell much about.
    Loose(BootId),
    /// All of a boot.
    All(BootId),
    /// Those that a commitment covers, because they were received after this.
    After(Timestamp),
}

impl Earlier {
    /// Whether a fact that was read for this is one of them.
    pub(super) fn holds(self, fact: &Fact) -> bool {
        match self {
            Self::Loose(_) | Self::After(_) => true,
            Self::All(boot) => fact.captured.boot_id == boot,
        }
    }
}

/// Which of them that are: those of boots that have got an anchor, and those under a commitment that fits.
pub(super) fn known_better(next: &Next<'_>, fresh: &Fresh) -> Vec<Earlier> {
    let mut found = Vec::new();
    for ((_, boot), new) in fresh.boots.iter().filter(|((of, _), _)| *of == next.store) {
        let anchors = fresh.anchors.get(&(next.store, *boot)).map_or(&[][..], Vec::as_slice);
        if !exclude_each_other(anchors) {
            found.push(Earlier::Loose(*boot));
        } else if widens(anchors, new) {
            found.push(Earlier::All(*boot));
        }
    }
    found.extend(next.ceilings.earliest().map(|at| Earlier::After(at.plus_ms(COMMITTED_MS))));
    found
}

/// At most [`PAGE`] of these facts in the order of their seqs, those behind `after` and not behind `below`.
pub(super) async fn page(
    tx: &mut Tx,
    next: &Next<'_>,
    of: Earlier,
    (after, below): (u64, u64),
) -> Result<Vec<Row>, StoreError> {
    let loose = sql!(
        "SELECT f.seq, f.bytes, f.floor_ms, f.ceiling_ms FROM log l
         JOIN fact_limit f ON f.org = l.org AND f.store_id = l.store_id AND f.seq = l.seq
         WHERE l.org = ?1 AND l.store_id = ?2 AND l.seq > ?3 AND l.seq <= ?4 AND l.loose_boot = ?5
         ORDER BY l.seq LIMIT ?6"
    );
    let received_after = sql!(
        "SELECT f.seq, f.bytes, f.floor_ms, f.ceiling_ms FROM fact_limit f
         WHERE f.org = ?1 AND f.store_id = ?2 AND f.seq > ?3 AND f.seq <= ?4 AND f.received_ms > ?5
         ORDER BY f.seq LIMIT ?6"
    );
    let (org, store, after, below, most) = (next.org, &next.store, stored(after)?, stored(below)?, i64::from(PAGE));
    match of {
        Earlier::Loose(boot) => tx.query(loose, &row![org, store, after, below, &boot, most]).await,
        Earlier::All(_) => tx.query(received_after, &row![org, store, after, below, NEVER, most]).await,
        Earlier::After(at) => tx.query(received_after, &row![org, store, after, below, at, most]).await,
    }
}

/// What the anchors of one boot say about an instant of its clock.
fn say(anchors: &[Anchor], boot_ms: i64) -> Option<TrustedTime> {
    let boot_id = anchors.first()?.boot_id;
    let captured = Captured { wall_ms: NEVER, boot_ms, boot_id, gnss_ms: None, anchor: None };
    let (floor, ceiling, previous) = (Timestamp(i64::MIN), Timestamp(i64::MAX), None);
    Some(trusted_time(&TimeEvidence { captured: &captured, floor, ceiling, anchors, previous }))
}

/// Whether the anchors of one boot exclude each other.
fn exclude_each_other(anchors: &[Anchor]) -> bool {
    anchors.first().and_then(|first| say(anchors, first.boot_ms)).is_some_and(|told| told.time_contradiction)
}

/// Whether the new ones among the anchors of one boot, which exclude each other, make its facts more doubtful than they
/// were. After a step of a clock every further anchor agrees with one side, and tells nothing new.
fn widens(anchors: &[Anchor], new: &[i64]) -> bool {
    let (new, old): (Vec<Anchor>, Vec<Anchor>) = anchors.iter().partition(|anchor| new.contains(&anchor.boot_ms));
    let within = |anchor: &Anchor| {
        let told = say(&old, anchor.boot_ms).and_then(|told| told.stated);
        told.is_some_and(|told| told.earliest <= anchor.server_ms && anchor.server_ms <= told.latest)
    };
    !exclude_each_other(&old) || !new.iter().all(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_step_of_a_clock_only_an_anchor_beyond_both_sides_tells_anything_new() {
        let boot_id = BootId(uuid::Uuid::nil());
        let at = |boot_ms, server_ms| Anchor { server_ms: Timestamp(server_ms), boot_ms, boot_id, rtt_ms: 100 };
        let (before, after) = (at(0, 1_000_000), at(60_000, 1_120_000));
        assert!(exclude_each_other(&[before, after]));
        assert!(widens(&[before, after], &[60_000]), "the first that excludes the others");
        assert!(!widens(&[before, after, at(120_000, 1_180_000)], &[120_000]), "it agrees with one side");
        assert!(widens(&[before, after, at(120_000, 1_300_000)], &[120_000]), "it lies beyond both");
    }
}
