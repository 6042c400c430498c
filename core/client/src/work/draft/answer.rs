//! The answer of an instance while it is typed: it is kept with each change, and dropped once it is recorded.

use super::keep::bounded;
use crate::work::{
    Desk, Trouble,
    acting::Acting,
    eyes::Eyes,
    task::{Draft, FormError},
};
use firebee_domain::{
    id::{PlanItemId, TaskId},
    result::ResultKey,
};

/// Where the answers of a task are kept.
fn place(task: TaskId) -> String {
    format!("answer {task}")
}

fn field(key: ResultKey) -> String {
    format!("{} {}", key.item, key.ordinal)
}

impl Desk {
    /// Keeps the answer of an instance as it is typed; `None` says that nothing is typed any more.
    pub(crate) fn keep_answer(&self, task: TaskId, key: ResultKey, draft: Option<&Draft>) -> Result<(), FormError> {
        let (place, field) = (place(task), field(key));
        let Some(draft) = draft else {
            let dropped = self.journal.write("drop_answer", |tx| tx.drop_draft(&place, &field));
            return Ok(dropped.map_err(Trouble::from)?);
        };
        let unreadable = |error: serde_json::Error| Trouble::Storage { reason: error.to_string(), full: false };
        let text = serde_json::to_string(draft).map_err(unreadable)?;
        bounded(&[&text])?;
        let kept = self.journal.write("keep_answer", |tx| tx.put_draft(&place, &field, &text));
        Ok(kept.map_err(Trouble::from)?)
    }
}

impl Acting<'_> {
    /// The answer of an instance is recorded: what was typed is dropped with the same commit.
    pub(crate) fn drop_answer(&self, task: TaskId, key: ResultKey) -> Result<(), Trouble> {
        Ok(self.tx.drop_draft(&place(task), &field(key))?)
    }

    /// One draft was recorded for many instances: it is dropped where it was typed, and what differs stays.
    pub(crate) fn drop_answers_like(&self, task: TaskId, item: PlanItemId, draft: &Draft) -> Result<(), Trouble> {
        let (place, of) = (place(task), format!("{item} "));
        for (field, text) in self.tx.drafts(&place)? {
            if field.starts_with(&of) && serde_json::from_str(&text).is_ok_and(|held: Draft| held == *draft) {
                self.tx.drop_draft(&place, &field)?;
            }
        }
        Ok(())
    }
}

impl Eyes<'_> {
    /// The answer of an instance that is typed and not recorded. One that this version cannot read is none.
    pub(crate) fn typed_answer(&self, task: TaskId, key: ResultKey) -> Result<Option<Draft>, Trouble> {
        let held = self.journal.drafts(&place(task))?;
        Ok(held.get(&field(key)).and_then(|text| serde_json::from_str(text).ok()))
    }
}
