//! When facts were captured. The server bounds each fact when it accepts it and keeps the anchors. A later anchor of
//! the same boot tightens the bounds.

use super::{board::Board, candidate::Candidate, line};
use crate::{
    row, sql,
    store::{Batch, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::{
    id::{BootId, FactId, StoreId, TaskId},
    task::{Stamp, Task},
    time::{Anchor, Bound, TimeEvidence, Timestamp, TrustedTime, trusted_time},
};
use firebee_protocol::fact::{Body, Fact};
use std::collections::{BTreeMap, BTreeSet, HashMap};

static ANCHORS: Batch<5> = Batch::new(
    "INSERT INTO anchor (store_id, boot_id, boot_ms, server_ms, rtt_ms) {rows}
     ON CONFLICT DO NOTHING RETURNING boot_id",
    [Ty::Blob, Ty::Blob, Ty::Int, Ty::Int, Ty::Int],
);
static KNOWN: Batch<2> = Batch::new(
    "WITH p(store_id, boot_id) AS ({rows})
     SELECT a.store_id, a.boot_id, a.boot_ms, a.server_ms, a.rtt_ms
     FROM p JOIN anchor a ON a.store_id = p.store_id AND a.boot_id = p.boot_id",
    [Ty::Blob, Ty::Blob],
);
static TIGHT: Batch<2> = Batch::new(
    "WITH p(store_id, seq) AS ({rows}) UPDATE log SET loose_boot = NULL FROM p WHERE log.store_id = p.store_id AND log.seq = p.seq",
    [Ty::Blob, Ty::Int],
);

/// The anchors of the fact's own boot: the one that it was captured with, and one that its body notes.
fn anchors_of(fact: &Fact) -> impl Iterator<Item = Anchor> {
    let noted = fact.body.as_ref().ok().and_then(Body::anchor);
    let own_boot = fact.captured.boot_id;
    fact.captured.anchor.into_iter().chain(noted).filter(move |anchor| anchor.boot_id == own_boot)
}

/// For each store, the instant before which no later fact of that store can have been captured.
pub(super) type Floors = BTreeMap<StoreId, Timestamp>;

/// Keeps the new anchors of the candidates, and bounds each candidate by every anchor that is known now. The facts of
/// one store follow in their order. `floor` belongs to the store that is pushing. Returns the boots that have a new
/// anchor, and the floors for the facts to come.
pub(super) async fn bound(
    tx: &mut Tx,
    candidates: &mut [Candidate<'_>],
    floor: Option<(StoreId, Timestamp)>,
) -> Result<(BTreeSet<(StoreId, BootId)>, Floors), StoreError> {
    let mut brought: BTreeMap<(StoreId, BootId, i64), Anchor> = BTreeMap::new();
    let mut boots: BTreeSet<(StoreId, BootId)> = BTreeSet::new();
    for candidate in candidates.iter() {
        let Some(fact) = candidate.open_fact() else { continue };
        boots.insert((candidate.store, fact.captured.boot_id));
        for anchor in anchors_of(fact) {
            brought.entry((candidate.store, anchor.boot_id, anchor.boot_ms)).or_insert(anchor);
        }
    }
    let rows = brought
        .iter()
        .map(|((store, boot, boot_ms), anchor)| row![&store.0, &boot.0, *boot_ms, anchor.server_ms.0, anchor.rtt_ms]);
    let fresh = tx.many(&ANCHORS, rows).await?;
    let fresh_boots = fresh.iter().map(|row| row.get(0).map(BootId)).collect::<Result<BTreeSet<_>, _>>()?;
    let known = known(tx, &boots).await?;
    let mut floors: Floors = floor.into_iter().collect();
    let mut in_order: Vec<&mut Candidate<'_>> = candidates.iter_mut().collect();
    in_order.sort_by_key(|candidate| (candidate.store, candidate.seq));
    for candidate in in_order {
        let Some(fact) = candidate.open_fact() else { continue };
        let anchors = known.get(&(candidate.store, fact.captured.boot_id)).map_or(&[][..], Vec::as_slice);
        let floor = floors.entry(candidate.store).or_insert(Timestamp(0));
        let previous = Some(Bound { earliest: *floor, latest: candidate.received.max(*floor) });
        let previous = previous.filter(|_| *floor > Timestamp(0));
        let time = time_of(fact, candidate.received, anchors, previous);
        candidate.loose = anchors.is_empty().then_some(fact.captured.boot_id);
        *floor = time.bound.earliest.max(*floor);
        (candidate.bound, candidate.contradiction) = (time.bound, time.time_contradiction);
    }
    let fresh = boots.into_iter().filter(|(_, boot)| fresh_boots.contains(boot)).collect();
    Ok((fresh, floors))
}

fn time_of(fact: &Fact, received: Timestamp, anchors: &[Anchor], previous: Option<Bound>) -> TrustedTime {
    let evidence = TimeEvidence { captured: &fact.captured, receipt: received, later_anchors: anchors, previous };
    trusted_time(&evidence)
}

async fn known(
    tx: &mut Tx,
    boots: &BTreeSet<(StoreId, BootId)>,
) -> Result<HashMap<(StoreId, BootId), Vec<Anchor>>, StoreError> {
    let mut known: HashMap<_, Vec<Anchor>> = HashMap::new();
    for row in tx.many(&KNOWN, boots.iter().map(|(store, boot)| row![&store.0, &boot.0])).await? {
        let boot_id = BootId(row.get(1)?);
        let anchor = Anchor { boot_id, boot_ms: row.get(2)?, server_ms: Timestamp(row.get(3)?), rtt_ms: row.get(4)? };
        known.entry((StoreId(row.get(0)?), boot_id)).or_default().push(anchor);
    }
    Ok(known)
}

/// A fact that had no anchor of its boot before and has one now.
pub(super) struct Tightened {
    pub(super) task: TaskId,
    fact: FactId,
    time: TrustedTime,
}

/// Bounds again the earlier facts of boots that have a first anchor now. The caller loads their tasks.
pub(super) async fn tighten(
    tx: &mut Tx,
    boots: &BTreeSet<(StoreId, BootId)>,
    below: u64,
) -> Result<Vec<Tightened>, StoreError> {
    let find = sql!(
        "SELECT l.seq, f.bytes, f.received_ms FROM log l JOIN fact f ON f.id = l.fact
         WHERE l.store_id = ?1 AND l.loose_boot = ?2 AND l.seq <= ?3 ORDER BY l.seq"
    );
    let anchors = known(tx, boots).await?;
    let (mut tightened, mut done) = (Vec::new(), Vec::new());
    for (key @ (store, boot), anchors) in &anchors {
        for row in tx.query(find, &row![&store.0, &boot.0, stored(below)?]).await? {
            done.push((key.0, number(row.get(0)?)?));
            let (Some(fact), _) = line::reread(row.get(1)?) else { continue };
            let Some(task) = fact.task() else { continue };
            let time = time_of(&fact, Timestamp(row.get(2)?), anchors, None);
            tightened.push(Tightened { task, fact: fact.id, time });
        }
    }
    let mut rows = Vec::with_capacity(done.len());
    for (store, seq) in &done {
        rows.push(row![&store.0, stored(*seq)?]);
    }
    tx.many(&TIGHT, rows).await?;
    Ok(tightened)
}

/// Writes the new bounds into the board's tasks and their faults. A task's name keeps the day that it was given
///
pub(super) fn restamp(board: &mut Board, tightened: &[Tightened]) {
    let mut by_task: BTreeMap<TaskId, HashMap<FactId, TrustedTime>> = BTreeMap::new();
    for new in tightened {
        by_task.entry(new.task).or_default().insert(new.fact, new.time);
    }
    for (id, times) in &by_task {
        let Some(entry) = board.ledger.tasks.get_mut(id) else { continue };
        let tighten = |(fact, stamp): (FactId, &mut Stamp)| {
            let new = times.get(&fact).map_or(*stamp, |time| tightened_by(*stamp, *time));
            std::mem::replace(stamp, new) != new
        };
        for held in stamps(&mut entry.document.task) {
            entry.changed |= tighten(held);
        }
        for held in entry.faults.iter_mut().flat_map(|fault| &mut fault.handlings) {
            tighten((FactId(held.event.0), &mut held.at));
        }
    }
}

fn tightened_by(stamp: Stamp, time: TrustedTime) -> Stamp {
    let met = stamp.bound.map(|old| meet(old, time.bound));
    Stamp {
        bound: Some(met.flatten().unwrap_or(time.bound)),
        time_contradiction: time.time_contradiction || met == Some(None),
        ..stamp
    }
}

fn meet(one: Bound, other: Bound) -> Option<Bound> {
    let (earliest, latest) = (one.earliest.max(other.earliest), one.latest.min(other.latest));
    (earliest <= latest).then_some(Bound { earliest, latest })
}

/// Every stamp in a task that comes from a fact, with that fact.
fn stamps(task: &mut Task) -> impl Iterator<Item = (FactId, &mut Stamp)> {
    let started = std::iter::once((FactId(task.id.0), &mut task.started));
    let described = task.description.iter_mut().map(|held| (held.fact, &mut held.at));
    let results = task.results.iter_mut().map(|held| (held.fact, &mut held.at));
    let photos = task.photos.iter_mut().map(|held| (held.fact, &mut held.at));
    let segments = task.segments.iter_mut().map(|held| (held.fact, &mut held.at));
    let submissions = task.submissions.iter_mut().map(|held| (held.fact, &mut held.at));
    let reviews = task.reviews.iter_mut().map(|held| (FactId(held.event.0), &mut held.at));
    started.chain(described).chain(results).chain(photos).chain(segments).chain(submissions).chain(reviews)
}
