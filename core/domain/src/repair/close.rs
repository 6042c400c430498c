//! The owner's unit closes a request that it handles itself.

use super::{Repair, RepairError, RepairLine, RepairState, RepairStep};
use crate::{
    id::AccountId,
    text::{self, TEXT_MAX},
    time::Timestamp,
};

impl Repair {
    /// Closes it, with what was done.
    ///
    /// # Errors
    /// Nothing is said, or the unit does not handle it.
    pub fn close(&mut self, words: &str, (by, at): (AccountId, Timestamp)) -> Result<(), RepairError> {
        let words = text::required(words, TEXT_MAX)?;
        let line = RepairLine { by, at, step: RepairStep::Closed, words };
        self.go(RepairState::Inside, RepairState::Closed, line)
    }
}
