//! Everything that is known of one task, for whoever reads it: its page, and the report that it stands in.

use super::{
    access::{to_fault, to_task},
    act, catalogue, crew, dispatch, evidence, fault, member,
    note::{self, NoteRow},
    page::latest,
    parked::{Of, ParkedRow, parked},
    project::{self, ProjectRow},
    retention, task,
};
use crate::{
    org::Org,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Subject, may},
    catalogue::Catalogue,
    fault::Fault,
    id::{AccountId, ContentId, FaultId, PersonId, TaskId},
    instrument::Instrument,
    personnel::Colleague,
    task::Task,
    time::Timestamp,
};
use firebee_protocol::{
    document::{DispatchDocument, TaskDocument},
    fact::Mime,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The most parked facts that are read.
const PARKED_MAX: u32 = 50;

/// What is known of a task.
pub struct WholeTask {
    /// How the reader stands to it.
    pub subject: Subject,
    /// The task.
    pub document: TaskDocument,
    /// The faults that it found.
    pub faults: Vec<Fault>,
    /// The dispatches of these.
    pub dispatches: Vec<DispatchDocument>,
    /// Its project.
    pub site: ProjectRow,
    /// The pack of tests that it was made with.
    pub catalogue: Arc<Catalogue>,
    /// The names of the people of its organisation.
    pub names: HashMap<AccountId, String>,
    /// The people of its organisation, with the last days of their certificates.
    pub crew: Vec<Colleague>,
    /// Who executes it, among them.
    pub executor: Option<PersonId>,
    /// Whether the assignment that a task outside the plan stands on is gone with its plan.
    pub footing_gone: bool,
    /// The instruments of its organisation.
    pub instruments: Vec<Instrument>,
    /// Its files that are on the server.
    pub verified: HashSet<ContentId>,
    /// How many of its files are gone because their time was over, and when the last of them went.
    pub expired: Option<(i64, Timestamp)>,
    /// The other tasks in which one of its photos is used, by the original bytes.
    pub elsewhere: HashMap<ContentId, Vec<(TaskId, String)>>,
    /// The names of the tasks to or from which answers were moved, as far as the reader may read them.
    pub moved: HashMap<TaskId, String>,
    /// The files of its decisions and handlings that are on the server, and what they are.
    pub media: HashMap<ContentId, Mime>,
    /// Its facts that do not count.
    pub parked: Vec<ParkedRow>,
    /// What its executor's phones noted about themselves meanwhile, for who may see it.
    pub notes: Vec<NoteRow>,
}

/// A task with everything around it, if this actor may read it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn whole_task(tx: &mut Tx, org: Org, actor: &Actor, id: TaskId) -> Result<Option<WholeTask>, StoreError> {
    match to_task(tx, org, actor, Action::ReadTask, id).await? {
        Some(subject) => whole(tx, org, actor, (subject, id)).await,
        None => Ok(None),
    }
}

/// The task that found a fault with everything around it, if this actor may read the fault: an owner's contact reads the
/// fault, and of the task only what belongs to it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn whole_of_fault(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    id: FaultId,
) -> Result<Option<WholeTask>, StoreError> {
    let Some(subject) = to_fault(tx, org, actor, &[Action::ReadFault], id).await? else { return Ok(None) };
    match fault::task(tx, org, id).await? {
        Some(task) => whole(tx, org, actor, (subject, task)).await,
        None => Ok(None),
    }
}

async fn whole(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (subject, id): (Subject, TaskId),
) -> Result<Option<WholeTask>, StoreError> {
    let Some(mut document) = task::document(tx, org, id).await? else { return Ok(None) };
    let Some(site) = project::project(tx, org, document.task.project).await? else { return Ok(None) };
    let mut faults = fault::of_tasks(tx, org, &[id]).await?.remove(&id).unwrap_or_default();
    let mut dispatches = dispatch::of_task(tx, org, id).await?;
    act::as_written(tx, org, &mut document.task, &mut faults, &mut dispatches).await?;
    let photos = document.task.photos.iter().map(|photo| &photo.taken);
    let blobs = photos.flat_map(|taken| [taken.original, taken.preview, taken.thumbnail]);
    let originals = document.task.photos.iter().map(|photo| photo.taken.original).collect();
    let signed = document.task.witness.iter().map(|witness| witness.signed.signature);
    let tracks = document.task.segments.iter().map(|held| held.segment.blob);
    let blobs: HashSet<ContentId> = blobs.chain(signed).chain(tracks).collect();
    let of = Of { project: None, task: Some(id) };
    let files: HashSet<ContentId> = blobs.union(&attached(&document, &faults, &dispatches)).copied().collect();
    let media = evidence::media(tx, org, &files).await?;
    let mut verified = evidence::verified(tx, org, &blobs).await?;
    // Nobody is shown a file of a photo that is no picture.
    let tracks: HashSet<ContentId> = document.task.segments.iter().map(|held| held.segment.blob).collect();
    verified.retain(|id| tracks.contains(id) || media.get(id).is_some_and(|mime| mime.is_picture()));
    let may_see_notes = may(actor, Action::ReadDevice, &subject);
    Ok(Some(WholeTask {
        media,
        catalogue: catalogue::pack(tx, document.catalogue).await?,
        names: member::names(tx, org).await?,
        crew: crew::colleagues(tx, org).await?,
        executor: member::account(tx, org, document.task.executor).await?.and_then(|account| account.person),
        footing_gone: task::lost_footing(tx, org, &document).await?,
        instruments: crew::instruments(tx, org).await?,
        verified,
        expired: retention::expired(tx, org, id).await?,
        elsewhere: evidence::used_elsewhere(tx, org, id, &originals).await?,
        moved: moved(tx, org, actor, &document.task).await?,
        notes: if may_see_notes { note::of_task(tx, org, &document.task).await? } else { Vec::new() },
        parked: parked(tx, org, actor, of, &latest(PARKED_MAX)).await?.rows,
        faults,
        dispatches,
        subject,
        document,
        site,
    }))
}

/// The names of the tasks at the other end of moved answers, as far as this actor may read them.
async fn moved(tx: &mut Tx, org: Org, actor: &Actor, task: &Task) -> Result<HashMap<TaskId, String>, StoreError> {
    let mut names = HashMap::new();
    for other in task.moved_with() {
        if to_task(tx, org, actor, Action::ReadTask, other).await?.is_some()
            && let Some(document) = task::document(tx, org, other).await?
        {
            names.insert(other, document.task.name);
        }
    }
    Ok(names)
}

/// The files of the decisions, handlings and dispatches of a task.
pub fn attached(document: &TaskDocument, faults: &[Fault], dispatches: &[DispatchDocument]) -> HashSet<ContentId> {
    let decided = document.task.reviews.iter().flat_map(|review| &review.decided.attachments);
    let handled = faults.iter().flat_map(|fault| &fault.handlings).flat_map(|handling| &handling.attachments);
    let steps = dispatches.iter().flat_map(|held| held.dispatch.files());
    decided.chain(handled).copied().chain(steps).collect()
}
