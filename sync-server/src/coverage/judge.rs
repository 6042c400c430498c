//! Judges a task's track, once every piece of it is here.

use crate::{
    evidence::{self, locked},
    feed::{self, publish},
    org::Org,
    query::line,
    row, sql,
    store::{Packed, Store, StoreError, Tx, own},
};
use firebee_domain::{
    geofence::{Coverage, Thresholds, coverage, task_time},
    id::{BootId, ContentId, FactId, TaskId},
    project::Project,
    task::{Task, TaskState},
    time::{Bound, Captured, Timestamp, boot_began_ms},
};
use firebee_protocol::{document::kind, fact::parse, track::decode};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// Compares a submitted task's track with its project's fence, and publishes the verdict. Does nothing when the task is
/// not submitted, has its verdict or lacks a piece. Nobody waits for a piece that was declared lost. The track is read
/// and judged outside of any transaction: when the task changes meanwhile, it is judged again. `read_blob` gives the
/// bytes of a verified blob of this firm.
///
/// # Errors
/// As [`StoreError`] says; [`StoreError::Lost`] also when the bytes of a verified piece cannot be read. The task is then
/// still one of the [`unjudged`].
pub async fn judge_coverage<R, F>(
    store: &Store,
    (org, task): (Org, TaskId),
    thresholds: &Thresholds,
    read_blob: R,
) -> Result<Option<Coverage>, StoreError>
where
    R: Fn(ContentId) -> F + Send + Sync,
    F: Future<Output = Option<Vec<u8>>> + Send,
{
    let mut blobs = HashMap::new();
    loop {
        let load = async move |tx: &mut Tx| ground(tx, org, task).await;
        let Some(ground) = store.read("read_track_ground", load).await? else { return Ok(None) };
        for blob in ground.tracks.iter().filter(|blob| !blobs.contains_key(*blob)).collect::<Vec<_>>() {
            let bytes = read_blob(*blob).await;
            let bytes = bytes.ok_or_else(|| StoreError::Lost(format!("the bytes of {blob} cannot be read")))?;
            blobs.insert(*blob, bytes);
        }
        let Some(verdict) = verdict(&ground, &blobs, thresholds) else { return Ok(None) };
        let judged = Arc::new(ground.task);
        let write = async move |tx: &mut Tx| keep(tx, org, Arc::clone(&judged), verdict.clone()).await;
        if let Kept::Stands(coverage) = store.write("judge_coverage", write).await? {
            return Ok(coverage);
        }
    }
}

/// Submitted tasks of a firm without a verdict, in the order of their ids: at most `limit`, those after `after`. A server
/// that starts asks for them, because the process before it may have ended between completing a track and judging it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unjudged(store: &Store, org: Org, after: TaskId, limit: u32) -> Result<Vec<TaskId>, StoreError> {
    let find = sql!(
        "SELECT id FROM task
         WHERE org = ?1 AND judged = 0 AND state IN (?4, ?5) AND id > ?2 ORDER BY id LIMIT ?3"
    );
    let read = async move |tx: &mut Tx| {
        let (submitted, approved) = (TaskState::PendingReview, TaskState::Approved);
        let rows = tx.query(find, &row![org, &after, i64::from(limit), submitted, approved]).await?;
        rows.iter().map(|row| row.get(0)).collect()
    };
    store.read("find_unjudged", read).await
}

/// What the verdict stands on.
struct Ground {
    task: Task,
    /// The pieces of its track that are here.
    tracks: BTreeSet<ContentId>,
    project: Project,
    /// Where the boots began, by the narrowest bound of their facts.
    boots: BTreeMap<BootId, i64>,
    /// When it was worked on, by the same clocks as the fixes.
    worked: Vec<Timestamp>,
}

async fn ground(tx: &mut Tx, org: Org, task: TaskId) -> Result<Option<Ground>, StoreError> {
    let find = sql!(
        "SELECT d.body, p.body FROM task t JOIN project p ON p.org = t.org AND p.id = t.project
             JOIN document d ON d.org = t.org AND d.kind = ?4
         WHERE t.org = ?1 AND t.id = ?2 AND d.id = ?3"
    );
    let found = tx.query_opt(find, &row![org, &task, &task.to_string(), kind::TASK]).await?;
    let Some(row) = found else { return Ok(None) };
    let document: firebee_protocol::document::TaskDocument = own(&row.get::<Packed>(0)?.0)?;
    if document.coverage.is_some() || !evidence::track_is_complete(&document.task, &document.evidence) {
        return Ok(None);
    }
    let project = own(row.get(1)?)?;
    let tracks = evidence::tracks_here(tx, org, &document.task).await?;
    let worked: HashSet<FactId> = document.task.worked_at().map(|(fact, _)| fact).collect();
    let pieces = document.task.segments.iter().map(|held| (held.fact, held.at));
    let timed = document.task.worked_at().chain(pieces).filter_map(|(fact, at)| Some((fact, at.best()?)));
    let bounds: BTreeMap<FactId, Bound> = timed.collect();
    let mut by_boot: BTreeMap<BootId, Vec<(i64, Bound)>> = BTreeMap::new();
    let mut at_work = Vec::new();
    for kept in line::of_facts(tx, org, bounds.keys()).await?.values() {
        let Ok(fact) = parse(&kept.bytes) else { continue };
        let Captured { boot_id, boot_ms, .. } = fact.captured;
        if let Some(bound) = bounds.get(&fact.id) {
            by_boot.entry(boot_id).or_default().push((boot_ms, *bound));
            at_work.extend(worked.contains(&fact.id).then_some((boot_id, boot_ms)));
        }
    }
    let began = |(boot, facts): (BootId, Vec<(i64, Bound)>)| Some((boot, boot_began_ms(facts)?));
    let mut boots: BTreeMap<BootId, i64> = by_boot.into_iter().filter_map(began).collect();
    boots_of_pieces(tx, org, &document.task, &mut boots).await?;
    let instant = |(boot, boot_ms): (BootId, i64)| Some(Timestamp(boot_ms.saturating_add(*boots.get(&boot)?)));
    let worked = at_work.into_iter().filter_map(instant).collect();
    Ok(Some(Ground { task: document.task, tracks, project, boots, worked }))
}

/// Places the boots of which the task has a piece of track and no fact, by the best anchor of the boot.
async fn boots_of_pieces(
    tx: &mut Tx,
    org: Org,
    task: &Task,
    boots: &mut BTreeMap<BootId, i64>,
) -> Result<(), StoreError> {
    let best = sql!(
        "SELECT a.server_ms, a.boot_ms FROM fact f JOIN anchor a ON a.org = f.org AND a.store_id = f.store_id AND a.boot_id = ?3
         WHERE f.org = ?1 AND f.id = ?2 ORDER BY a.rtt_ms, a.boot_ms LIMIT 1"
    );
    for held in &task.segments {
        let boot = held.segment.boot_id;
        if boots.contains_key(&boot) {
            continue;
        }
        if let Some(row) = tx.query_opt(best, &row![org, &held.fact, &boot]).await? {
            boots.insert(boot, row.get::<i64>(0)?.saturating_sub(row.get(1)?));
        }
    }
    Ok(())
}

fn verdict(ground: &Ground, blobs: &HashMap<ContentId, Vec<u8>>, thresholds: &Thresholds) -> Option<Coverage> {
    let fences = ground.project.fences()?;
    let (mut fixes, mut holes) = (Vec::new(), Vec::new());
    for held in &ground.task.segments {
        // A piece that cannot be decoded gives no fix. Its bytes stay stored.
        let Some(Ok(columns)) = blobs.get(&held.segment.blob).map(|bytes| decode(bytes)) else { continue };
        let Some(began_ms) = ground.boots.get(&held.segment.boot_id) else { continue };
        let segment = columns.into_segment(held.segment.boot_id);
        // where somebody was before getting the task, or after giving it away, says nothing of it.
        let author = ground.task.author_of(held.fact);
        let of_task = |at: Timestamp| ground.task.was_with(author, at);
        fixes.extend(segment.timed_fixes(*began_ms).filter(|fix| of_task(fix.at)));
        holes.extend(segment.timed_holes(*began_ms).filter(|hole| of_task(hole.from) || of_task(hole.to)));
    }
    Some(coverage(&fixes, &holes, &fences, &task_time(&ground.worked), thresholds))
}

/// What became of a verdict.
enum Kept {
    /// The task has this one now.
    Stands(Option<Coverage>),
    /// It is about a task that has changed since: its times, its pieces or its round.
    Stale,
}

/// Keeps the verdict on the task as it was judged.
async fn keep(tx: &mut Tx, org: Org, judged: Arc<Task>, verdict: Coverage) -> Result<Kept, StoreError> {
    let task = judged.id;
    let followers = feed::followers(tx, org, &BTreeSet::from([task]), &BTreeSet::new()).await?;
    feed::lock(tx, org, &followers).await?;
    let Some((mut document, lead)) = locked(tx, org, task).await? else { return Ok(Kept::Stands(None)) };
    if document.coverage.is_some() {
        return Ok(Kept::Stands(document.coverage));
    }
    if document.task != *judged {
        return Ok(Kept::Stale);
    }
    document.coverage = Some(verdict.clone());
    tx.execute(sql!("UPDATE task SET judged = 1 WHERE org = ?1 AND id = ?2"), &row![org, &task]).await?;
    publish(tx, org, vec![evidence::publication(&document, lead)?]).await?;
    Ok(Kept::Stands(Some(verdict)))
}
