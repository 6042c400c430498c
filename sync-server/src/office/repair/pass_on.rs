//! The owner's unit passes a request on to the firm.

use super::{locked, write};
use crate::{
    office::{Act, Refused, command::command},
    store::{Store, Tx},
};
use firebee_domain::{account::Action, id::RepairId, repair::RepairError};
use serde::Serialize;

/// What is passed on.
#[derive(Clone, Debug, Serialize)]
pub struct PassOn {
    /// The request.
    pub repair: RepairId,
}

/// Passes it on.
///
/// # Errors
/// [`Refused`], also when the request is not there or this actor may not pass it on.
pub async fn pass_on(store: &Store, act: Act, wanted: PassOn) -> Result<(), Refused<RepairError>> {
    command(store, act, "pass_on_repair", wanted.repair, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &PassOn) -> Result<(), Refused<RepairError>> {
    let mut repair = locked(tx, act, Action::AskRepair, wanted.repair).await?;
    repair.pass_on((act.actor.account, act.at))?;
    Ok(write(tx, act.org, &repair).await?)
}
