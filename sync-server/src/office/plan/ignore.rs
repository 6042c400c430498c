//! Items of a plan are left out, with a reason, or taken in again.

use super::keep;
use crate::{
    office::{
        Act,
        act::{Begun, begin},
    },
    query::access::to_plan,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    id::{PlanId, PlanItemId},
    plan,
};
use firebee_protocol::problem::Code;
use serde_json::json;

/// What is left out, or taken in again.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The plan.
    pub plan: PlanId,
    /// The items; all change or none.
    pub items: Vec<PlanItemId>,
    /// Why they are left out, as typed; not used for taking in again.
    pub reason: String,
}

/// Why items are neither left out nor taken in again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IgnoreError {
    /// No such plan, or none that this actor may change.
    #[error("no such plan for this actor")]
    NotFound,
    /// No item is chosen.
    #[error("no item is chosen")]
    NothingChosen,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::IgnoreError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IgnoreError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::NothingChosen => Code::NothingChosen,
            Self::Rule(error) => error.code(),
            Self::RequestTaken => Code::AlreadyDone,
            Self::Store(error) => error.code(),
        }
    }
}

/// Leaves items out, in one transaction. The same request again changes nothing.
///
/// # Errors
/// See [`IgnoreError`].
pub async fn ignore(store: &Store, act: Act, wanted: Ignore) -> Result<(), IgnoreError> {
    store.write("ignore_items", async move |tx: &mut Tx| run(tx, &act, &wanted, "ignore_items").await).await
}

/// Takes items in again, in one transaction. The same request again changes nothing.
///
/// # Errors
/// See [`IgnoreError`].
pub async fn restore(store: &Store, act: Act, wanted: Ignore) -> Result<(), IgnoreError> {
    store.write("restore_items", async move |tx: &mut Tx| run(tx, &act, &wanted, "restore_items").await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Ignore, action: &'static str) -> Result<(), IgnoreError> {
    let permitted = to_plan(tx, &act.actor, &[Action::IgnoreItem], wanted.plan).await?;
    permitted.ok_or(IgnoreError::NotFound)?;
    let noted = json!({ "items": wanted.items, "reason": wanted.reason });
    match begin(tx, act, action, &wanted.plan.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(IgnoreError::RequestTaken),
    }
    if wanted.items.is_empty() {
        return Err(IgnoreError::NothingChosen);
    }
    let mut held = keep::hold(tx, wanted.plan).await?.ok_or(IgnoreError::NotFound)?;
    for item in &wanted.items {
        if action == "ignore_items" {
            plan::ignore(&mut held.plan, *item, &wanted.reason)?;
        } else {
            plan::restore(&mut held.plan, *item)?;
        }
    }
    Ok(keep::items(tx, &held.plan, &wanted.items).await?)
}
