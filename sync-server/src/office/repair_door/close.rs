//! Closes the address: what is printed on a wall leads nowhere from now on.

use super::{DoorError, permitted, shut};
use crate::{
    office::{Act, Refused, command::command},
    store::{Store, Tx},
};
use firebee_domain::id::ProjectId;
use serde::Serialize;

/// What is closed.
#[derive(Clone, Debug, Serialize)]
pub struct Close {
    /// The project.
    pub project: ProjectId,
}

/// Closes it.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor does not keep its notice.
pub async fn close(store: &Store, act: Act, wanted: Close) -> Result<(), Refused<DoorError>> {
    command(store, act, "close_repair_door", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Close) -> Result<(), Refused<DoorError>> {
    permitted(tx, act, wanted.project).await?;
    Ok(shut(tx, act, wanted.project).await?)
}
