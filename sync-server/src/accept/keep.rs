//! What the server keeps of every push, before it judges: raw lines, the log of a store, conflicts, announced blobs.

use super::{candidate::Candidate, line::Line};
use crate::{
    device::Sender,
    org::Org,
    row, sql,
    store::{Batch, BlobStage, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::{
    code::Code,
    id::{ContentId, FactId, Hash, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{BlobRef, Fact, Mime, roles_of},
    limits::LIMITS,
    problem::CodeWord,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The longest kind, in characters, that the server stores beside its fact. No program will ever know a longer one.
const KIND_LENGTH_MAX: usize = 64;

static FACTS: Batch<11> = Batch::new(
    "INSERT INTO fact (org, id, store_id, seq, content_hash, account, project, task, kind, received_ms, bytes) {rows}
     ON CONFLICT (org, id) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Blob],
);
static KNOWN: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT f.id, f.store_id, f.seq, f.content_hash, EXISTS (
         SELECT 1 FROM log l WHERE l.org = f.org AND l.store_id = f.store_id AND l.seq = f.seq AND l.code IS NULL)
     FROM p JOIN fact f ON f.org = p.org AND f.id = p.id",
    [Ty::Int, Ty::Blob],
);
static LOG: Batch<8> = Batch::new(
    "INSERT INTO log (org, store_id, seq, fact, content_hash, scope_hash, code, loose_boot) {rows}",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob],
);
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
static KNOWN_BLOBS: Batch<2> =
    Batch::new("SELECT id FROM blob WHERE (org, id) IN ({rows}) ORDER BY id {unmoved}", [Ty::Int, Ty::Blob]);
static USES: Batch<8> = Batch::new(
    "INSERT INTO blob_use (org, blob, fact, account, project, task, role, len) {rows}
     ON CONFLICT (org, blob, fact, role) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int],
);

/// What the log says of a line at or below the watermark.
pub(super) struct Entry {
    pub(super) content: Hash,
    pub(super) code: Option<CodeWord>,
}

/// The entries of a store's log from one seq to another, both included.
pub(super) async fn entries(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    from: u64,
    to: u64,
) -> Result<BTreeMap<u64, Entry>, StoreError> {
    let find =
        sql!("SELECT seq, content_hash, code FROM log WHERE org = ?1 AND store_id = ?2 AND seq >= ?3 AND seq <= ?4");
    let rows = tx.query(find, &row![org, &store, stored(from)?, stored(to)?]).await?;
    let entry = |row: &crate::store::Row| Ok((number(row.get(0)?)?, Entry { content: row.get(1)?, code: row.get(2)? }));
    rows.iter().map(entry).collect()
}

/// Keeps the lines of a push that diverged: the first line that differs from the log, and all lines behind it.
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

fn fact_row<'a>(
    line: &'a Line,
    sender: &'a Sender,
    id: Option<&'a FactId>,
    now: Timestamp,
) -> Result<[crate::store::Value<'a>; 11], StoreError> {
    let fact = line.fact.as_ref();
    let task = fact.and_then(task_ref);
    let kind = fact.map(|fact| fact.kind.as_str()).filter(|kind| kind.chars().count() <= KIND_LENGTH_MAX);
    Ok(row![
        sender.org,
        id,
        &sender.store_id,
        stored(line.seq)?,
        &line.content,
        &sender.account,
        fact.and_then(|fact| fact.project.as_ref()),
        task,
        kind,
        now,
        line.bytes.as_ref()
    ])
}

/// As [`Fact::task`], by reference.
pub(super) fn task_ref(fact: &Fact) -> Option<&uuid::Uuid> {
    let task = fact.task()?;
    if task.0 == fact.id.0 { Some(&fact.id.0) } else { fact.subject.task.as_ref().map(|id| &id.0) }
}

/// A fact whose id was stored before this push, or by it.
struct Known {
    place: (StoreId, u64),
    content: Hash,
    accepted: bool,
}

/// Keeps the raw lines, and notes in the candidates which facts the server knew before. A line whose id and hash are
/// known is a fact that moved here from another place; its account is then the same too. A line whose id belongs to
/// other bytes is `id_conflict`, and the server keeps it without an id.
pub(super) async fn facts(
    tx: &mut Tx,
    lines: &[Line],
    candidates: &mut [Candidate<'_>],
    sender: &Sender,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = |line| fact_row(line, sender, line.fact.as_ref().map(|fact| &fact.id), now);
    let rows = lines.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    if tx.execute_many(&FACTS, rows).await? == lines.len() as u64 {
        return Ok(());
    }
    // Some ids were taken before. A row that this push inserted has the place of its own line.
    let ids: BTreeSet<FactId> = lines.iter().filter_map(Line::id).collect();
    let mut known: HashMap<FactId, Known> = HashMap::new();
    for row in tx.many(&KNOWN, ids.iter().map(|id| row![sender.org, id])).await? {
        let place = (row.get(1)?, number(row.get(2)?)?);
        known.insert(row.get(0)?, Known { place, content: row.get(3)?, accepted: row.get(4)? });
    }
    let mut nameless = Vec::new();
    for (line, candidate) in lines.iter().zip(candidates) {
        match line.id().map(|id| known.get(&id)) {
            None => {}
            Some(Some(known)) if known.place == (sender.store_id, line.seq) => {}
            Some(Some(known)) if known.content == line.content => {
                candidate.moved = true;
                candidate.settled = known.accepted && candidate.code.is_none();
            }
            Some(_) => {
                candidate.code = Some(Code::IdConflict);
                candidate.name = None;
                nameless.push(fact_row(line, sender, None, now)?);
            }
        }
    }
    tx.many(&FACTS, nameless).await.map(drop)
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
    lines: &[Line],
    candidates: &[Candidate<'_>],
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
                let (project, task, len) = (fact.project.as_ref(), task_ref(fact), stored(blob.len)?);
                uses.push(row![sender.org, &blob.id, &fact.id, &sender.account, project, task, blob.role, len]);
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
    }
    tx.many(&USES, uses).await.map(drop)
}

/// Writes the new lines into the log, each with its outcome.
pub(super) async fn log(tx: &mut Tx, org: Org, lines: &[Line], candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for (line, candidate) in lines.iter().zip(candidates) {
        let loose = candidate.loose.as_ref();
        let (store, seq) = (&candidate.store, stored(line.seq)?);
        let name = candidate.name.as_ref();
        rows.push(row![org, store, seq, name, &line.content, &line.scope, candidate.code, loose]);
    }
    tx.many(&LOG, rows).await.map(drop)
}
