//! Raw lines, the log of a store, conflicts, announced blobs: what is kept whatever becomes of it.

use super::{candidate::Candidate, line::Line};
use crate::{
    device::Sender,
    row, sql,
    store::{Batch, BlobStage, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::{
    code::Code,
    id::{ContentId, FactId, Hash, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{Fact, Mime},
    limits::LIMITS,
    problem::CodeWord,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A kind that is not known is kept for a later program, unless it is as long as no kind will be.
const KIND_LENGTH_MAX: usize = 64;

static FACTS: Batch<10> = Batch::new(
    "INSERT INTO fact (id, store_id, seq, content_hash, account, project, task, kind, received_ms, bytes) {rows}
     ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Blob],
);
static KNOWN: Batch<1> = Batch::new(
    "WITH p(id) AS ({rows})
     SELECT f.id, f.store_id, f.seq, f.content_hash, EXISTS (
         SELECT 1 FROM log l WHERE l.store_id = f.store_id AND l.seq = f.seq AND l.code IS NULL)
     FROM p JOIN fact f ON f.id = p.id",
    [Ty::Blob],
);
static LOG: Batch<7> = Batch::new(
    "INSERT INTO log (store_id, seq, fact, content_hash, scope_hash, code, loose_boot) {rows}",
    [Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob],
);
static PLACES: Batch<3> = Batch::new(
    "WITH p(id, store_id, seq) AS ({rows})
     UPDATE fact SET store_id = p.store_id, seq = p.seq FROM p WHERE fact.id = p.id",
    [Ty::Blob, Ty::Blob, Ty::Int],
);
static CONFLICTS: Batch<5> = Batch::new(
    "INSERT INTO conflict (store_id, seq, content_hash, bytes, received_ms) {rows} ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Int],
);
static BLOBS: Batch<6> = Batch::new(
    "INSERT INTO blob (organisation, id, len, mime, state, received) {rows}
     ON CONFLICT DO NOTHING RETURNING id",
    [Ty::Blob, Ty::Blob, Ty::Int, Ty::Text, Ty::Text, Ty::Int],
);
static KNOWN_BLOBS: Batch<2> =
    Batch::new("SELECT id FROM blob WHERE (organisation, id) IN ({rows}) ORDER BY id {unmoved}", [Ty::Blob, Ty::Blob]);
static USES: Batch<7> = Batch::new(
    "INSERT INTO blob_use (organisation, blob, fact, account, project, task, role) {rows} ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text],
);

/// What is stored of a line at or below the watermark.
pub(super) struct Entry {
    pub(super) content: Hash,
    pub(super) code: Option<CodeWord>,
}

/// The log of a store from one seq to another, both included.
pub(super) async fn entries(
    tx: &mut Tx,
    store: StoreId,
    from: u64,
    to: u64,
) -> Result<BTreeMap<u64, Entry>, StoreError> {
    let find = sql!("SELECT seq, content_hash, code FROM log WHERE store_id = ?1 AND seq >= ?2 AND seq <= ?3");
    let rows = tx.query(find, &row![&store.0, stored(from)?, stored(to)?]).await?;
    let entry =
        |row: &crate::store::Row| Ok((number(row.get(0)?)?, Entry { content: Hash(row.get(1)?), code: row.get(2)? }));
    rows.iter().map(entry).collect()
}

/// Keeps lines that differ from what was received before under their seqs.
pub(super) async fn conflicts(tx: &mut Tx, store: StoreId, lines: &[Line], now: Timestamp) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        rows.push(row![&store.0, stored(line.seq)?, &line.content.0, line.bytes.as_ref(), now.0]);
    }
    tx.many(&CONFLICTS, rows).await.map(drop)
}

fn fact_row<'a>(
    line: &'a Line,
    bearer: &'a Sender,
    id: Option<&'a FactId>,
    now: Timestamp,
) -> Result<[crate::store::Value<'a>; 10], StoreError> {
    let fact = line.fact.as_ref();
    let task = fact.and_then(task_ref);
    let kind = fact.map(|fact| fact.kind.as_str()).filter(|kind| kind.chars().count() <= KIND_LENGTH_MAX);
    Ok(row![
        id.map(|id| &id.0),
        &bearer.store_id.0,
        stored(line.seq)?,
        &line.content.0,
        &bearer.account.0,
        fact.and_then(|fact| fact.project.as_ref()).map(|id| &id.0),
        task,
        kind,
        now.0,
        line.bytes.as_ref()
    ])
}

/// As [`Fact::task`], by reference.
pub(super) fn task_ref(fact: &Fact) -> Option<&uuid::Uuid> {
    let task = fact.task()?;
    if task.0 == fact.id.0 { Some(&fact.id.0) } else { fact.subject.task.as_ref().map(|id| &id.0) }
}

/// A fact that is kept under its id.
struct Known {
    place: (StoreId, u64),
    content: Hash,
    accepted: bool,
}

/// Keeps the raw lines and tells, in the candidates, which were known before: one that moved here from another store
/// is the same fact (same id and hash, and with them the same account), one with a taken id and other bytes is
/// `id_conflict` and kept without a name.
pub(super) async fn facts(
    tx: &mut Tx,
    lines: &[Line],
    candidates: &mut [Candidate<'_>],
    bearer: &Sender,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = |line| fact_row(line, bearer, line.fact.as_ref().map(|fact| &fact.id), now);
    let rows = lines.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    if tx.execute_many(&FACTS, rows).await? == lines.len() as u64 {
        return Ok(());
    }
    // Some were there before. A line that was kept just now stands at its own place, where nothing stood.
    let ids: BTreeSet<FactId> = lines.iter().filter_map(Line::id).collect();
    let mut known: HashMap<FactId, Known> = HashMap::new();
    for row in tx.many(&KNOWN, ids.iter().map(|id| row![&id.0])).await? {
        let place = (StoreId(row.get(1)?), number(row.get(2)?)?);
        known.insert(FactId(row.get(0)?), Known { place, content: Hash(row.get(3)?), accepted: row.get(4)? });
    }
    let mut nameless = Vec::new();
    for (line, candidate) in lines.iter().zip(candidates) {
        match line.id().map(|id| known.get(&id)) {
            None => {}
            Some(Some(known)) if known.place == (bearer.store_id, line.seq) => {}
            Some(Some(known)) if known.content == line.content => {
                candidate.moved = true;
                candidate.settled = known.accepted && candidate.code.is_none();
            }
            Some(_) => {
                candidate.code = Some(Code::IdConflict);
                candidate.name = None;
                nameless.push(fact_row(line, bearer, None, now)?);
            }
        }
    }
    tx.many(&FACTS, nameless).await.map(drop)
}

/// From now on these facts count at these places.
pub(super) async fn places(tx: &mut Tx, candidates: &[&Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        if let Some(id) = &candidate.name {
            rows.push(row![&id.0, &candidate.store.0, stored(candidate.seq)?]);
        }
    }
    tx.many(&PLACES, rows).await.map(drop)
}

/// Announces the blobs of every fact of the account, whether it counts or not: evidence that waits for a decision must
/// not be lost meanwhile. A blob has one state an organisation. One that is known does not move until the
/// commit: either its verification sees this use, or this push sees it verified.
pub(super) async fn announce(tx: &mut Tx, bearer: &Sender, lines: &[Line]) -> Result<(), StoreError> {
    let facts = || lines.iter().filter_map(|line| line.fact.as_ref());
    let fits = |len: u64| len <= u64::from(LIMITS.blob_bytes_max);
    let mut blobs: BTreeMap<ContentId, (i64, Mime)> = BTreeMap::new();
    let mut uses = Vec::new();
    let mut once = HashSet::new();
    for fact in facts() {
        for blob in fact.blobs.iter().filter(|blob| fits(blob.len)) {
            blobs.entry(blob.id).or_insert((stored(blob.len)?, blob.mime));
            if once.insert((blob.id, fact.id, blob.role)) {
                let project = fact.project.as_ref().map(|id| &id.0);
                uses.push(row![
                    &bearer.organisation.0,
                    &blob.id.0,
                    &fact.id.0,
                    &bearer.account.0,
                    project,
                    task_ref(fact),
                    blob.role
                ]);
            }
        }
    }
    let rows =
        blobs.iter().map(|(id, (len, mime))| row![&bearer.organisation.0, &id.0, *len, *mime, BlobStage::Announced, 0]);
    let fresh = tx.many(&BLOBS, rows).await?;
    if fresh.len() < blobs.len() {
        for row in &fresh {
            blobs.remove(&ContentId(row.get(0)?));
        }
        tx.many(&KNOWN_BLOBS, blobs.keys().map(|id| row![&bearer.organisation.0, &id.0])).await?;
    }
    tx.many(&USES, uses).await.map(drop)
}

/// Writes the log of the new lines with their outcomes.
pub(super) async fn log(tx: &mut Tx, lines: &[Line], candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for (line, candidate) in lines.iter().zip(candidates) {
        let loose = candidate.loose.as_ref().map(|boot| &boot.0);
        let (store, seq) = (&candidate.store.0, stored(line.seq)?);
        let name = candidate.name.as_ref().map(|id| &id.0);
        rows.push(row![store, seq, name, &line.content.0, &line.scope.0, candidate.code, loose]);
    }
    tx.many(&LOG, rows).await.map(drop)
}
