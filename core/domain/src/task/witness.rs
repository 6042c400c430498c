//! `witness.signed`: the owner's witness on site.

use super::{ChangesTask, Circumstances, Stamp, Task, TaskError};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::{ContentId, FactId},
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// Body of `witness.signed`; the last one counts. Its blob is announced by the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessSigned {
    /// The witness's name.
    pub name: String,
    /// What the witness is at the owner, such as the duty manager.
    pub role: String,
    /// The picture of the signature: drawn with a finger, or a photo.
    pub signature: ContentId,
}

/// The witness that counts, as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The `witness.signed` fact.
    pub fact: FactId,
    /// When it was signed.
    pub at: Stamp,
    /// What it says.
    pub signed: WitnessSigned,
}

impl Says for WitnessSigned {
    const KIND: &'static str = "witness.signed";
    const ACTION: Action = Action::TakeWitness;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.name, NAME_MAX), (&self.role, NAME_MAX)]
    }

    fn blobs(&self) -> Vec<ContentId> {
        vec![self.signature]
    }
}

impl ChangesTask for WitnessSigned {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.witness.as_ref().is_some_and(|held| held.fact == by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if text::is_blank(&self.name) || text::is_blank(&self.role) {
            return Err(TextError::Empty.into());
        }
        let superseded = task.witness.as_ref().is_some_and(|held| task.stands_before(held.fact, by));
        if !superseded {
            task.witness = Some(Witness { fact: by.fact(), at: by.at, signed: self });
        }
        Ok(Vec::new())
    }
}
