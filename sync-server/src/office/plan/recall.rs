//! Somebody takes issued items of a plan back.

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
    id::{PlanId, PlanItemId},
    plan,
};
use serde_json::json;

/// What is taken back.
#[derive(Clone, Debug)]
pub struct Recall {
    /// The plan.
    pub plan: PlanId,
    /// The items, all or none: each issued, and started by nobody.
    pub items: Vec<PlanItemId>,
}

/// Why nothing is taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecallError {
    /// No such plan, or none that this actor may issue.
    #[error("no such plan for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::RecallError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RecallError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Rule(error) => error.code(),
            Self::RequestTaken => "already_done",
            Self::Store(error) => error.code(),
        }
    }
}

/// Takes items back, in one transaction, and tells the phones of those who had them. The same request again changes
/// nothing.
///
/// # Errors
/// See [`RecallError`].
pub async fn recall(store: &Store, act: Act, wanted: Recall) -> Result<(), RecallError> {
    store.write("recall_items", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Recall) -> Result<(), RecallError> {
    let permitted = to_plan(tx, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    permitted.ok_or(RecallError::NotFound)?;
    match begin(tx, act, "recall_items", &wanted.plan.to_string(), &json!({ "items": wanted.items })).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(RecallError::RequestTaken),
    }
    let mut held = keep::hold(tx, wanted.plan).await?.ok_or(RecallError::NotFound)?;
    let site = query::project::project(tx, held.plan.project).await?.ok_or(RecallError::NotFound)?;
    let told = plan::recall(&mut held.plan, &wanted.items)?;
    keep::items(tx, &held.plan, &wanted.items).await?;
    for executor in told {
        share::assignment(tx, &held, &site, executor, act.at).await?;
    }
    Ok(())
}
