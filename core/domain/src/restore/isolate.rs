//! `system.isolated`: the control room was told, and the system was isolated.

use super::{Isolable, Service, ServiceStep};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    task::{ChangesTask, Circumstances, Task, TaskError},
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// Body of `system.isolated`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemIsolated {
    /// The system.
    pub system: Isolable,
    /// Who was told in the control room.
    pub told: String,
}

impl Says for SystemIsolated {
    const KIND: &'static str = "system.isolated";
    const ACTION: Action = Action::ConfirmRestore;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.told, NAME_MAX)]
    }
}

impl ChangesTask for SystemIsolated {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.has_step(by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if text::is_blank(&self.told) {
            return Err(TextError::Empty.into());
        }
        task.keep_step(ServiceStep { fact: by.fact(), at: by.at, done: Service::Isolated(self) }, by);
        Ok(Vec::new())
    }
}
