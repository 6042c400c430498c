//! A manager takes back a request that nobody has reviewed.

use crate::{
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, RequestId},
    suspension::AlreadyReviewed,
};
use serde::Serialize;

/// Which request.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Withdraw {
    /// The project.
    pub project: ProjectId,
    /// The request.
    pub pause: RequestId,
}

impl Rule for AlreadyReviewed {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Takes the request back.
///
/// # Errors
/// [`Refused`], also when the request is not there or this actor may not.
pub async fn withdraw(store: &Store, act: Act, wanted: Withdraw) -> Result<(), Refused<AlreadyReviewed>> {
    command(store, act, "withdraw_pause", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Withdraw) -> Result<(), Refused<AlreadyReviewed>> {
    let (org, id) = (act.org, wanted.project);
    to_project(tx, org, &act.actor, &[Action::RequestPause], id).await?.ok_or(Refused::NotFound)?;
    // Reviewing it locks this row too.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![org, &id]).await?;
    let mut asked = query::pause::of_project(tx, org, id).await?;
    asked.retain(|row| row.id == wanted.pause);
    let request = asked.pop().ok_or(Refused::NotFound)?.request.withdrawn()?;
    let keep = sql!("UPDATE suspension SET state = ?3, body = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![org, &wanted.pause, request.state, &json(&request)?]).await?;
    Ok(())
}
