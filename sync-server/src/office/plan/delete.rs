//! Somebody deletes a plan that nothing is issued of (R-116, R-117, R-117b).

use super::keep;
use crate::{
    feed::{Publication, publish},
    office::{
        Act,
        act::{Begun, begin},
        project::publish::withdraw,
    },
    query::{self, access::to_project},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    id::{AccountId, PlanId, ProjectId},
    plan,
};
use firebee_protocol::document::kind;
use serde_json::json;
use uuid::Uuid;

/// What is deleted.
#[derive(Clone, Copy, Debug)]
pub struct Delete {
    /// The project: it is there when the same request comes again.
    pub project: ProjectId,
    /// Its plan.
    pub plan: PlanId,
}

/// Why a plan is not deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// No such plan in the project, or none that this actor may delete.
    #[error("no such plan for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::DeleteError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DeleteError {
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

/// Deletes a plan, in one transaction, and takes what it had issued once from the phones. What its assignments granted is
/// kept: a fact that a phone records on one of them later is judged by that. The same request again changes nothing.
///
/// # Errors
/// See [`DeleteError`].
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), DeleteError> {
    store.write("delete_plan", async move |tx: &mut Tx| run(tx, &act, wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: Delete) -> Result<(), DeleteError> {
    let permitted = to_project(tx, &act.actor, &[Action::DeletePlan], wanted.project).await?;
    permitted.ok_or(DeleteError::NotFound)?;
    match begin(tx, act, "delete_plan", &wanted.project.to_string(), &json!({ "plan": wanted.plan })).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(DeleteError::RequestTaken),
    }
    // A task that starts on the plan holds the project's row too: it comes first and is seen here, or comes second and
    // finds no plan.
    tx.execute(sql!("UPDATE project SET lead = lead WHERE id = ?1"), &row![&wanted.project.0]).await?;
    let held = keep::hold(tx, wanted.plan).await?.filter(|held| held.plan.project == wanted.project);
    let held = held.ok_or(DeleteError::NotFound)?;
    plan::check_delete(&held.plan)?;
    tx.execute(sql!("DELETE FROM plan_item WHERE plan = ?1"), &row![&wanted.plan.0]).await?;
    let gone = sql!("DELETE FROM assignment WHERE plan = ?1 RETURNING id, executor");
    let (mut tombstones, mut left) = (Vec::new(), Vec::new());
    for row in tx.query(gone, &row![&wanted.plan.0]).await? {
        let id = row.get::<Uuid>(0)?.to_string();
        tombstones.push(Publication { kind: kind::ASSIGNMENT, id, body: None, to: Vec::new() });
        left.push(AccountId(row.get(1)?));
    }
    tx.execute(sql!("DELETE FROM plan WHERE id = ?1"), &row![&wanted.plan.0]).await?;
    publish(tx, tombstones).await?;
    let site = query::project::project(tx, wanted.project).await?.ok_or(DeleteError::NotFound)?;
    Ok(withdraw(tx, &site, &left).await?)
}
