//! Somebody chooses a way for a fault while its task waits for the review (R-175, R-177… ).

use crate::{
    office::{
        Act,
        act::{Begun, begin},
        held::{hold, settle},
    },
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    fault::{FaultHandled, Way},
    id::{FaultId, TaskId},
    task::{Circumstances, TaskError, advance},
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
    let held = hold(tx, organisation, &act.actor, Action::HandleFault, wanted.task).await?;
    let mut held = held.ok_or(HandleError::NotFound)?;
    let noted = json!({ "fault": wanted.fault, "way": wanted.way });
    match begin(tx, act, "handle_fault", &wanted.task.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(HandleError::RequestTaken),
    }
    let explanation = text::clean(&wanted.explanation, TEXT_MAX)?;
    let handled = FaultHandled { fault: wanted.fault, way: wanted.way, explanation };
    let around = Circumstances {
        catalogue: None,
        pack: None,
        evidence_missing: 0,
        faults_must_be_handled: held.faults_must_be_handled,
    };
    let by = act.attribution(&held.document.task);
    advance(&mut held.document.task, &by, handled, &around)?;
    Ok(settle(tx, held).await?)
}
