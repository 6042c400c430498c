//! The owner's unit closes a request that it handles itself.

use super::{locked, write};
use crate::{
    office::{Act, Refused, command::command},
    store::{Store, Tx},
};
use firebee_domain::{account::Action, id::RepairId, repair::RepairError};
use serde::Serialize;

/// What is closed.
#[derive(Clone, Debug, Serialize)]
pub struct Close {
    /// The request.
    pub repair: RepairId,
    /// What was done.
    pub words: String,
}

/// Closes it.
///
/// # Errors
/// [`Refused`], also when the request is not there or this actor may not close it.
pub async fn close(store: &Store, act: Act, wanted: Close) -> Result<(), Refused<RepairError>> {
    command(store, act, "close_repair", wanted.repair, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Close) -> Result<(), Refused<RepairError>> {
    let mut repair = locked(tx, act, Action::AskRepair, wanted.repair).await?;
    repair.close(&wanted.words, (act.actor.account, act.at))?;
    Ok(write(tx, act.org, &repair).await?)
}
