//! Somebody leaves: what is issued to them and not begun, and what they are sent for, goes to somebody else, in one act
//!

use crate::{
    feed,
    office::{Act, Refused, Rule, command::command, dispatch, plan::pass_on},
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::{AccountId, PlanId, TaskId},
    plan::{IssueError, PlanItemState},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;
use std::collections::BTreeSet;

/// Whose items go to whom.
#[derive(Clone, Debug, Serialize)]
pub struct HandOver {
    /// Who leaves.
    pub from: AccountId,
    /// Who goes on.
    pub to: AccountId,
    /// Why, as typed; required.
    pub reason: String,
}

/// Why nothing changes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverError {
    /// Nothing is issued to the one who leaves that somebody else could do now.
    #[error("nothing can be handed over")]
    NothingIssued,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The other one cannot do it.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl HandOverError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::NothingIssued => Code::NothingToHandOver,
            Self::Reason(error) => error.code(),
            Self::Issue(error) => error.code(),
        }
    }
}

impl Rule for HandOverError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::NothingIssued | Self::Issue(_) => Values::new(),
        }
    }
}

/// Gives what is issued to one account and not begun to another: all plans that have not expired, or none; and with it the
/// dispatches that take another team lead. What was begun stays with its task. Returns how many items and
/// dispatches went over.
///
/// # Errors
/// [`Refused`], also when an account is not there or this actor may not open and close accounts.
pub async fn hand_over(store: &Store, act: Act, wanted: HandOver) -> Result<u64, Refused<HandOverError>> {
    command(store, act, "hand_over", wanted.from, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &HandOver) -> Result<u64, Refused<HandOverError>> {
    let (org, subject) = (act.org, Subject::of(act.org.id(), &[]));
    let needed = [Action::ToggleAccount, Action::IssuePlan, Action::IssueDispatch];
    if !needed.into_iter().all(|action| may(&act.actor, action, &subject)) {
        return Err(Refused::NotFound);
    }
    query::member::account(tx, org, wanted.from).await?.ok_or(Refused::NotFound)?;
    let next = query::member::account(tx, org, wanted.to).await?.ok_or(Refused::NotFound)?;
    text::required(&wanted.reason, TEXT_MAX).map_err(HandOverError::from)?;
    if wanted.from == wanted.to {
        return Err(HandOverError::from(IssueError::ExecutorNotAllowed).into());
    }
    let plans = plans(tx, org, wanted.from).await?;
    let sent = query::leaving::dispatches(tx, org, wanted.from).await?;
    let tasks: BTreeSet<TaskId> = sent.into_iter().map(|held| held.task).collect();
    // Every feed is locked before any task and any plan, in one order.
    let mut feeds = feed::followers(tx, org, &tasks, &BTreeSet::new()).await?;
    feeds.extend([wanted.from, wanted.to]);
    for plan in &plans {
        feeds.extend(feed::of_plan(tx, org, *plan).await?);
    }
    feed::lock(tx, org, &feeds).await?;
    // The same people can be sent as can be issued something.
    let unfit = |refused: Refused<TaskError>| refused.map(|_| HandOverError::Issue(IssueError::ExecutorNotAllowed));
    let mut passed = dispatch::pass_on(tx, act, &tasks, (wanted.from, wanted.to)).await.map_err(unfit)?;
    for plan in plans {
        passed +=
            pass_on(tx, act, plan, (wanted.from, &next)).await.map_err(|refused| refused.map(HandOverError::Issue))?;
    }
    if passed == 0 {
        return Err(HandOverError::NothingIssued.into());
    }
    Ok(passed)
}

/// The plans in which something is issued to an account and not begun, in the order of their ids.
async fn plans(tx: &mut Tx, org: Org, account: AccountId) -> Result<Vec<PlanId>, StoreError> {
    let find =
        sql!("SELECT DISTINCT plan FROM plan_item WHERE org = ?1 AND executor = ?2 AND state = ?3 ORDER BY plan");
    let rows = tx.query(find, &row![org, &account, PlanItemState::Issued]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}
