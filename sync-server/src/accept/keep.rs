//! Raw lines, the log of a store, conflicts, announced blobs: what is kept whatever becomes of it.

use super::{
    Bearer,
    candidate::{Candidate, task_of},
    head::{number, stored},
    line::Line,
};
use crate::{
    row, sql,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    id::{ContentId, FactId, Hash, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{BlobRole, Fact, Mime},
    limits::LIMITS,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A kind that is not known is kept for a later program, unless it is as long as no kind will be.
const KIND_LENGTH_MAX: usize = 64;

static FACTS: Batch<8> = Batch::new(
    "INSERT INTO fact (content_hash, id, account, project, task, kind, received_ms, bytes) {rows}
     ON CONFLICT DO NOTHING RETURNING content_hash",
    [Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Blob],
);
static KNOWN: Batch<1> = Batch::new(
    "WITH p(content_hash) AS ({rows})
     SELECT f.content_hash, f.id, f.account,
            EXISTS (SELECT 1 FROM log l WHERE l.content_hash = f.content_hash AND l.code IS NULL)
     FROM p JOIN fact f ON f.content_hash = p.content_hash",
    [Ty::Blob],
);
static LOG: Batch<6> = Batch::new(
    "INSERT INTO log (store_id, seq, content_hash, scope_hash, code, loose_boot) {rows}",
    [Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob],
);
static CONFLICTS: Batch<5> = Batch::new(
    "INSERT INTO conflict (store_id, seq, content_hash, bytes, received_ms) {rows} ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Int, Ty::Blob, Ty::Blob, Ty::Int],
);
static BLOBS: Batch<6> = Batch::new(
    "INSERT INTO blob (organisation, id, len, mime, state, received) {rows} ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Blob, Ty::Int, Ty::Text, Ty::Text, Ty::Int],
);
static USES: Batch<7> = Batch::new(
    "INSERT INTO blob_use (organisation, blob, fact, account, project, task, role) {rows} ON CONFLICT DO NOTHING",
    [Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text],
);

/// What is stored of a line at or below the watermark.
pub(super) struct Entry {
    pub(super) content: Hash,
    pub(super) code: Option<String>,
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
    bearer: &'a Bearer,
    id: Option<&'a FactId>,
    now: Timestamp,
) -> [crate::store::Value<'a>; 8] {
    let fact = line.fact.as_ref();
    let task = fact.and_then(task_ref);
    let kind = fact.map(|fact| fact.kind.as_str()).filter(|kind| kind.chars().count() <= KIND_LENGTH_MAX);
    row![
        &line.content.0,
        id.map(|id| &id.0),
        &bearer.account.0,
        fact.and_then(|fact| fact.project.as_ref()).map(|id| &id.0),
        task,
        kind,
        now.0,
        line.bytes.as_ref()
    ]
}

/// As [`task_of`], by reference.
fn task_ref(fact: &Fact) -> Option<&uuid::Uuid> {
    let task = task_of(fact)?;
    if task.0 == fact.id.0 { Some(&fact.id.0) } else { fact.subject.task.as_ref().map(|id| &id.0) }
}

/// Keeps the raw lines and tells, in the candidates, which were known before: one that moved here from another store
/// is the same fact (same id, hash and account), one with a taken id and other bytes is `id_conflict`.
pub(super) async fn facts(
    tx: &mut Tx,
    lines: &[Line],
    candidates: &mut [Candidate<'_>],
    bearer: &Bearer,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut once = HashSet::new();
    let rows = lines.iter().filter(|line| once.insert(line.content));
    let rows = rows.map(|line| fact_row(line, bearer, line.fact.as_ref().map(|fact| &fact.id), now));
    let fresh = tx.many(&FACTS, rows).await?;
    let fresh = fresh.iter().map(|row| row.get(0).map(Hash)).collect::<Result<HashSet<_>, _>>()?;
    if fresh.len() == lines.len() {
        return Ok(());
    }
    let mut odd: Vec<(&Line, &mut Candidate<'_>)> =
        lines.iter().zip(candidates).filter(|(line, _)| !fresh.contains(&line.content)).collect();
    let known = tx.many(&KNOWN, odd.iter().map(|(line, _)| row![&line.content.0])).await?;
    let mut by_content = HashMap::new();
    for row in &known {
        by_content.insert(
            Hash(row.get(0)?),
            (row.get::<Option<uuid::Uuid>>(1)?, row.get::<uuid::Uuid>(2)?, row.get::<bool>(3)?),
        );
    }
    for (line, candidate) in &mut odd {
        match (by_content.get(&line.content), line.id()) {
            (_, None) => {}
            (Some((Some(_), _, accepted)), Some(_)) => candidate.settled = *accepted && candidate.code.is_none(),
            (Some((None, sender, _)), Some(id)) if *sender != bearer.account.0 => {
                if !take_over(tx, line, id, bearer).await? {
                    candidate.code = Some("id_conflict");
                }
            }
            (Some((None, ..)) | None, Some(_)) => candidate.code = Some("id_conflict"),
        }
    }
    let unnamed = odd.iter().filter(|(line, _)| !by_content.contains_key(&line.content)).map(|(line, _)| *line);
    tx.many(&FACTS, unnamed.map(|line| fact_row(line, bearer, None, now))).await.map(drop)
}

/// Another account's store sent this very line before: it named this account, so it is this account's now.
async fn take_over(tx: &mut Tx, line: &Line, id: FactId, bearer: &Bearer) -> Result<bool, StoreError> {
    let Some(fact) = &line.fact else { return Ok(false) };
    let update = sql!(
        "UPDATE fact SET id = ?2, account = ?3, project = ?4, task = ?5
         WHERE content_hash = ?1 AND NOT EXISTS (SELECT 1 FROM fact other WHERE other.id = ?2)"
    );
    let project = fact.project.as_ref().map(|id| &id.0);
    let args = row![&line.content.0, &id.0, &bearer.account.0, project, task_ref(fact)];
    Ok(tx.execute(update, &args).await? == 1)
}

/// Announces the blobs of every fact of the account, whether it counts or not: evidence that waits for a decision must
/// not be lost meanwhile. A blob has one state an organisation.
pub(super) async fn announce(tx: &mut Tx, bearer: &Bearer, lines: &[Line]) -> Result<(), StoreError> {
    let facts = || lines.iter().filter_map(|line| line.fact.as_ref());
    let fits = |len: u64| len <= u64::from(LIMITS.blob_bytes_max);
    let mut blobs: BTreeMap<ContentId, (i64, &'static str)> = BTreeMap::new();
    let mut uses = Vec::new();
    let mut once = HashSet::new();
    for fact in facts() {
        for blob in fact.blobs.iter().filter(|blob| fits(blob.len)) {
            blobs.entry(blob.id).or_insert((stored(blob.len)?, mime_word(blob.mime)));
            if once.insert((blob.id, fact.id, role_word(blob.role))) {
                let project = fact.project.as_ref().map(|id| &id.0);
                uses.push(row![
                    &bearer.organisation.0,
                    &blob.id.0,
                    &fact.id.0,
                    &bearer.account.0,
                    project,
                    task_ref(fact),
                    role_word(blob.role)
                ]);
            }
        }
    }
    let rows = blobs.iter().map(|(id, (len, mime))| row![&bearer.organisation.0, &id.0, *len, *mime, "announced", 0]);
    tx.many(&BLOBS, rows).await?;
    tx.many(&USES, uses).await.map(drop)
}

const fn mime_word(mime: Mime) -> &'static str {
    match mime {
        Mime::Jpeg => "jpeg",
        Mime::Png => "png",
        Mime::Heic => "heic",
        Mime::Webp => "webp",
        Mime::Pdf => "pdf",
        Mime::Track => "track",
    }
}

const fn role_word(role: BlobRole) -> &'static str {
    match role {
        BlobRole::Original => "original",
        BlobRole::Preview => "preview",
        BlobRole::Thumb => "thumb",
        BlobRole::Track => "track",
    }
}

/// Writes the log of the new lines with their outcomes.
pub(super) async fn log(tx: &mut Tx, lines: &[Line], candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(lines.len());
    for (line, candidate) in lines.iter().zip(candidates) {
        let loose = candidate.loose.as_ref().map(|boot| &boot.0);
        let (store, seq) = (&candidate.store.0, stored(line.seq)?);
        rows.push(row![store, seq, &line.content.0, &line.scope.0, candidate.code, loose]);
    }
    tx.many(&LOG, rows).await.map(drop)
}
