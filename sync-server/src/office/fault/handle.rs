//! Somebody chooses a way for a fault while its task waits for the review (R-175, R-177… ).

use crate::{
    office::{
        Act,
        act::{Begun, begin},
        on_task::{OnTaskError, on_task},
    },
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    fact::Says as _,
    fault::{FaultHandled, Way},
    id::{FaultId, TaskId},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};
use serde_json::json;

/// What somebody chooses.
#[derive(Clone, Debug)]
pub struct Handle {
    /// The task.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// The way.
    pub way: Way,
    /// The explanation as typed; required when the owner refuses and when it is out of scope.
    pub explanation: String,
}

/// Why a fault is not handled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    /// No such task, or none whose faults this actor may handle.
    #[error("no such task for this actor")]
    NotFound,
    /// The explanation is not fit to keep.
    #[error(transparent)]
    Explanation(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<OnTaskError> for HandleError {
    fn from(error: OnTaskError) -> Self {
        match error {
            OnTaskError::Task(error) => error.into(),
            OnTaskError::Store(error) => error.into(),
        }
    }
}

impl HandleError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Explanation(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::RequestTaken => "already_done",
            Self::Store(error) => error.code(),
        }
    }
}

/// Handles a fault, in one transaction. The same request again changes nothing.
///
/// # Errors
/// See [`HandleError`].
pub async fn handle(store: &Store, act: Act, wanted: Handle) -> Result<(), HandleError> {
    store.write("handle_fault", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Handle) -> Result<(), HandleError> {
    let organisation = act.organisation().ok_or(HandleError::NotFound)?;
    let on_task = on_task(tx, organisation, act, FaultHandled::ACTION, wanted.task).await?;
    let on_task = on_task.ok_or(HandleError::NotFound)?;
    let noted = json!({ "fault": wanted.fault, "way": wanted.way });
    match begin(tx, act, "handle_fault", &wanted.task.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(HandleError::RequestTaken),
    }
    let explanation = text::clean(&wanted.explanation, TEXT_MAX)?;
    let handled = FaultHandled { fault: wanted.fault, way: wanted.way, explanation };
    Ok(on_task.say(tx, handled).await?)
}
