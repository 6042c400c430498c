//! The team lead begins the work.

use super::StepError;
use crate::work::Dispatches;
use firebee_domain::{dispatch::DispatchStarted, id::DispatchId};

impl Dispatches {
    /// Starts the work on a dispatch that was received. Durable when this returns.
    ///
    /// # Errors
    /// See [`StepError`]; nothing was recorded.
    pub fn start(&self, dispatch: DispatchId) -> Result<(), StepError> {
        self.step("start_dispatch", dispatch, DispatchStarted { dispatch })
    }
}
