//! How much of a task's evidence has arrived: phone and lead see the same count.

use crate::{
    feed::{self, Publication, publish, task_document},
    org::Org,
    query, row, sql,
    store::{Batch, BlobStage, Packed, StoreError, Tx, Ty, json, own},
};
use firebee_domain::{
    evidence::PhotoExif,
    id::{AccountId, ContentId, FactId, ProjectId, TaskId},
    task::{Task, TaskState},
};
use firebee_protocol::{
    blob::{EvidenceCount, Otherwise, Reused},
    document::{TaskDocument, kind},
    fact::Mime,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

static STATES: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows}) SELECT b.id, b.state, b.media, b.exif FROM p JOIN blob b ON b.org = p.org AND b.id = p.id",
    [Ty::Int, Ty::Blob],
);

/// The facts that announced another length for a blob than it has.
static DIFFERING: Batch<3> = Batch::new(
    "WITH p(org, id, state) AS ({rows})
     SELECT b.id, u.fact FROM p JOIN blob b ON b.org = p.org AND b.id = p.id AND b.state = p.state
         JOIN blob_use u ON u.org = b.org AND u.blob = b.id AND u.len <> b.len",
    [Ty::Int, Ty::Blob, Ty::Text],
);

/// The blobs of a task's evidence: those of the photos that count, and all track blobs.
pub(crate) fn blobs_of(task: &Task) -> BTreeSet<ContentId> {
    photos_of(task).map(|(_, blob)| blob).chain(tracks_of(task)).collect()
}

/// The blobs of the photos that count, each with the fact that names it. While the round waits or is approved, its
/// manifest lists the photos; otherwise all count that are not withdrawn.
fn photos_of(task: &Task) -> impl Iterator<Item = (FactId, ContentId)> {
    let listed: Option<BTreeSet<FactId>> = match task.last_submission() {
        Some(submission) if !task.is_editable() => Some(submission.manifest.facts().collect()),
        _ => None,
    };
    let counts = move |fact: &FactId, now: bool| listed.as_ref().map_or(now, |listed| listed.contains(fact));
    let photos = task.photos.iter().filter(move |photo| counts(&photo.fact, !photo.withdrawn));
    let photos = photos.flat_map(|photo| {
        let taken = &photo.taken;
        [taken.original, taken.preview, taken.thumbnail].map(|blob| (photo.fact, blob))
    });
    // The witness's signature is a picture too.
    photos.chain(task.witness.iter().map(|witness| (witness.fact, witness.signed.signature)))
}

/// How far a blob is, and what its bytes are.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    stage: BlobStage,
    media: Option<Mime>,
    /// What a camera wrote into it, read from its bytes.
    exif: Option<PhotoExif>,
    /// The facts that announced another length than it has. It is no evidence of theirs.
    differing: BTreeSet<FactId>,
}

impl Arrival {
    fn is_verified(&self) -> bool {
        self.stage == BlobStage::Verified
    }

    /// Whether it is whole and no picture.
    fn is_no_picture(&self) -> bool {
        self.is_verified() && !self.media.is_some_and(Mime::is_picture)
    }
}

/// The track blobs of a task.
fn tracks_of(task: &Task) -> impl Iterator<Item = ContentId> {
    task.segments.iter().map(|held| held.segment.blob)
}

/// How far each of the blobs is.
pub(crate) async fn arrived(
    tx: &mut Tx,
    org: Org,
    blobs: &BTreeSet<ContentId>,
) -> Result<BTreeMap<ContentId, Arrival>, StoreError> {
    let mut arrived = BTreeMap::new();
    for row in tx.many(&STATES, blobs.iter().map(|id| row![org, id])).await? {
        let differing = BTreeSet::new();
        let exif = row.get::<Option<String>>(3)?.map(|read| own(&read)).transpose()?;
        arrived.insert(row.get(0)?, Arrival { stage: row.get(1)?, media: row.get(2)?, exif, differing });
    }
    for row in tx.many(&DIFFERING, blobs.iter().map(|id| row![org, id, BlobStage::Verified])).await? {
        if let Some(arrival) = arrived.get_mut(&row.get::<ContentId>(0)?) {
            arrival.differing.insert(row.get(1)?);
        }
    }
    Ok(arrived)
}

/// The track blobs of a task that the server has verified. A blob that was declared lost is not among them.
pub(crate) async fn tracks_here(tx: &mut Tx, org: Org, task: &Task) -> Result<BTreeSet<ContentId>, StoreError> {
    let arrived = arrived(tx, org, &tracks_of(task).collect()).await?;
    Ok(arrived.into_iter().filter(|(_, arrival)| arrival.is_verified()).map(|(id, _)| id).collect())
}

/// How many blobs of a task's evidence do not count yet.
pub(crate) fn missing(task: &Task, arrived: &BTreeMap<ContentId, Arrival>) -> u32 {
    number(counted(task, arrived).missing.len())
}

/// Counts the evidence of several tasks with one query. A blob declared lost is neither verified nor waited for.
pub(crate) async fn count(
    tx: &mut Tx,
    org: Org,
    tasks: &[&Task],
) -> Result<BTreeMap<TaskId, EvidenceCount>, StoreError> {
    let all: BTreeSet<ContentId> = tasks.iter().flat_map(|task| blobs_of(task)).collect();
    let arrived = arrived(tx, org, &all).await?;
    let mut counts: BTreeMap<TaskId, EvidenceCount> =
        tasks.iter().map(|task| (task.id, counted(task, &arrived))).collect();
    // Only who reviews needs to know which photo stands in another task, too.
    let looked_at = |task: &&&Task| !task.is_editable() && task.round > 0;
    let originals: HashSet<ContentId> = tasks.iter().filter(looked_at).flat_map(|task| originals_of(task)).collect();
    if originals.is_empty() {
        return Ok(counts);
    }
    let places = query::evidence::places(tx, org, &originals).await?;
    for task in tasks.iter().filter(looked_at) {
        if let Some(count) = counts.get_mut(&task.id) {
            count.reused = reused(task, &places);
        }
    }
    Ok(counts)
}

/// The originals of the photos that a reviewer sees.
fn originals_of(task: &Task) -> impl Iterator<Item = ContentId> {
    task.current_photos().map(|photo| photo.taken.original)
}

/// The most other places of a photo that a task names. One photo of a site without a controller may stand in hundreds.
const REUSED_MAX: usize = 5;

/// The photos of a task that stand in other tasks, too.
fn reused(task: &Task, places: &HashMap<ContentId, Vec<(TaskId, String)>>) -> Vec<Reused> {
    let originals: BTreeSet<ContentId> = originals_of(task).collect();
    let others = |blob: ContentId| places.get(&blob).into_iter().flatten().filter(|(other, _)| *other != task.id);
    let row = |blob, other: &(TaskId, String)| Reused { blob, task: other.0, task_name: other.1.clone() };
    let some = |blob| others(blob).take(REUSED_MAX).map(move |other| row(blob, other));
    let mut reused: Vec<Reused> = originals.into_iter().flat_map(some).collect();
    reused.sort();
    reused
}

/// The photos of which their phone said otherwise than their bytes, each original once.
fn otherwise(task: &Task, arrived: &BTreeMap<ContentId, Arrival>) -> Vec<Otherwise> {
    let mut found: BTreeMap<ContentId, &PhotoExif> = BTreeMap::new();
    for photo in &task.photos {
        let read = arrived.get(&photo.taken.original).and_then(|arrival| arrival.exif.as_ref());
        found.extend(read.filter(|read| read.differs(&photo.taken.exif)).map(|read| (photo.taken.original, read)));
    }
    found.into_iter().map(|(blob, exif)| Otherwise { blob, exif: exif.clone() }).collect()
}

/// The count of one task, of which `arrived` knows every blob that has come.
fn counted(task: &Task, arrived: &BTreeMap<ContentId, Arrival>) -> EvidenceCount {
    let named: Vec<(FactId, ContentId)> =
        photos_of(task).chain(task.segments.iter().map(|held| (held.fact, held.segment.blob))).collect();
    let differs = |(fact, blob): &&(FactId, ContentId)| arrived.get(blob).is_some_and(|at| at.differing.contains(fact));
    let differing: BTreeSet<ContentId> = named.iter().filter(differs).map(|(_, blob)| *blob).collect();
    let (blobs, photos) = (blobs_of(task), photos_of(task).map(|(_, blob)| blob).collect::<BTreeSet<_>>());
    // A photo must be a picture, also when a piece of track has the same bytes.
    let no_picture = |id: &ContentId| photos.contains(id) && arrived.get(id).is_some_and(Arrival::is_no_picture);
    let has_arrived = |id: &ContentId| arrived.get(id).is_some_and(|arrival| arrival.stage.has_arrived());
    let counts = |id: &ContentId| has_arrived(id) && !no_picture(id) && !differing.contains(id);
    let is_verified = |id: &ContentId| arrived.get(id).is_some_and(Arrival::is_verified);
    let missing: Vec<ContentId> = blobs.iter().filter(|id| !counts(id)).copied().collect();
    let verified = blobs.iter().filter(|id| is_verified(id) && counts(id)).count();
    let not_pictures = missing.iter().filter(|id| no_picture(id)).copied().collect();
    EvidenceCount {
        verified: number(verified),
        total: number(blobs.len()),
        missing,
        not_pictures,
        reused: Vec::new(),
        otherwise: otherwise(task, arrived),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether a task is submitted and every piece of its track is here, so that it can be compared with the fence.
pub(crate) fn track_is_complete(task: &Task, evidence: &EvidenceCount) -> bool {
    !task.is_editable() && task.round > 0 && tracks_of(task).all(|blob| !evidence.missing.contains(&blob))
}

/// Counts a task's evidence anew, and publishes the task when the count differs. It locks the feeds that it publishes to, so
/// the transaction has locked nothing else before.
///
/// Gives whether the task's track is complete and not yet judged; then call
/// [`judge_coverage`](crate::coverage::judge_coverage()) after the commit.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn refresh_task_evidence(tx: &mut Tx, org: Org, task: TaskId) -> Result<bool, StoreError> {
    let followers = feed::followers(tx, org, &BTreeSet::from([task]), &BTreeSet::new()).await?;
    feed::lock(tx, org, &followers).await?;
    let Some((body, lead)) = locked_body(tx, org, task).await? else { return Ok(false) };
    recount(tx, org, own(&body)?, lead).await
}

/// Whether the count in a task's document is out of date.
///
/// # Errors
/// As [`StoreError`] says.
pub(crate) async fn is_outdated(tx: &mut Tx, org: Org, task: TaskId) -> Result<bool, StoreError> {
    let Some(document) = query::task::document(tx, org, task).await? else { return Ok(false) };
    let evidence = count(tx, org, &[&document.task]).await?.remove(&task).unwrap_or_default();
    Ok(evidence != document.evidence)
}

async fn recount(tx: &mut Tx, org: Org, mut document: TaskDocument, lead: AccountId) -> Result<bool, StoreError> {
    let mut counts = count(tx, org, &[&document.task]).await?;
    let evidence = counts.remove(&document.task.id).unwrap_or_default();
    let judge = document.coverage.is_none() && track_is_complete(&document.task, &evidence);
    if evidence != document.evidence {
        document.evidence = evidence;
        publish(tx, org, vec![publication(&document, lead)?]).await?;
    }
    Ok(judge)
}

/// Like [`refresh_task_evidence`], after `blob` was verified; `as_announced`: each fact of the task announced its length. `read` is what a camera wrote into it. If the task waits for this blob, only the count in the
/// document's text changes, so that the server does not read and write a task of a hundred photos anew for each of
/// them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn count_verified_blob(
    tx: &mut Tx,
    org: Org,
    task: TaskId,
    (blob, media, read): (ContentId, Option<Mime>, Option<&PhotoExif>),
    as_announced: bool,
) -> Result<bool, StoreError> {
    let Some((body, lead)) = locked_body(tx, org, task).await? else { return Ok(false) };
    let outline = Outline::of(&body)?;
    let mut evidence: EvidenceCount = own(outline.evidence.get())?;
    let at = evidence.missing.iter().position(|missing| *missing == blob);
    // A track among pictures, what is neither, a length that was announced wrongly and a picture of which the phone said
    // otherwise than its bytes are rare: everything is counted anew.
    let usual = as_announced && media.is_some_and(Mime::is_picture) && !outline.task.says_otherwise(blob, read);
    let Some(at) = at.filter(|_| usual) else {
        return recount(tx, org, own(&body)?, lead).await;
    };
    evidence.missing.remove(at);
    evidence.verified = evidence.verified.saturating_add(1);
    let judge = outline.coverage.is_none() && outline.task.track_is_complete(&evidence);
    let body = outline.with_evidence(&body, &json(&evidence)?)?;
    publish(tx, org, vec![task_document(task, outline.task.executor, Some(lead), body)]).await?;
    Ok(judge)
}

/// The parts of a task's document that counting a verified blob needs. The rest of the text stays as it is.
#[derive(Deserialize)]
struct Outline<'a> {
    #[serde(borrow)]
    evidence: &'a RawValue,
    coverage: Option<IgnoredAny>,
    task: TaskOutline,
}

#[derive(Deserialize)]
struct TaskOutline {
    executor: AccountId,
    state: TaskState,
    round: u32,
    photos: Vec<PhotoOutline>,
    segments: Vec<SegmentOutline>,
}

#[derive(Deserialize)]
struct PhotoOutline {
    taken: TakenOutline,
}

#[derive(Deserialize)]
struct TakenOutline {
    original: ContentId,
    exif: PhotoExif,
}

#[derive(Deserialize)]
struct SegmentOutline {
    segment: BlobOutline,
}

#[derive(Deserialize)]
struct BlobOutline {
    blob: ContentId,
}

impl<'a> Outline<'a> {
    fn of(body: &'a str) -> Result<Self, StoreError> {
        serde_json::from_str(body).map_err(|error| StoreError::Bug(format!("a stored body cannot be read: {error}")))
    }

    /// The text of this outline, `body`, with another count.
    fn with_evidence(&self, body: &str, evidence: &str) -> Result<String, StoreError> {
        let old = self.evidence.get();
        let at = old.as_ptr().addr().wrapping_sub(body.as_ptr().addr());
        let around = body.get(..at).zip(body.get(at.saturating_add(old.len())..));
        let (before, after) = around.ok_or_else(|| StoreError::Bug("a count is outside of its document".into()))?;
        Ok([before, evidence, after].concat())
    }
}

impl TaskOutline {
    /// Whether a photo says otherwise of these bytes than what was read from them.
    fn says_otherwise(&self, blob: ContentId, read: Option<&PhotoExif>) -> bool {
        let mut of_blob = self.photos.iter().filter(|photo| photo.taken.original == blob);
        read.is_some_and(|read| of_blob.any(|photo| read.differs(&photo.taken.exif)))
    }

    /// As [`track_is_complete`].
    fn track_is_complete(&self, evidence: &EvidenceCount) -> bool {
        let is_editable = matches!(self.state, TaskState::Executing | TaskState::Rejected);
        let is_here = |piece: &SegmentOutline| !evidence.missing.contains(&piece.segment.blob);
        !is_editable && self.round > 0 && self.segments.iter().all(is_here)
    }
}

/// A task's document under the task's lock, and the lead of its project.
pub(crate) async fn locked(
    tx: &mut Tx,
    org: Org,
    task: TaskId,
) -> Result<Option<(TaskDocument, AccountId)>, StoreError> {
    let found = locked_body(tx, org, task).await?;
    found.map(|(body, lead)| Ok((own(&body)?, lead))).transpose()
}

async fn locked_body(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<(String, AccountId)>, StoreError> {
    let lock = sql!("UPDATE task SET round = round WHERE org = ?1 AND id = ?2 RETURNING project");
    let Some(row) = tx.query_opt(lock, &row![org, &task]).await? else { return Ok(None) };
    let project: ProjectId = row.get(0)?;
    let find = sql!(
        "SELECT d.body, p.lead FROM document d, project p
         WHERE d.org = ?1 AND d.kind = ?4 AND d.id = ?2 AND p.org = d.org AND p.id = ?3"
    );
    let Some(row) = tx.query_opt(find, &row![org, &task.to_string(), &project, kind::TASK]).await? else {
        return Ok(None);
    };
    Ok(Some((row.get::<Packed>(0)?.0, row.get(1)?)))
}

/// The document again, for those who have it.
pub(crate) fn publication(document: &TaskDocument, lead: AccountId) -> Result<Publication, StoreError> {
    let task = &document.task;
    Ok(task_document(task.id, task.executor, Some(lead), json(document)?))
}
