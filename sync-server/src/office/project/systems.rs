//! A manager ticks the facilities of a project.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::ProjectId,
    project::{TerminateError, TickError, tick},
};
use firebee_protocol::catalogue::Pack;
use serde::Serialize;

/// What is ticked.
#[derive(Clone, Debug, Serialize)]
pub struct TickSystems {
    /// The project.
    pub project: ProjectId,
    /// The codes of its facilities, all of them.
    pub facilities: Vec<String>,
}

/// Why the facilities stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TickSystemsError {
    /// nothing of a terminated project changes.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// Some are not for projects of this kind.
    #[error(transparent)]
    Tick(#[from] TickError),
}

impl Rule for TickSystemsError {
    fn code(&self) -> Code {
        match self {
            Self::ProjectTerminated => TerminateError::ProjectTerminated.code(),
            Self::Tick(error) => error.code(),
        }
    }
}

/// Ticks exactly these facilities, and tells the phones. Plans that exist keep their items.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn tick_systems(store: &Store, act: Act, wanted: TickSystems) -> Result<(), Refused<TickSystemsError>> {
    command(store, act, "tick_systems", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &TickSystems) -> Result<(), Refused<TickSystemsError>> {
    let id = wanted.project;
    to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let mut site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    if site.project.termination.is_some() {
        return Err(TickSystemsError::ProjectTerminated.into());
    }
    site.project =
        tick(&site.project, &Pack::embedded().catalogue, &wanted.facilities).map_err(TickSystemsError::from)?;
    let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &id, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
