//! Somebody deletes a plan that nothing is issued of (R-116, R-117, R-117b).

use super::keep;
use crate::{
    feed::{self, Publication, publish},
    office::{Act, Refused, Rule, command::command, project::publish::withdraw},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, PlanId, ProjectId},
    plan,
};
use firebee_protocol::document::kind;
use serde::Serialize;
use uuid::Uuid;

/// What is deleted.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Delete {
    /// The project.
    pub project: ProjectId,
    /// Its plan.
    pub plan: PlanId,
}

impl Rule for plan::DeleteError {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Deletes a plan, and takes its assignments from the phones. The server keeps what the assignments granted, because a
/// phone may still send facts that it recorded by one of them.
///
/// # Errors
/// [`Refused`], also when the project has no such plan or this actor may not delete it.
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<plan::DeleteError>> {
    command(store, act, "delete_plan", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Delete) -> Result<(), Refused<plan::DeleteError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::DeletePlan], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, wanted.project, None).await?;
    // A task that starts on the plan locks the project's row too. Either the start comes first and this command sees
    // it, or it comes second and finds no plan.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.project]).await?;
    let held = keep::hold(tx, act.org, wanted.plan).await?.filter(|held| held.plan.project == wanted.project);
    let held = held.ok_or(Refused::NotFound)?;
    plan::check_delete(&held.plan)?;
    tx.execute(sql!("DELETE FROM plan_item WHERE org = ?1 AND plan = ?2"), &row![act.org, &wanted.plan]).await?;
    let gone = sql!("DELETE FROM assignment WHERE org = ?1 AND plan = ?2 RETURNING id, executor");
    let (mut tombstones, mut left) = (Vec::new(), Vec::<AccountId>::new());
    for row in tx.query(gone, &row![act.org, &wanted.plan]).await? {
        let id = row.get::<Uuid>(0)?.to_string();
        tombstones.push(Publication { kind: kind::ASSIGNMENT, id, body: None, to: Vec::new() });
        left.push(row.get(1)?);
    }
    tx.execute(sql!("DELETE FROM plan WHERE org = ?1 AND id = ?2"), &row![act.org, &wanted.plan]).await?;
    publish(tx, act.org, tombstones).await?;
    let site = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    Ok(withdraw(tx, act.org, &site, &left).await?)
}
