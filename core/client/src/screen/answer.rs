//! The form reacts while a person types, and records the result.

use super::{FormView, step::Instance};
use crate::work::{
    Tasks,
    task::{Draft, FormError, RecordResultError, Weighed},
};
use firebee_domain::id::{FactId, TaskId};

impl Tasks {
    /// The form with the values of this draft: the proposed verdict, a note for each value, and whether it may be
    /// recorded. This records nothing.
    ///
    /// # Errors
    /// The task or the item is not known here, or a text may not travel.
    pub fn answer(&self, task: TaskId, instance: Instance, draft: Draft) -> Result<FormView, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            reading.form(&view, &pack, instance.key(), draft)
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
