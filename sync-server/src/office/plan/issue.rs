//! Somebody issues items of a plan to an executor.

use super::{choose::choose, keep, share};
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_plan},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, PlanId, PlanItemId},
    plan,
};
use serde::Serialize;

/// What is issued to whom.
#[derive(Clone, Debug, Serialize)]
pub struct Issue {
    /// The plan.
    pub plan: PlanId,
    /// The items, all or some; further batches may go to others.
    pub items: Vec<PlanItemId>,
    /// Facilities: their items that are neither issued nor ignored are issued too.
    pub facilities: Vec<String>,
    /// The executor.
    pub executor: AccountId,
}

impl Rule for plan::IssueError {
    fn code(&self) -> Code {
        self.code()
    }
}

/// Issues items, and sends the executor's phone what it needs: catalogue, project, assignment.
///
/// # Errors
/// [`Refused`], also when the plan is not there or this actor may not issue it.
pub async fn issue(store: &Store, act: Act, wanted: Issue) -> Result<(), Refused<plan::IssueError>> {
    command(store, act, "issue_plan", wanted.plan, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Issue) -> Result<(), Refused<plan::IssueError>> {
    let permitted = to_plan(tx, act.org, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_plan(tx, act.org, wanted.plan, Some(wanted.executor)).await?;
    let mut held = keep::hold(tx, act.org, wanted.plan).await?.ok_or(Refused::NotFound)?;
    let site = query::project::project(tx, act.org, held.plan.project).await?.ok_or(Refused::NotFound)?;
    let executor = query::member::account(tx, act.org, wanted.executor).await?;
    let executor = executor.ok_or(plan::IssueError::ExecutorNotAllowed)?;
    let items = choose(&held.plan, &wanted.items, &wanted.facilities);
    let issue = plan::Issue { items: &items, executor: &executor, today: act.at.china_day() };
    plan::issue(&mut held.plan, &site.project, &issue)?;
    keep::items(tx, act.org, &held.plan, &items).await?;
    Ok(share::assignment(tx, act.org, (&held, &site), wanted.executor, act.at).await?)
}
