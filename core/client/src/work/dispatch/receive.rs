//! The team lead takes a dispatch on.

use super::StepError;
use crate::work::Dispatches;
use firebee_domain::{dispatch::DispatchReceived, id::DispatchId};

impl Dispatches {
    /// Receives a dispatch. Durable when this returns.
    ///
    /// # Errors
    /// See [`StepError`]; nothing was recorded.
    pub fn receive(&self, dispatch: DispatchId) -> Result<(), StepError> {
        self.step("receive_dispatch", dispatch, DispatchReceived { dispatch })
    }
}
