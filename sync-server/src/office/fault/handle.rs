//! Somebody chooses a way for a fault, at the review or after the approval of its task (R-175…R-184).

use crate::{
    office::{Act, Refused, Rule, command::command, on_task::on_task},
    query,
    store::{Store, Tx},
};
use firebee_domain::{
    code::Code,
    dispatch::Order,
    fact::Says as _,
    fault::{FaultHandled, Particulars, Way},
    id::{ContentId, FaultId, TaskId},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What somebody chooses.
#[derive(Clone, Debug, Serialize)]
pub struct Handle {
    /// The task.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// The round that they looked at.
    pub round: u32,
    /// The way.
    pub way: Way,
    /// The explanation as typed; required when the owner refuses and when it is out of scope.
    pub explanation: String,
    /// Whom the way sends, with the plan as typed; required where it sends somebody.
    pub order: Option<Order>,
    /// Files that belong to the way, brought by the same actor before.
    pub attachments: Vec<ContentId>,
    /// What is known of the fault by now, as typed. What is left out stays as it was said before.
    pub particulars: Particulars,
    /// The confirmation of the removal came without an instant: it was given when the act was done.
    pub confirmed_now: bool,
}

/// Why a fault is not handled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    /// The explanation is not fit to keep.
    #[error(transparent)]
    Explanation(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
}

impl Rule for HandleError {
    fn code(&self) -> Code {
        match self {
            Self::Explanation(error) => error.code(),
            Self::Task(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Explanation(error) => error.values(),
            Self::Task(error) => error.values(),
        }
    }
}

/// Handles a fault. Gives the task when its track can be judged now, for [`Tracks`](crate::coverage::Tracks).
///
/// # Errors
/// [`Refused`], also when the task is not there or this actor may not handle its faults.
pub async fn handle(store: &Store, act: Act, wanted: Handle) -> Result<Option<TaskId>, Refused<HandleError>> {
    command(store, act, "handle_fault", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Handle) -> Result<Option<TaskId>, Refused<HandleError>> {
    let on_task = on_task(tx, act, FaultHandled::ACTION, wanted.task).await?;
    let explanation = text::clean(&wanted.explanation, TEXT_MAX).map_err(HandleError::from)?;
    let particulars = wanted.particulars.clone().confirmed(wanted.confirmed_now.then_some(act.at));
    let order = wanted.order.as_ref().filter(|_| wanted.way.sends().is_some());
    let order = order.map(Order::cleaned).transpose().map_err(HandleError::from)?;
    if let Some(order) = &order
        && !query::member::can_be_sent(tx, act.org, order.team_lead).await?
    {
        return Err(HandleError::from(TaskError::TeamLeadUnfit).into());
    }
    let handled = FaultHandled {
        fault: wanted.fault,
        round: wanted.round,
        way: wanted.way,
        explanation,
        order,
        attachments: wanted.attachments.clone(),
        particulars: particulars.checked().map_err(HandleError::from)?,
    };
    on_task.say(tx, handled).await
}
