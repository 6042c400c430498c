//! When facts were captured. The server computes the time of each fact when it accepts it, and keeps anchors, stamps and
//! commitments. What comes later tells more about facts that came earlier.

use super::{
    board::Board,
    candidate::{Before, Candidate},
    commitment::Ceilings,
    earlier, loose, note,
};
use crate::{
    keys::{Keys, Seal},
    org::Org,
    query, row, sql,
    store::{Batch, StoreError, Tx, Ty, number, stored},
};
use ed25519_dalek::VerifyingKey;
use firebee_domain::{
    id::{BootId, FactId, StoreId, TaskId},
    task::{Stamp, Task, TaskState},
    time::{Anchor, Captured, NEVER, Previous, TimeEvidence, Timestamp, TrustedTime, trusted_time},
};
use firebee_protocol::{
    fact::{Body, DeviceNote, Fact},
    stamp::is_stamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// A time that is known to within this, in milliseconds, is not computed anew for each further anchor of its boot.
const LOOSE_MS: i64 = 20_000;

static ANCHORS: Batch<6> = Batch::new(
    "INSERT INTO anchor (org, store_id, boot_id, boot_ms, server_ms, rtt_ms) {rows}
     ON CONFLICT (org, store_id, boot_id, boot_ms) DO NOTHING RETURNING store_id, boot_id, boot_ms",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Int, Ty::Int, Ty::Int],
);
static KNOWN: Batch<3> = Batch::new(
    "WITH p(org, store_id, boot_id) AS ({rows})
     SELECT a.store_id, a.boot_id, a.boot_ms, a.server_ms, a.rtt_ms
     FROM p JOIN anchor a ON a.org = p.org AND a.store_id = p.store_id AND a.boot_id = p.boot_id",
    [Ty::Int, Ty::Blob, Ty::Blob],
);
/// The anchors of some boots.
type Anchors = HashMap<(StoreId, BootId), Vec<Anchor>>;

/// The anchors that came just now, by their boots, each as its `boot_ms`.
type FreshAnchors = BTreeMap<(StoreId, BootId), Vec<i64>>;

/// The boots that have got an anchor, and all anchors of the boots in hand.
pub(super) struct Fresh {
    pub(super) anchors: Anchors,
    pub(super) boots: FreshAnchors,
}

/// What the next facts of a store follow upon.
pub(super) struct Next<'a> {
    pub(super) org: Org,
    pub(super) store: StoreId,
    pub(super) keys: &'a Keys,
    /// No further fact of the store is earlier than this.
    pub(super) floor: Timestamp,
    /// Claims that are no floor for the next fact yet: each with the seq from which it is one, and its instant.
    pub(super) claims: VecDeque<(u64, Timestamp)>,
    /// What the fact before says about time.
    pub(super) previous: Option<Previous>,
    /// What the store had committed to.
    pub(super) ceilings: &'a Ceilings,
}

impl Next<'_> {
    /// Takes the next fact of the store: what the server knows of its time goes into the candidate. A note that carries a
    /// valid stamp of this store raises the floor for itself and everything behind it.
    async fn take(&mut self, tx: &mut Tx, candidate: &mut Candidate<'_>) -> Result<(), StoreError> {
        while let Some((_, at)) = self.claims.pop_front_if(|(from, _)| *from <= candidate.seq) {
            self.floor = self.floor.max(at);
        }
        if let Some(at) = self.stamp_of(tx, candidate).await? {
            self.floor = at;
            // The note that stands first behind a claim has the seq from which the claim is a floor.
            let keep = sql!(
                "INSERT INTO floor (org, store_id, from_seq, at_ms) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (org, store_id, from_seq) DO UPDATE SET at_ms =
                 CASE WHEN excluded.at_ms > floor.at_ms THEN excluded.at_ms ELSE floor.at_ms END"
            );
            tx.execute(keep, &row![self.org, &self.store, stored(candidate.seq)?, at]).await?;
        }
        candidate.floor = self.floor;
        candidate.ceiling = self.ceilings.of(candidate.seq, candidate.received);
        Ok(())
    }

    /// The time of a valid stamp that raises the floor.
    async fn stamp_of(&self, tx: &mut Tx, candidate: &Candidate<'_>) -> Result<Option<Timestamp>, StoreError> {
        let Some(Body::DeviceNote(DeviceNote::Anchor { anchor, stamp: Some(stamp) })) = candidate.open_body() else {
            return Ok(None);
        };
        let at = anchor.server_ms;
        if at <= self.floor || candidate.received < at {
            return Ok(None);
        }
        let (key, now) = (self.keys.signing.verifying_key(), self.keys.incarnation);
        if is_stamp(&key, now, self.store, at, stamp) {
            return Ok(Some(at));
        }
        // A stamp from before a restore is as true as ever.
        let former = query::org::former(tx, self.org).await?;
        let holds = |seal: &Seal| {
            let key = VerifyingKey::from_bytes(&seal.public);
            key.is_ok_and(|key| is_stamp(&key, seal.incarnation, self.store, at, stamp))
        };
        Ok(former.iter().any(holds).then_some(at))
    }

    /// Goes on after a fact. One whose sources exclude each other may lie anywhere, so nothing is ordered by it: one wrong
    /// time would mark every fact behind it.
    fn follow(&mut self, captured: &Captured, time: TrustedTime) {
        let Captured { boot_id, boot_ms, .. } = *captured;
        let said = if time.time_contradiction { NEVER } else { time.best().earliest };
        let earliest = self.previous.map_or(said, |previous| previous.earliest.max(said));
        self.previous = Some(Previous { boot_id, boot_ms, earliest });
    }
}

/// The claims of a store that are no floor for the next fact yet: each with the seq from which it is one, and its
/// instant. The store had recorded the facts up to there before the claim, or brought them along from the store that it
/// succeeds.
pub(super) async fn claims_ahead(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    watermark: u64,
) -> Result<VecDeque<(u64, Timestamp)>, StoreError> {
    let find =
        sql!("SELECT from_seq, at_ms FROM floor WHERE org = ?1 AND store_id = ?2 AND from_seq > ?3 ORDER BY from_seq");
    let rows = tx.query(find, &row![org, &store, stored(watermark + 1)?]).await?;
    rows.iter().map(|row| Ok((number(row.get(0)?)?, row.get(1)?))).collect()
}

/// The anchors of the fact's own boot: the one that it was captured with, and one that its body notes.
fn anchors_of(fact: &Fact) -> impl Iterator<Item = Anchor> {
    let noted = fact.body.as_ref().ok().and_then(Body::anchor);
    let own_boot = fact.captured.boot_id;
    fact.captured.anchor.into_iter().chain(noted).filter(move |anchor| anchor.boot_id == own_boot)
}

/// Keeps the new anchors and stamps of the candidates, and computes when each was captured by all that is known now. The
/// facts of one store follow in their order. `next` belongs to the store that is pushing.
pub(super) async fn place(
    tx: &mut Tx,
    org: Org,
    candidates: &mut [Candidate<'_>],
    mut next: Option<&mut Next<'_>>,
) -> Result<Fresh, StoreError> {
    let (anchors, boots) = keep(tx, org, candidates).await?;
    let mut in_order: Vec<&mut Candidate<'_>> = candidates.iter_mut().collect();
    in_order.sort_by_key(|candidate| (candidate.store, candidate.seq));
    for candidate in in_order {
        let is_next = candidate.was == Before::New;
        let mut next = next.as_deref_mut().filter(|next| is_next && next.store == candidate.store);
        if let Some(next) = &mut next {
            next.take(tx, candidate).await?;
        }
        let Some(fact) = candidate.open_fact() else { continue };
        let previous = next.as_ref().and_then(|next| next.previous);
        let limits = (candidate.floor, candidate.ceiling);
        let mut time = time_of(fact, limits, of(&anchors, candidate.store, fact), previous);
        if let Some(next) = next {
            time.time_contradiction |= next.ceilings.is_void(candidate.seq);
            next.follow(&fact.captured, time);
        }
        candidate.loose = Some(fact.captured.boot_id).filter(|_| is_loose(&time));
        candidate.time = time;
    }
    Ok(Fresh { anchors, boots })
}

/// Keeps the anchors that the candidates bring; gives all anchors of their boots, and the boots that have got one.
async fn keep(tx: &mut Tx, org: Org, candidates: &[Candidate<'_>]) -> Result<(Anchors, FreshAnchors), StoreError> {
    let mut brought: BTreeMap<(StoreId, BootId, i64), Anchor> = BTreeMap::new();
    let mut boots: BTreeSet<(StoreId, BootId)> = BTreeSet::new();
    for candidate in candidates {
        let Some(fact) = candidate.open_fact() else { continue };
        boots.insert((candidate.store, fact.captured.boot_id));
        for anchor in anchors_of(fact) {
            brought.entry((candidate.store, anchor.boot_id, anchor.boot_ms)).or_insert(anchor);
        }
    }
    let rows = brought
        .iter()
        .map(|((store, boot, boot_ms), anchor)| row![org, store, boot, *boot_ms, anchor.server_ms, anchor.rtt_ms]);
    let mut fresh = FreshAnchors::new();
    for row in tx.many(&ANCHORS, rows).await? {
        fresh.entry((row.get(0)?, row.get(1)?)).or_default().push(row.get(2)?);
    }
    Ok((known(tx, org, &boots).await?, fresh))
}

/// The anchors of a fact's boot.
fn of<'a>(anchors: &'a Anchors, store: StoreId, fact: &Fact) -> &'a [Anchor] {
    anchors.get(&(store, fact.captured.boot_id)).map_or(&[], Vec::as_slice)
}

/// Whether a later anchor of the boot could still tell much about the time.
fn is_loose(time: &TrustedTime) -> bool {
    time.best().width_ms() > LOOSE_MS
}

fn time_of(
    fact: &Fact,
    (floor, ceiling): (Timestamp, Timestamp),
    anchors: &[Anchor],
    previous: Option<Previous>,
) -> TrustedTime {
    trusted_time(&TimeEvidence { captured: &fact.captured, floor, ceiling, anchors, previous })
}

async fn known(tx: &mut Tx, org: Org, boots: &BTreeSet<(StoreId, BootId)>) -> Result<Anchors, StoreError> {
    let mut known = Anchors::new();
    for row in tx.many(&KNOWN, boots.iter().map(|(store, boot)| row![org, store, boot])).await? {
        let boot_id = row.get(1)?;
        let anchor = Anchor { boot_id, boot_ms: row.get(2)?, server_ms: row.get(3)?, rtt_ms: row.get(4)? };
        known.entry((row.get(0)?, boot_id)).or_default().push(anchor);
    }
    Ok(known)
}

/// A fact whose time is known better now.
pub(super) struct Tightened {
    pub(super) task: TaskId,
    fact: FactId,
    time: TrustedTime,
}

/// Computes anew when earlier facts of a store were captured: those of boots that have got an anchor, and those that a
/// commitment covers which has just turned out to fit. Writes the times of device notes; the caller loads the tasks of the
/// others.
pub(super) async fn tighten(
    tx: &mut Tx,
    next: &Next<'_>,
    fresh: &Fresh,
    below: u64,
) -> Result<Vec<Tightened>, StoreError> {
    let (mut tightened, mut tight, mut notes) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
    for which in earlier::known_better(next, fresh) {
        let mut after = 0;
        while let Some(page) = earlier::page(tx, next, which, (after, below)).await? {
            after = page.last;
            let boots = page.facts.iter().map(|(_, fact, _)| (next.store, fact.captured.boot_id)).collect();
            let anchors = known(tx, next.org, &boots).await?;
            for (seq, fact, limits) in &page.facts {
                let time = time_of(fact, *limits, of(&anchors, next.store, fact), None);
                if !is_loose(&time) {
                    tight.insert((next.store, *seq));
                }
                // A dispatch keeps the times that its steps came with: most are taken after the approval of its task.
                let task = fact.task().filter(|_| !fact.body.as_ref().is_ok_and(|body| body.dispatch().is_some()));
                tightened.extend(task.map(|task| Tightened { task, fact: fact.id, time }));
                let noted = fact.body.as_ref().ok().and_then(note::noted);
                notes.extend(noted.map(|_| (*seq, time)));
            }
        }
    }
    note::restamp(tx, (next.org, next.store), &notes).await?;
    loose::tight(tx, next.org, &tight).await?;
    Ok(tightened)
}

/// Writes the new times into the tasks of the board and their faults. An approved task keeps the times that it was
/// approved with. The verdict on a track is taken again. The name keeps the day it was given.
pub(super) fn restamp(board: &mut Board, tightened: &[Tightened]) {
    let mut by_task: BTreeMap<TaskId, HashMap<FactId, TrustedTime>> = BTreeMap::new();
    for new in tightened {
        by_task.entry(new.task).or_default().insert(new.fact, new.time);
    }
    for (id, times) in &by_task {
        let entry = board.ledger.tasks.get_mut(id);
        let Some(entry) = entry.filter(|entry| entry.document.task.state != TaskState::Approved) else { continue };
        let tighten = |(fact, stamp): (FactId, &mut Stamp)| {
            let known = |time: TrustedTime| stamp.time.map_or(time, |old| old.retaken(time));
            let new = times.get(&fact).map_or(*stamp, |time| Stamp { time: Some(known(*time)), ..*stamp });
            std::mem::replace(stamp, new) != new
        };
        let mut moved = false;
        for held in stamps(&mut entry.document.task) {
            moved |= tighten(held);
        }
        for held in entry.faults.iter_mut().flat_map(|fault| &mut fault.handlings) {
            tighten((FactId(held.event.0), &mut held.at));
        }
        for held in entry.faults.iter_mut().flat_map(|fault| &mut fault.records) {
            tighten((FactId(held.event.0), &mut held.at));
        }
        if moved {
            entry.changed = true;
            entry.document.coverage = None;
        }
    }
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
