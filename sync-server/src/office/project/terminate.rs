//! A manager ends a project before its time, for ever.

use super::publish::provide;
use crate::{
    office::{
        Act,
        act::{Begun, begin},
    },
    query::{self, access::to_project},
    row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{account::Action, id::ProjectId, project};
use serde_json::json as noted;

/// What is ended, and why.
#[derive(Clone, Debug)]
pub struct Terminate {
    /// The project.
    pub project: ProjectId,
    /// The reason as typed; required.
    pub reason: String,
}

/// Why a project goes on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerminateError {
    /// No such project, or none that this actor may end.
    #[error("no such project for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] project::TerminateError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TerminateError {
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

/// Ends a project, in one transaction, and tells the phones: no plan is made or issued and no task started any more. Tasks
/// that were begun go on to their review. The same request again changes nothing.
///
/// # Errors
/// See [`TerminateError`].
pub async fn terminate(store: &Store, act: Act, wanted: Terminate) -> Result<(), TerminateError> {
    store.write("terminate_project", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Terminate) -> Result<(), TerminateError> {
    let permitted = to_project(tx, &act.actor, &[Action::TerminateProject], wanted.project).await?;
    permitted.ok_or(TerminateError::NotFound)?;
    let body = noted!({ "reason": wanted.reason });
    match begin(tx, act, "terminate_project", &wanted.project.to_string(), &body).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(TerminateError::RequestTaken),
    }
    // Who plans or starts something at the same moment holds this row, too, and comes before or after.
    tx.execute(sql!("UPDATE project SET lead = lead WHERE id = ?1"), &row![&wanted.project.0]).await?;
    let mut site = query::project::project(tx, wanted.project).await?.ok_or(TerminateError::NotFound)?;
    site.project = project::terminate(&site.project, &wanted.reason, act.actor.account, act.at)?;
    let keep = sql!("UPDATE project SET body = ?2 WHERE id = ?1");
    tx.execute(keep, &row![&wanted.project.0, &json(&site.project)?]).await?;
    Ok(provide(tx, &site).await?)
}
