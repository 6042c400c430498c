//! A lead hands an unsubmitted task to somebody else, also while the phone that has it cannot be reached.

use crate::{
    office::{Act, Refused, Rule, command::command, on_task::on_task_with},
    query::member,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Account,
    code::Code,
    fact::Says as _,
    id::{AccountId, TaskId},
    task::{TaskError, TaskHandedOver},
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// Which task, from whom to whom, and why.
#[derive(Clone, Debug, Serialize)]
pub struct HandOverTask {
    /// The task.
    pub task: TaskId,
    /// Who had it when the page was made.
    pub from: AccountId,
    /// Who goes on with it.
    pub to: AccountId,
    /// Why, as typed; required, because who has it now reads it.
    pub reason: String,
}

/// Why nothing is handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverTaskError {
    /// The account is closed, or does not work on site.
    #[error("this account cannot go on with a task")]
    ReceiverNotAllowed,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
}

impl Rule for HandOverTaskError {
    fn code(&self) -> Code {
        match self {
            Self::ReceiverNotAllowed => Code::ReceiverNotAllowed,
            Self::Reason(error) => error.code(),
            Self::Task(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::Task(error) => error.values(),
            Self::ReceiverNotAllowed => Values::new(),
        }
    }
}

/// Hands the task over. What its holder recorded before counts whenever it arrives; what is recorded later is kept and
/// does not count.
///
/// # Errors
/// [`Refused`], also when the task is not there or this actor does not lead its project.
pub async fn hand_over(store: &Store, act: Act, wanted: HandOverTask) -> Result<(), Refused<HandOverTaskError>> {
    command(store, act, "hand_over_task", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &HandOverTask) -> Result<(), Refused<HandOverTaskError>> {
    let on_task = on_task_with(tx, act, TaskHandedOver::ACTION, wanted.task, Some(wanted.to)).await?;
    let receiver = member::account(tx, act.org, wanted.to).await?;
    receiver.filter(Account::works_on_site).ok_or(HandOverTaskError::ReceiverNotAllowed)?;
    let reason = text::required(&wanted.reason, TEXT_MAX).map_err(HandOverTaskError::from)?;
    on_task.say(tx, TaskHandedOver { from: wanted.from, to: wanted.to, reason }).await.map(drop)
}
