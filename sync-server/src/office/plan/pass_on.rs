//! What is issued to one executor and not begun goes to another.

use super::{keep, share};
use crate::{
    office::{Act, Refused},
    query,
    store::Tx,
};
use firebee_domain::{
    account::Account,
    id::{AccountId, PlanId, PlanItemId},
    plan::{self, PlanItemState, is_expired},
};

/// Takes back what is issued to `from` in a plan and not begun, and issues it to `to`. A plan that has expired stays as it
/// is, because nobody could do its items in time. Returns how many items went over. The caller has locked the
/// feeds.
pub(in crate::office) async fn pass_on(
    tx: &mut Tx,
    act: &Act,
    plan: PlanId,
    (from, to): (AccountId, &Account),
) -> Result<u64, Refused<plan::IssueError>> {
    let mut held = keep::hold(tx, act.org, plan).await?.ok_or(Refused::NotFound)?;
    let site = query::project::project(tx, act.org, held.plan.project).await?.ok_or(Refused::NotFound)?;
    let today = act.at.china_day();
    if is_expired(&held.plan, &site.project, today) {
        return Ok(0);
    }
    let issued =
        held.plan.items.iter().filter(|item| item.state == PlanItemState::Issued && item.executor == Some(from));
    let items: Vec<PlanItemId> = issued.map(|item| item.id).collect();
    if items.is_empty() {
        return Ok(0);
    }
    // Each of them is issued and not begun, so the domain takes it back.
    let told = plan::recall(&mut held.plan, &items).map_err(|_| plan::IssueError::ItemUnknown)?;
    plan::issue(&mut held.plan, &site.project, &plan::Issue { items: &items, executor: to, today })?;
    keep::items(tx, act.org, &held.plan, &items).await?;
    for executor in told.into_iter().chain([to.id]) {
        share::assignment(tx, act.org, (&held, &site), executor, act.at).await?;
    }
    Ok(items.len() as u64)
}
