//! Opens the address, or draws another one: then the one before leads nowhere.

use super::{DoorError, permitted, shut};
use crate::{
    office::{Act, Refused, command::command},
    random::random_bytes,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{id::ProjectId, repair::DoorCode};
use serde::Serialize;

/// What is opened.
#[derive(Clone, Debug, Serialize)]
pub struct Open {
    /// The project.
    pub project: ProjectId,
}

#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    open: Open,
    /// Never logged.
    #[serde(skip)]
    code: DoorCode,
}

/// Opens it.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor does not keep its notice.
pub async fn open(store: &Store, act: Act, open: Open) -> Result<(), Refused<DoorError>> {
    let drawn = random_bytes().map_err(|error| StoreError::Lost(error.to_string()))?;
    let wanted = Wanted { open, code: DoorCode::of(drawn) };
    command(store, act, "open_repair_door", wanted.open.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<(), Refused<DoorError>> {
    let project = wanted.open.project;
    permitted(tx, act, project).await?;
    shut(tx, act, project).await?;
    let insert = sql!("INSERT INTO repair_door(code, org, project, opened_ms) VALUES (?1, ?2, ?3, ?4)");
    tx.execute(insert, &row![&wanted.code.to_string(), act.org, &project, act.at]).await?;
    Ok(())
}
