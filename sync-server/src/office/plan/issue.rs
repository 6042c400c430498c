//! Somebody issues items of a plan to an executor.

use super::{keep, share};
use crate::{
    office::{
        Act,
        act::{Begun, begin},
    },
    query::{self, access::to_plan},
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    id::{AccountId, PlanId, PlanItemId},
    plan,
};
use firebee_protocol::problem::Code;
use serde_json::json;

/// What is issued to whom.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The plan.
    pub plan: PlanId,
    /// The items, all or some; further batches may go to others.
    pub items: Vec<PlanItemId>,
    /// The executor.
    pub executor: AccountId,
}

/// Why nothing is issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// No such plan, or none that this actor may issue.
    #[error("no such plan for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::IssueError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IssueError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::Rule(error) => error.code(),
            Self::RequestTaken => Code::AlreadyDone,
            Self::Store(error) => error.code(),
        }
    }
}

/// Issues items, in one transaction, and sends the executor's phone what it needs: catalogue, project, assignment. The
/// same request again changes nothing.
///
/// # Errors
/// See [`IssueError`].
pub async fn issue(store: &Store, act: Act, wanted: Issue) -> Result<(), IssueError> {
    store.write("issue_plan", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Issue) -> Result<(), IssueError> {
    let permitted = to_plan(tx, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    let subject = permitted.ok_or(IssueError::NotFound)?;
    let noted = json!({ "executor": wanted.executor, "items": wanted.items });
    match begin(tx, act, "issue_plan", &wanted.plan.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(IssueError::RequestTaken),
    }
    let mut held = keep::hold(tx, wanted.plan).await?.ok_or(IssueError::NotFound)?;
    let site = query::project::project(tx, held.plan.project).await?.ok_or(IssueError::NotFound)?;
    let executor = query::member::account(tx, subject.organisation, wanted.executor).await?;
    let executor = executor.ok_or(plan::IssueError::ExecutorNotAllowed)?;
    let issue = plan::Issue { items: &wanted.items, executor: &executor, today: act.at.china_day() };
    plan::issue(&mut held.plan, &site.project, &issue)?;
    keep::items(tx, &held.plan, &wanted.items).await?;
    Ok(share::assignment(tx, &held, &site, wanted.executor, act.at).await?)
}
