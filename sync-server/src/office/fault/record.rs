//! Somebody completes the record of a fault, also after the approval of the task that found it.

use crate::{
    office::{Act, Refused, Rule, command::command, on_task::on_task},
    store::{Store, Tx},
};
use firebee_domain::{
    code::Code,
    fact::Says as _,
    fault::{FaultRecorded, Particulars},
    id::{FaultId, TaskId},
    task::TaskError,
    text::TextError,
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What somebody says.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The task that found the fault.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// What is known of it by now, as typed. What is left out stays as it was said before.
    pub particulars: Particulars,
    /// The confirmation of the removal came without an instant: it was given when the act was done.
    pub confirmed_now: bool,
}

/// Why the record stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A text is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The fault refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
}

impl Rule for RecordError {
    fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::Task(error) => error.values(),
        }
    }
}

/// Completes the record. What was said before stays in its history. Gives the task when its track can be judged now, for
/// [`Tracks`](crate::coverage::Tracks).
///
/// # Errors
/// [`Refused`], also when the task is not there or this actor may not handle its faults.
pub async fn record(store: &Store, act: Act, wanted: Record) -> Result<Option<TaskId>, Refused<RecordError>> {
    command(store, act, "record_fault", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Record) -> Result<Option<TaskId>, Refused<RecordError>> {
    let on_task = on_task(tx, act, FaultRecorded::ACTION, wanted.task).await?;
    let particulars = wanted.particulars.clone().confirmed(wanted.confirmed_now.then_some(act.at));
    let particulars = particulars.checked().map_err(RecordError::from)?;
    on_task.say(tx, FaultRecorded { fault: wanted.fault, particulars }).await
}
