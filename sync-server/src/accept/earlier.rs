//! Earlier facts about whose time more is known now. They are read page by page: a commitment can cover weeks.

use super::{
    limit, line, loose,
    time::{Fresh, Next},
};
use crate::{
    query::line as kept,
    row, sql,
    store::{StoreError, Tx, number},
};
use firebee_domain::{
    id::BootId,
    time::{Anchor, Captured, NEVER, TimeEvidence, Timestamp, TrustedTime, trusted_time},
};
use firebee_protocol::fact::Fact;

/// How many facts are read at once.
const PAGE: u32 = 500;
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

/// Facts that were read at once.
pub(super) struct Page {
    /// Each with its seq, and the floor and the ceiling of its time.
    pub(super) facts: Vec<(u64, Fact, (Timestamp, Timestamp))>,
    /// The last seq that was read.
    pub(super) last: u64,
}

/// The next of these facts behind `after` and not behind `below`, out of at most [`PAGE`] lines; `None` when there is no
/// further line. What does not count has no time that anybody reads.
pub(super) async fn page(
    tx: &mut Tx,
    next: &Next<'_>,
    of: Earlier,
    (after, below): (u64, u64),
) -> Result<Option<Page>, StoreError> {
    let (org, store) = (next.org, next.store);
    let mut runs = match of {
        Earlier::Loose(boot) => loose::of_boot(tx, org, (store, boot), below).await?,
        Earlier::All(_) => vec![(1, below)],
        Earlier::After(at) => vec![(received_after(tx, next, at).await?, below)],
    };
    runs.retain(|(_, last)| *last > after);
    let (mut left, mut lines) = (u64::from(PAGE), Vec::new());
    for (first, last) in runs {
        let first = first.max(after + 1);
        if left == 0 || first > last {
            continue;
        }
        let last = last.min(first + left - 1);
        left -= last - first + 1;
        let refused = kept::outcomes(tx, org, store, first, last).await?;
        let read = kept::range(tx, org, store, first, last).await?;
        lines.extend(read.into_iter().map(|line| (refused.contains_key(&line.seq), line)));
    }
    let Some(last) = lines.last().map(|(_, line)| line.seq) else { return Ok(None) };
    let counted = lines.into_iter().filter(|(refused, _)| !refused);
    let read =
        |line: kept::Line| Some((line.seq, line.received, line::reread(&line.bytes).0.filter(|fact| of.holds(fact))?));
    let found: Vec<(u64, Timestamp, Fact)> = counted.filter_map(|(_, line)| read(line)).collect();
    let places = found.iter().map(|(seq, received, _)| ((store, *seq), *received));
    let limits = limit::of(tx, org, places).await?;
    let fact = |(seq, received, fact)| (seq, fact, limits.get(&(store, seq)).copied().unwrap_or((NEVER, received)));
    Ok(Some(Page { facts: found.into_iter().map(fact).collect(), last }))
}

/// The first seq of the store that was received after an instant.
async fn received_after(tx: &mut Tx, next: &Next<'_>, at: Timestamp) -> Result<u64, StoreError> {
    // Receipts do not fall, so this reads no push but the last ones.
    let find = sql!(
        "SELECT first_seq, count FROM push WHERE org = ?1 AND store_id = ?2 AND received_ms <= ?3
         ORDER BY first_seq DESC LIMIT 1"
    );
    let row = tx.query_opt(find, &row![next.org, &next.store, at]).await?;
    row.map_or(Ok(1), |row| Ok(number(row.get(0)?)? + number(row.get(1)?)?))
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
