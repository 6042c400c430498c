//! The owner's unit passes a request on to the firm.

use super::{Repair, RepairError, RepairLine, RepairState, RepairStep};
use crate::{id::AccountId, time::Timestamp};

impl Repair {
    /// Passes it on.
    ///
    /// # Errors
    /// The unit does not handle it.
    pub fn pass_on(&mut self, (by, at): (AccountId, Timestamp)) -> Result<(), RepairError> {
        let line = RepairLine { by, at, step: RepairStep::PassedOn, words: String::new() };
        self.go(RepairState::Inside, RepairState::Sent, line)
    }
}
