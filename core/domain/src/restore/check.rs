//! `checklist.confirmed`: a line that the firm added to the checklist is done.

use super::{Service, ServiceStep};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::FactId,
    task::{ChangesTask, Circumstances, Task, TaskError},
    text::NAME_MAX,
};
use serde::{Deserialize, Serialize};

/// Body of `checklist.confirmed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineConfirmed {
    /// The line, in the words of the task's demands.
    pub line: String,
}

impl Task {
    /// The fact that confirms a line of the firm's checklist; `None` while nobody has.
    pub fn confirmed(&self, line: &str) -> Option<FactId> {
        let says = |step: &&ServiceStep| matches!(&step.done, Service::Checked(said) if said.line == line);
        self.service.iter().find(says).map(|step| step.fact)
    }

    /// The lines of the firm's checklist that nobody has confirmed, counted from 0.
    pub fn lines_open(&self) -> impl Iterator<Item = u32> {
        let numbered = (0..).zip(&self.demands.lines);
        numbered.filter(|(_, line)| self.confirmed(line).is_none()).map(|(at, _)| at)
    }
}

impl Says for LineConfirmed {
    const KIND: &'static str = "checklist.confirmed";
    const ACTION: Action = Action::ConfirmRestore;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.line, NAME_MAX)]
    }
}

impl ChangesTask for LineConfirmed {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.has_step(by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if !task.demands.lines.contains(&self.line) {
            return Err(TaskError::LineUnknown);
        }
        task.keep_step(ServiceStep { fact: by.fact(), at: by.at, done: Service::Checked(self) }, by);
        Ok(Vec::new())
    }
}
