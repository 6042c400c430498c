//! The one function by which a fact or an office act changes a task, on the phone and on the server.

use super::{Task, TaskError};
use crate::{
    catalogue::Catalogue,
    dispatch::Dispatch,
    fact::{Attribution, Footing, Says},
    fault::{self, Fault, FaultEvent},
    id::{AccountId, ContentId},
    project::{DesignValue, Practice},
};

/// What a task does not know by itself.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The catalogue pack that the task's plan pins; without it, item-specific photo rules cannot be checked.
    pub catalogue: Option<&'a Catalogue>,
    /// The id of that pack. Every result must name it; `None` skips this check. The server knows the id for every task.
    /// A phone passes `None`, because its results come from the pack that it holds.
    pub pack: Option<ContentId>,
    /// What the design of the project prescribes.
    pub design: &'a [DesignValue],
    /// How many blobs of the last manifest are not verified.
    pub evidence_missing: u32,
    /// How many of the task's faults nobody has handled.
    pub faults_unhandled: u32,
    /// Whether a submission waits for the owner's witness: see [`Project::asks_witness`](crate::project::Project).
    pub witness_asked: bool,
    /// Who leads the task's project, where that is known.
    pub lead: Option<AccountId>,
    /// How the work of the task's project goes.
    pub practice: Practice,
}

/// The body of a fact that changes a task.
pub trait ChangesTask: Says {
    /// Whether a lead may say it too, on the console. `may` has permitted it then.
    const BY_LEAD_TOO: bool = false;

    /// Whether the task contains this very event. Applying an event twice has one effect.
    fn is_known(&self, by: &Attribution, task: &Task) -> bool;

    /// The task that the fact begins.
    ///
    /// # Errors
    /// [`TaskError::Unknown`] for every fact that begins no task.
    fn begin(self, _: &Attribution) -> Result<Task, TaskError>
    where
        Self: Sized,
    {
        Err(TaskError::Unknown)
    }

    /// Changes a task, and returns what that means to its faults. Only [`advance`] calls this: the task then has the
    /// event's id and project, and does not contain the event yet.
    ///
    /// # Errors
    /// The task refuses it and stays as it was.
    fn apply(self, by: &Attribution, task: &mut Task, around: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError>
    where
        Self: Sized;
}

impl<T: ChangesTask> ChangesTask for Box<T> {
    const BY_LEAD_TOO: bool = T::BY_LEAD_TOO;

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

/// Changes an existing task by a fact or an office act; its faults and their dispatches follow. After an error everything is as it was. An
/// event that was applied before changes nothing.
///
/// `account::may` decides whether the author may do this at all. The caller, who sees all tasks, decides whether an
/// item is free and in scope.
///
/// # Errors
/// The task refuses it.
pub fn advance<B: ChangesTask>(
    task: &mut Task,
    faults: &mut Vec<Fault>,
    dispatches: &mut [Dispatch],
    by: &Attribution,
    body: B,
    around: &Circumstances<'_>,
) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    if body.is_known(by, task) {
        return Ok(());
    }
    if B::FOOTING == Footing::Assignment {
        if !B::BY_LEAD_TOO {
            task.takes_from(by)?;
        }
        task.takes_records()?;
    }
    let events = body.apply(by, task, around)?;
    if B::FOOTING == Footing::Assignment && !B::BY_LEAD_TOO {
        task.credit(by);
    }
    fault::follow(faults, dispatches, task, by, events);
    Ok(())
}
