//! `task.described`: controller, helpers and instruments.

use super::{ChangesTask, Circumstances, Stamp, Task, TaskError};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::{FactId, PersonId},
    instrument::Instrument,
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// The brand of the fire alarm controller on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Controller {
    /// There is no alarm system.
    None,
    /// Its maker or brand.
    Brand(String),
}

/// Somebody who is present beside the executor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helper {
    /// The person, when it is one of the personnel list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
}

/// Body of `task.described`; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDescribed {
    /// The controller's brand, or that there is none.
    pub controller: Controller,
    /// Persons present beside the executor.
    pub helpers: Vec<Helper>,
    /// Instruments used, as the firm's list had them.
    pub instruments: Vec<Instrument>,
}

/// The description that counts, and the fact that gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The `task.described` fact.
    pub fact: FactId,
    /// When it was recorded.
    pub at: Stamp,
    /// What it said.
    pub described: TaskDescribed,
}

impl Says for TaskDescribed {
    const KIND: &'static str = "task.described";
    const ACTION: Action = Action::DescribeTask;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        let brand = match &self.controller {
            Controller::None => None,
            Controller::Brand(brand) => Some(brand),
        };
        let names = self.helpers.iter().map(|helper| &helper.name).chain(brand).map(|name| (name.as_str(), NAME_MAX));
        names.chain(self.instruments.iter().flat_map(Instrument::texts)).collect()
    }
}

impl ChangesTask for TaskDescribed {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.description.as_ref().is_some_and(|held| held.fact == by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if matches!(&self.controller, Controller::Brand(brand) if text::is_blank(brand)) {
            return Err(TaskError::ControllerRequired);
        }
        if self.helpers.iter().any(|helper| text::is_blank(&helper.name)) {
            return Err(TextError::Empty.into());
        }
        let superseded = task.description.as_ref().is_some_and(|held| task.stands_before(held.fact, by));
        if !superseded {
            task.description = Some(Description { fact: by.fact(), at: by.at, described: self });
        }
        Ok(Vec::new())
    }
}
