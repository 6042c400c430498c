//! Submits a round: the phone records and queues it.

use crate::work::{Tasks, Trouble, track::seal};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{FactId, Hash, TaskId},
    submission::{Manifest, Missing, TaskSubmitted, manifest_hash, missing},
    task::TaskError,
};
use serde::{Deserialize, Serialize};

/// Which task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmitTask {
    /// The task.
    pub task: TaskId,
}

/// What was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The fact.
    pub fact: FactId,
    /// The round, from 1.
    pub round: u32,
    /// The hash of its manifest, which a decision names.
    pub manifest_hash: Hash,
}

/// Why a task is not submitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The state machine refuses it; [`TaskError::Incomplete`] lists every missing point at once.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(SubmitError);

impl SubmitError {
    /// The stable code of this error: `task_incomplete` when an item has no result, and when only evidence is
    /// missing `photo_and_text_required`, `restore_missing`, `checklist_incomplete`, `selfie_required`, `controller_required`,
    /// `controller_photo_required` or `witness_missing`.
    pub fn code(&self) -> Code {
        match self {
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }

    /// Every missing point.
    pub fn missing(&self) -> &[Missing] {
        match self {
            Self::Task(TaskError::Incomplete { missing }) => missing,
            _ => &[],
        }
    }
}

impl Tasks {
    /// Everything that the task still lacks before it can be submitted, in the order of its items.
    ///
    /// # Errors
    /// The task is not known here.
    pub fn missing(&self, task: TaskId) -> Result<Vec<Missing>, SubmitError> {
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            let pack = eyes.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            Ok(missing(&view.task, &view.circumstances(Some(&pack), &view.design)))
        })
    }

    /// Submits the next round. It seals the running track of the task, and the manifest lists everything that counts,
    /// whether pulled or only on this phone. Durable when this returns; no network is needed.
    ///
    /// # Errors
    /// See [`SubmitError`]; nothing was recorded, and a running track goes on.
    pub fn submit(&self, input: SubmitTask) -> Result<Submitted, SubmitError> {
        self.0.act_on("submit_task", input.task, Action::SubmitTask, |acting, view| {
            acting.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            seal::close::<SubmitError>(acting, view)?;
            let (round, manifest) = (view.task.round + 1, Manifest::of(&view.task).to_text());
            let manifest_hash = manifest_hash(&manifest);
            let body = TaskSubmitted { round, manifest, manifest_hash };
            let recorded = acting.say::<SubmitError>(view, body, Vec::new())?;
            Ok(Submitted { fact: recorded.id, round, manifest_hash })
        })
    }
}
