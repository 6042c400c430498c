//! The one function that applies what is said to a task, on the phone and on the server.

use super::{Task, TaskError};
use crate::{
    catalogue::Catalogue,
    fact::{Attribution, Footing, Says},
    fault::{self, Fault, FaultEvent},
    id::ContentId,
};

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
    /// How many of the task's faults nobody has handled.
    pub faults_unhandled: u32,
    /// Whether approval waits for the faults: see `ContractKind::faults_block_approval`.
    pub faults_must_be_handled: bool,
}

/// What changes a task.
pub trait ChangesTask: Says {
    /// Whether this very event is in the task already: applying it twice has one effect.
    fn is_known(&self, by: &Attribution, task: &Task) -> bool;

    /// The task that it begins.
    ///
    /// # Errors
    /// [`TaskError::Unknown`] for all that begins no task.
    fn begin(self, _: &Attribution) -> Result<Task, TaskError>
    where
        Self: Sized,
    {
        Err(TaskError::Unknown)
    }

    /// Changes a task of the same id and project that does not know it yet; gives what it means to the faults. For
    /// [`advance`].
    ///
    /// # Errors
    /// The task refuses it and stays as it was.
    fn apply(self, by: &Attribution, task: &mut Task, around: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError>
    where
        Self: Sized;
}

impl<T: ChangesTask> ChangesTask for Box<T> {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        (**self).is_known(by, task)
    }
    fn apply(
        self,
        by: &Attribution,
        task: &mut Task,
        around: &Circumstances<'_>,
    ) -> Result<Vec<FaultEvent>, TaskError> {
        (*self).apply(by, task, around)
    }
}

/// Applies what is said to a task that exists; its faults follow. An error leaves all as it was; an event that was
/// applied before changes nothing.
///
/// Whether the author may do this at all is decided by `account::may`, whether an item is free and in scope by the
/// caller who sees all tasks.
///
/// # Errors
/// The task refuses it.
pub fn advance<B: ChangesTask>(
    task: &mut Task,
    faults: &mut Vec<Fault>,
    by: &Attribution,
    body: B,
    around: &Circumstances<'_>,
) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    if body.is_known(by, task) {
        return Ok(());
    }
    if B::FOOTING == Footing::Assignment {
        if by.account != task.executor {
            return Err(TaskError::NotTheExecutor);
        }
        if !task.is_editable() {
            return Err(TaskError::NotEditable);
        }
    }
    let events = body.apply(by, task, around)?;
    fault::follow(faults, task, events);
    Ok(())
}
