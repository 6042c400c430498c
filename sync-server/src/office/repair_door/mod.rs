//! The commands on the address by which anybody calls for a repair of a project.

mod close;
mod open;

pub use close::{Close, close};
pub use open::{Open, open};

use super::{Act, Refused, Rule};
use crate::{
    query::access::to_project,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{account::Action, code::Code, id::ProjectId};

/// No rule stands against these commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {}

impl Rule for DoorError {
    fn code(&self) -> Code {
        match *self {}
    }
}

/// Whether the actor keeps the notice of the project.
async fn permitted(tx: &mut Tx, act: &Act, project: ProjectId) -> Result<(), Refused<DoorError>> {
    let found = to_project(tx, act.org, &act.actor, &[Action::KeepNotice], project).await?;
    found.map(drop).ok_or(Refused::NotFound)
}

/// Takes the address away that is open now.
async fn shut(tx: &mut Tx, act: &Act, project: ProjectId) -> Result<(), StoreError> {
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &project]).await?;
    let close = sql!("DELETE FROM repair_door WHERE org = ?1 AND project = ?2");
    tx.execute(close, &row![act.org, &project]).await.map(drop)
}
