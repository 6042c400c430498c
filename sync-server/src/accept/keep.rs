//! What the server keeps of every push, before it judges: the push as it came, the places of its facts, conflicts,
//! announced blobs; and what became of each line.

use super::{
    candidate::Candidate,
    line::{self as read, Line},
    loose,
};
use crate::{
    device::Sender,
    org::Org,
    query::line::{self, Place},
    row, sql,
    store::{Batch, BlobStage, StoreError, Tx, Ty, number, pack, stored},
};
use bytes::Bytes;
use firebee_domain::{
    code::Code,
    id::{ContentId, FactId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{BlobRef, Fact, Mime, roles_of},
    limits::LIMITS,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

static FACTS: Batch<4> = Batch::new(
    "INSERT INTO fact (org, id, store_id, seq) {rows} ON CONFLICT (org, id) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Int],
);
static KNOWN: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT f.id, f.store_id, f.seq, NOT EXISTS (
         SELECT 1 FROM outcome o WHERE o.org = f.org AND o.store_id = f.store_id AND o.seq = f.seq), EXISTS (
         SELECT 1 FROM parked k WHERE k.org = f.org AND k.store_id = f.store_id AND k.seq = f.seq
             AND k.decision IS NOT NULL)
     FROM p JOIN fact f ON f.org = p.org AND f.id = p.id",
    [Ty::Int, Ty::Blob],
);
static OUTCOMES: Batch<4> =
    Batch::new("INSERT INTO outcome (org, store_id, seq, code) {rows}", [Ty::Int, Ty::Blob, Ty::Int, Ty::Text]);
static PLACES: Batch<4> = Batch::new(
    "WITH p(org, id, store_id, seq) AS ({rows})
     UPDATE fact SET store_id = p.store_id, seq = p.seq FROM p WHERE fact.org = p.org AND fact.id = p.id",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Int],
);
static CONFLICTS: Batch<6> = Batch::new(
    "INSERT INTO conflict (org, store_id, seq, content_hash, bytes, received_ms) {rows}
     ON CONFLICT (org, store_id, seq, content_hash) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Int],
);
static BLOBS: Batch<5> = Batch::new(
    "INSERT INTO blob (org, id, len, mime, state) {rows}
     ON CONFLICT (org, id) DO NOTHING RETURNING id",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text, Ty::Text],
);
static RETURNED_BLOBS: Batch<3> = Batch::new(
    "WITH p(org, id, state) AS ({rows})
     UPDATE blob SET state = p.state, verified_ms = NULL FROM p
     WHERE blob.org = p.org AND blob.id = p.id AND blob.expired_ms IS NOT NULL",
    [Ty::Int, Ty::Blob, Ty::Text],
);
static KNOWN_BLOBS: Batch<2> =
    Batch::new("SELECT id FROM blob WHERE (org, id) IN ({rows}) ORDER BY id {unmoved}", [Ty::Int, Ty::Blob]);
static USES: Batch<9> = Batch::new(
    "INSERT INTO blob_use (org, blob, fact, account, project, task, role, len, received_ms) {rows}
     ON CONFLICT (org, blob, fact, role) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Int],
);

/// Keeps the lines of a push that diverged: the first line that differs from what lies there, and all lines behind it.
pub(super) async fn conflicts(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    lines: &[Line],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        rows.push(row![org, &store, stored(line.seq)?, &line.content, line.bytes.as_ref(), now]);
    }
    tx.many(&CONFLICTS, rows).await.map(drop)
}

/// Keeps the new lines of a push: as the push came, if all of it is new. What an earlier push brought already is not kept
/// twice.
pub(super) async fn push(
    tx: &mut Tx,
    sender: &Sender,
    batch: &read::Batch,
    new: &[Line],
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(first) = new.first() else { return Ok(()) };
    let whole = batch.packed.as_ref().filter(|_| new.len() == batch.lines.len());
    let bytes = whole.map_or_else(|| packed(new).map(Bytes::from), |came| Ok(came.clone()))?;
    bring(tx, sender, (first.seq, new.len()), &bytes, now).await
}

/// Keeps lines that came in no push of their store.
pub(super) async fn lines(
    tx: &mut Tx,
    sender: &Sender,
    first_seq: u64,
    lines: &[Line],
    now: Timestamp,
) -> Result<(), StoreError> {
    bring(tx, sender, (first_seq, lines.len()), &packed(lines)?, now).await
}

async fn bring(
    tx: &mut Tx,
    sender: &Sender,
    (first_seq, count): (u64, usize),
    bytes: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    let insert =
        sql!("INSERT INTO push (org, store_id, first_seq, count, received_ms, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    let (seq, count) = (stored(first_seq)?, stored(count as u64)?);
    tx.execute(insert, &row![sender.org, &sender.store_id, seq, count, now, bytes]).await.map(drop)
}

/// Which of these facts the server has, wherever they lie.
pub(super) async fn known(tx: &mut Tx, org: Org, lines: &[Line]) -> Result<BTreeSet<FactId>, StoreError> {
    let ids: BTreeSet<FactId> = lines.iter().filter_map(Line::id).collect();
    let rows = tx.many(&KNOWN, ids.iter().map(|id| row![org, id])).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

fn packed(lines: &[Line]) -> Result<Vec<u8>, StoreError> {
    let mut text = Vec::with_capacity(lines.iter().map(|line| line.bytes.len() + 1).sum());
    for line in lines {
        text.extend_from_slice(&line.bytes);
        text.push(b'\n');
    }
    pack(&text)
}

/// As [`Fact::task`], by reference.
pub(super) fn task_ref(fact: &Fact) -> Option<&uuid::Uuid> {
    let task = fact.task()?;
    if task.0 == fact.id.0 { Some(&fact.id.0) } else { fact.subject.task.as_ref().map(|id| &id.0) }
}

/// Names the new lines by their ids, and notes in the candidates which facts the server knew before. A line whose id and
/// bytes are known is a fact that moved here from another place; its account is then the same too. A line whose id belongs
/// to other bytes is `id_conflict`, and has no id.
pub(super) async fn facts(
    tx: &mut Tx,
    lines: &[Line],
    candidates: &mut [Candidate<'_>],
    sender: &Sender,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(fact) = &line.fact {
            rows.push(row![sender.org, &fact.id, &sender.store_id, stored(line.seq)?]);
        }
    }
    let named = rows.len() as u64;
    if tx.execute_many(&FACTS, rows).await? == named {
        return Ok(());
    }
    // Some ids were taken before. A row that this push inserted has the place of its own line.
    let ids: BTreeSet<FactId> = lines.iter().filter_map(Line::id).collect();
    let mut known: HashMap<FactId, (Place, bool)> = HashMap::new();
    let mut refused: BTreeSet<FactId> = BTreeSet::new();
    for row in tx.many(&KNOWN, ids.iter().map(|id| row![sender.org, id])).await? {
        known.insert(row.get(0)?, ((row.get(1)?, number(row.get(2)?)?), row.get(3)?));
        if row.get(4)? {
            refused.insert(row.get(0)?);
        }
    }
    let first = lines.first().map_or(0, |line| line.seq);
    let elsewhere = |line: &Line| {
        let (place, _) = known.get(&line.id()?)?;
        (*place != (sender.store_id, line.seq)).then_some(*place)
    };
    let before = line::at(tx, sender.org, lines.iter().filter_map(elsewhere).collect()).await?;
    for (line, candidate) in lines.iter().zip(candidates) {
        let Some(place) = elsewhere(line) else { continue };
        if before.get(&place).is_some_and(|before| before.bytes == line.bytes) {
            let accepted = line.id().and_then(|id| known.get(&id)).is_some_and(|(_, accepted)| *accepted);
            // What came in with this push has no outcome yet.
            let is_judged = place.0 != sender.store_id || place.1 < first;
            candidate.moved = true;
            // What a person refused stays out, wherever it comes from.
            if line.id().is_some_and(|id| refused.contains(&id)) {
                candidate.code = candidate.code.or(Some(Code::NotAdopted));
            }
            candidate.settled = accepted && is_judged && candidate.code.is_none();
        } else {
            candidate.code = Some(Code::IdConflict);
            candidate.name = None;
        }
    }
    Ok(())
}

/// Notes at which places (store and seq) these facts count from now on.
pub(super) async fn places(tx: &mut Tx, org: Org, candidates: &[&Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        if let Some(id) = &candidate.name {
            rows.push(row![org, id, &candidate.store, stored(candidate.seq)?]);
        }
    }
    tx.many(&PLACES, rows).await.map(drop)
}

/// Announces the blobs of every fact of the account, also of facts that do not count: evidence that waits for a
/// decision must not be lost. A line whose id belongs to other bytes announces nothing, because a use names its fact by
/// the id: it would make this author the one who named the blob when that other fact came. A firm has one row for each
/// blob. The rows of blobs that it had before stay locked until the commit. So the verification of such a blob sees this
/// use, or this push sees that the blob is verified.
pub(super) async fn announce(
    tx: &mut Tx,
    sender: &Sender,
    (lines, candidates): (&[Line], &[Candidate<'_>]),
    now: Timestamp,
) -> Result<(), StoreError> {
    let named = lines.iter().zip(candidates).filter(|(_, candidate)| candidate.name.is_some());
    let facts = || named.clone().filter_map(|(line, _)| line.fact.as_ref());
    let fits = |len: u64| len <= u64::from(LIMITS.blob_bytes_max);
    let mut blobs: BTreeMap<ContentId, (i64, Mime)> = BTreeMap::new();
    let mut uses = Vec::new();
    let mut once = HashSet::new();
    for fact in facts() {
        // A kind that this program cannot read yet announces what it says.
        let named = fact.body.as_ref().ok().map(roles_of);
        let is_named = |blob: &BlobRef| named.as_ref().is_none_or(|named| named.contains(&(blob.id, blob.role)));
        for blob in fact.blobs.iter().filter(|blob| fits(blob.len) && is_named(blob)) {
            blobs.entry(blob.id).or_insert((stored(blob.len)?, blob.mime));
            if once.insert((blob.id, fact.id, blob.role)) {
                let (account, project, task) = (&sender.account, fact.project.as_ref(), task_ref(fact));
                let len = stored(blob.len)?;
                uses.push(row![sender.org, &blob.id, &fact.id, account, project, task, blob.role, len, now]);
            }
        }
    }
    let rows = blobs.iter().map(|(id, (len, mime))| row![sender.org, id, *len, *mime, BlobStage::Announced]);
    let fresh = tx.many(&BLOBS, rows).await?;
    if fresh.len() < blobs.len() {
        for row in &fresh {
            blobs.remove(&row.get(0)?);
        }
        tx.many(&KNOWN_BLOBS, blobs.keys().map(|id| row![sender.org, id])).await?;
        // New work that names the bytes of a file whose time was over needs them again.
        tx.many(&RETURNED_BLOBS, blobs.keys().map(|id| row![sender.org, id, BlobStage::Announced])).await?;
    }
    tx.many(&USES, uses).await.map(drop)
}

/// Notes what became of the new lines that do not count, and which of the others an anchor could tell more about.
pub(super) async fn outcomes(tx: &mut Tx, org: Org, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for candidate in candidates {
        if let Some(code) = candidate.code {
            rows.push(row![org, &candidate.store, stored(candidate.seq)?, code]);
        }
    }
    tx.many(&OUTCOMES, rows).await?;
    loose::note(tx, org, candidates.iter().filter(|candidate| candidate.code.is_none())).await
}
