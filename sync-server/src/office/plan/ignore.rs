//! Items of a plan are left out, with a reason, or taken in again.

use super::{choose::choose, keep};
use crate::{
    office::{Act, Refused, Rule, command::command, report::generate::lock},
    query::{self, access::to_plan},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{PlanId, PlanItemId},
    plan::{self, Plan},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is left out, or taken in again.
#[derive(Clone, Debug, Serialize)]
pub struct Ignore {
    /// The plan.
    pub plan: PlanId,
    /// The items; all change or none.
    pub items: Vec<PlanItemId>,
    /// Facilities: their items that are neither issued nor ignored change too.
    pub facilities: Vec<String>,
    /// Why the items are left out, as typed; not used for taking items in again.
    pub reason: String,
}

/// Why items are neither left out nor taken in again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IgnoreError {
    /// No item is chosen.
    #[error("no item is chosen")]
    NothingChosen,
    /// The plan has a report, which says what was left out and why.
    #[error("the plan has a report")]
    PlanReported,
    /// A rule of the plan.
    #[error(transparent)]
    Plan(#[from] plan::IgnoreError),
}

impl Rule for IgnoreError {
    fn code(&self) -> Code {
        match self {
            Self::NothingChosen => Code::NothingChosen,
            Self::PlanReported => Code::PlanReported,
            Self::Plan(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Plan(plan::IgnoreError::Reason(error)) => error.values(),
            _ => Values::new(),
        }
    }
}

/// Leaves items out.
///
/// # Errors
/// [`Refused`], also when the plan is not there or this actor may not change it.
pub async fn ignore(store: &Store, act: Act, wanted: Ignore) -> Result<(), Refused<IgnoreError>> {
    command(store, act, "ignore_items", wanted.plan, wanted, async |tx: &mut Tx, act: &Act, wanted: &Ignore| {
        change(tx, act, wanted, |plan, item| plan::ignore(plan, item, &wanted.reason)).await
    })
    .await
}

/// Takes items in again.
///
/// # Errors
/// As [`ignore`].
pub async fn restore(store: &Store, act: Act, wanted: Ignore) -> Result<(), Refused<IgnoreError>> {
    command(store, act, "restore_items", wanted.plan, wanted, async |tx: &mut Tx, act: &Act, wanted: &Ignore| {
        change(tx, act, wanted, plan::restore).await
    })
    .await
}

async fn change(
    tx: &mut Tx,
    act: &Act,
    wanted: &Ignore,
    rule: impl Fn(&mut Plan, PlanItemId) -> Result<(), plan::IgnoreError> + Send,
) -> Result<(), Refused<IgnoreError>> {
    let permitted = to_plan(tx, act.org, &act.actor, &[Action::IgnoreItem], wanted.plan).await?;
    permitted.ok_or(Refused::NotFound)?;
    let plan = query::plan::plan(tx, act.org, wanted.plan).await?.ok_or(Refused::NotFound)?;
    // Whoever generates its report at this moment holds this lock until the report stands.
    lock(tx, act.org, plan.plan.project).await?;
    if query::report::of_plan(tx, act.org, wanted.plan).await?.is_some() {
        return Err(IgnoreError::PlanReported.into());
    }
    let mut held = keep::hold(tx, act.org, wanted.plan).await?.ok_or(Refused::NotFound)?;
    let items = choose(&held.plan, &wanted.items, &wanted.facilities);
    if items.is_empty() {
        return Err(IgnoreError::NothingChosen.into());
    }
    for item in &items {
        rule(&mut held.plan, *item).map_err(IgnoreError::from)?;
    }
    Ok(keep::items(tx, act.org, &held.plan, &items).await?)
}
