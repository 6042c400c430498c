//! The office deletes a task that its executor has not submitted (R-117a, R-131, R-132).

use super::{Discarded, Task, TaskError, TaskState};
use crate::fact::Attribution;

/// Deletes an unsubmitted task in the name of the office. It is discarded like one that its executor gives up: nothing of
/// it is lost, and its items are free again. `account::may` decides before whether the actor may do this.
///
/// # Errors
/// It was submitted before, or is discarded already; it stays as it was.
pub fn delete(task: &mut Task, by: &Attribution, reason: String) -> Result<(), TaskError> {
    task.is_named_by(by)?;
    if task.state != TaskState::Executing {
        return Err(TaskError::NotDiscardable);
    }
    task.state = TaskState::Discarded;
    task.discarded = Some(Discarded { event: by.event, by: by.account, at: by.at, reason });
    Ok(())
}
