//! A manager ends a project before its time, for ever.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{account::Action, code::Code, id::ProjectId, project};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is ended, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Terminate {
    /// The project.
    pub project: ProjectId,
    /// The reason as typed; required.
    pub reason: String,
}

impl Rule for project::TerminateError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::ProjectTerminated => Values::new(),
        }
    }
}

/// Ends a project and tells the phones. Afterwards nobody makes or issues a plan or starts a task. Tasks that were
/// begun go on to their review.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not end it.
pub async fn terminate(store: &Store, act: Act, wanted: Terminate) -> Result<(), Refused<project::TerminateError>> {
    command(store, act, "terminate_project", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Terminate) -> Result<(), Refused<project::TerminateError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::TerminateProject], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, wanted.project, None).await?;
    // Making a plan and starting a task lock this row too, so each comes before or after this command.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.project]).await?;
    let mut site = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    site.project = project::terminate(&site.project, &wanted.reason, act.actor.account, act.at)?;
    let keep = sql!("UPDATE project SET body = ?3, terminated = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &wanted.project, &json(&site.project)?, true]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
