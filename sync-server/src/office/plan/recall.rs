//! Somebody takes issued items of a plan back.

use super::{keep, share};
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_plan},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{PlanId, PlanItemId},
    plan,
};
use serde::Serialize;

/// What is taken back.
#[derive(Clone, Debug, Serialize)]
pub struct Recall {
    /// The plan.
    pub plan: PlanId,
    /// The items, all or none: each issued, and started by nobody.
    pub items: Vec<PlanItemId>,
}

impl Rule for plan::RecallError {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Takes items back, and tells the phones of those who had them.
///
/// # Errors
/// [`Refused`], also when the plan is not there or this actor may not issue it.
pub async fn recall(store: &Store, act: Act, wanted: Recall) -> Result<(), Refused<plan::RecallError>> {
    command(store, act, "recall_items", wanted.plan, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Recall) -> Result<(), Refused<plan::RecallError>> {
    let permitted = to_plan(tx, act.org, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_plan(tx, act.org, wanted.plan, None).await?;
    let mut held = keep::hold(tx, act.org, wanted.plan).await?.ok_or(Refused::NotFound)?;
    let site = query::project::project(tx, act.org, held.plan.project).await?.ok_or(Refused::NotFound)?;
    let told = plan::recall(&mut held.plan, &wanted.items)?;
    keep::items(tx, act.org, &held.plan, &wanted.items).await?;
    for executor in told {
        share::assignment(tx, act.org, (&held, &site), executor, act.at).await?;
    }
    Ok(())
}
