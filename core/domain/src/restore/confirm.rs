//! `restore.confirmed`: a system is back in automatic.

use super::{Isolable, Service, ServiceStep};
use crate::{
    account::Action,
    evidence::PhotoRole,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::FactId,
    task::{ChangesTask, Circumstances, Task, TaskError},
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// Body of `restore.confirmed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreConfirmed {
    /// The system.
    pub system: Isolable,
    /// Who set it back to automatic.
    pub by: String,
    /// The `photo.taken` that shows the panel; its role is `restored`.
    pub photo: FactId,
}

impl Task {
    /// Whether a photo shows a panel in automatic and counts.
    pub(super) fn shows_restored(&self, photo: FactId) -> bool {
        self.current_photos().any(|held| held.fact == photo && held.taken.role == PhotoRole::Restored)
    }
}

impl Says for RestoreConfirmed {
    const KIND: &'static str = "restore.confirmed";
    const ACTION: Action = Action::ConfirmRestore;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.by, NAME_MAX)]
    }
}

impl ChangesTask for RestoreConfirmed {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.has_step(by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if text::is_blank(&self.by) {
            return Err(TextError::Empty.into());
        }
        if !task.shows_restored(self.photo) {
            return Err(TaskError::PhotoUnknown);
        }
        task.keep_step(ServiceStep { fact: by.fact(), at: by.at, done: Service::Restored(self) }, by);
        Ok(Vec::new())
    }
}
