//! The one function that applies a fact to a task, on the phone and on the server.

use super::{Description, Task, TaskBody, TaskError, TaskFact, TaskState, record, start};
use crate::{catalogue::Catalogue, fault, id::ContentId, review, submission};

/// What a task cannot know by itself.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The catalogue pack that the task's plan pins; without it, item-specific photo rules cannot be checked.
    pub catalogue: Option<&'a Catalogue>,
    /// The id of that pack, which every result must have been answered by; without it nobody asks. The server knows
    /// it for every task; a phone answers with the pack it holds.
    pub pack: Option<ContentId>,
    /// How many blobs of the last manifest are not verified.
    pub evidence_missing: u32,
    /// Whether approval waits for the faults: maintenance contracts only.
    pub faults_must_be_handled: bool,
}

/// Applies one fact. An error leaves the task as it was; a fact that was applied before changes nothing.
///
/// Whether the author may do this at all is decided by `account::may`, whether the item is free and in scope by
/// the caller who sees all tasks.
pub fn apply(task: &mut Option<Task>, fact: &TaskFact, around: &Circumstances<'_>) -> Result<(), TaskError> {
    match (&mut *task, &fact.body) {
        (Some(task), _) => advance(task, fact, around),
        (None, TaskBody::Started(started)) => {
            *task = Some(start::start(fact, started)?);
            Ok(())
        }
        (None, _) => Err(TaskError::Unknown),
    }
}

/// As [`apply`], for a task that exists.
pub fn advance(task: &mut Task, fact: &TaskFact, around: &Circumstances<'_>) -> Result<(), TaskError> {
    if task.id != fact.task {
        return Err(TaskError::Unknown);
    }
    if task.project != fact.project {
        return Err(TaskError::OtherProject);
    }
    if is_known(task, fact) {
        return Ok(());
    }
    match &fact.body {
        TaskBody::ReviewDecided(decided) => review::decide(
            task,
            decided,
            review::Reviewing { event: fact.id.into(), reviewer: fact.account, at: fact.at, around },
        ),
        TaskBody::FaultHandled(handled) => fault::handle(task, handled, fact.id.into(), fact.account, fact.at),
        _ => execute(task, fact, around),
    }
}

/// The facts of the executor.
fn execute(task: &mut Task, fact: &TaskFact, around: &Circumstances<'_>) -> Result<(), TaskError> {
    if fact.account != task.executor {
        return Err(TaskError::NotTheExecutor);
    }
    if !task.is_editable() {
        return Err(TaskError::NotEditable);
    }
    match &fact.body {
        TaskBody::Started(_) => Err(TaskError::Exists),
        TaskBody::Described(described) => {
            task.description = Some(Description { fact: fact.id, at: fact.at, described: described.clone() });
            Ok(())
        }
        TaskBody::Recorded(recorded) => record::result(task, fact, recorded, around),
        TaskBody::PhotoTaken(taken) => record::photo(task, fact, taken),
        TaskBody::PhotoWithdrawn(withdrawn) => record::withdraw(task, withdrawn),
        TaskBody::TrackSegment(segment) => record::segment(task, fact, segment),
        TaskBody::Submitted(submitted) => submission::submit(task, fact, submitted, around),
        TaskBody::Discarded(_) if task.state == TaskState::Executing => {
            task.state = TaskState::Discarded;
            Ok(())
        }
        TaskBody::Discarded(_) => Err(TaskError::NotDiscardable),
        TaskBody::ReviewDecided(_) | TaskBody::FaultHandled(_) => Err(TaskError::NotTheExecutor),
    }
}

/// Whether this very fact is in the task already: applying it twice has one effect.
fn is_known(task: &Task, fact: &TaskFact) -> bool {
    let id = fact.id;
    match &fact.body {
        TaskBody::Started(_) => task.id == id.into(),
        TaskBody::Described(_) => task.description.as_ref().is_some_and(|held| held.fact == id),
        TaskBody::Recorded(recorded) => record::of_key(task, recorded.key()).any(|held| held.fact == id),
        TaskBody::PhotoTaken(_) => task.photos.binary_search_by_key(&id, |held| held.fact).is_ok(),
        TaskBody::PhotoWithdrawn(gone) => task.photos.iter().any(|held| held.fact == gone.photo && held.withdrawn),
        TaskBody::TrackSegment(_) => task.segments.binary_search_by_key(&id, |held| held.fact).is_ok(),
        TaskBody::Submitted(_) => task.submissions.iter().any(|held| held.fact == id),
        TaskBody::Discarded(_) => task.state == TaskState::Discarded,
        TaskBody::ReviewDecided(_) => task.reviews.iter().any(|held| held.event == id.into()),
        TaskBody::FaultHandled(_) => {
            task.faults.iter().flat_map(|held| &held.handlings).any(|held| held.event == id.into())
        }
    }
}
