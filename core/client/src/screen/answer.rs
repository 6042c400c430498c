//! The form reacts while a person types, and records the result.

use super::{FormView, step::Instance};
use crate::work::{
    Tasks,
    task::{Draft, FormError, RecordResultError, Weighed},
};
use firebee_domain::id::{FactId, TaskId};

impl Tasks {
    /// The form with the values of this draft: the proposed verdict, a note for each value, and whether it may be
    /// recorded. This records nothing; the draft is kept on the phone until it is recorded, and the screen of the item shows
    /// it again.
    ///
    /// # Errors
    /// The task or the item is not known here, or a text may not travel. The draft is kept all the same, unless it is longer
    /// than anything that can be recorded.
    pub fn answer(&self, task: TaskId, instance: Instance, draft: Draft) -> Result<FormView, FormError> {
        let key = instance.key();
        let (open, typed) = self.0.screen::<_, FormError>(|reading| {
            let (view, pack) = reading.opened(task)?;
            let stands = reading.form_as_it_stands(&view, &pack, key)?.draft;
            let open = view.task.executor == reading.eyes.me && view.task.is_editable();
            Ok((open, !draft.says_as_much_as(&stands)))
        })?;
        if open {
            self.0.keep_answer(task, key, typed.then_some(&draft))?;
        }
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            reading.form(&view, &pack, key, draft)
        })
    }

    /// Records a draft, in place of the answer that counted for this instance. Durable when it returns, and visible to
    /// the lead before any submission.
    ///
    /// # Errors
    /// See [`RecordResultError`]; nothing was recorded.
    pub fn record(&self, task: TaskId, instance: Instance, draft: &Draft) -> Result<FactId, RecordResultError> {
        let answer = self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            let found = reading.asked(&view, &pack, instance.item)?;
            Weighed::of(found, draft, &view.practice)?.answer(task, instance.key(), draft)
        })?;
        self.record_result(&answer)
    }
}
