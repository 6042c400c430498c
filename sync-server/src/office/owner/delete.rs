//! A manager deletes an owner that no contract names. Its contacts and their portal accounts go with it.

use crate::{
    office::{
        Act, Refused, Rule,
        command::{command, trial},
        contact::forget,
    },
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::OwnerId,
};
use serde::Serialize;

/// Which owner.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Delete {
    /// The owner.
    pub owner: OwnerId,
}

/// Why an owner stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// A contract names it, or a contact of it has signed in: what was done stays with who did it.
    #[error("the owner is in use")]
    InUse,
}

impl Rule for DeleteError {
    fn code(&self) -> Code {
        match self {
            Self::InUse => Code::OwnerInUse,
        }
    }
}

/// Deletes the owner.
///
/// # Errors
/// [`Refused`], also when the owner is not there or this actor may not.
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<DeleteError>> {
    command(store, act, "delete_owner", wanted.owner, wanted, run).await
}

/// What [`delete()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<DeleteError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Delete) -> Result<(), Refused<DeleteError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    // Making a contract locks this row too, so it comes before or after.
    let lock = sql!("UPDATE owner SET changed_ms = changed_ms WHERE org = ?1 AND id = ?2");
    if tx.execute(lock, &row![act.org, &wanted.owner]).await? == 0 {
        return Err(Refused::NotFound);
    }
    let used = sql!(
        "SELECT 1 FROM contract WHERE org = ?1 AND owner = ?2
         UNION ALL SELECT 1 FROM contact c JOIN act_entry e ON e.org = c.org AND e.account = c.account
             WHERE c.org = ?1 AND c.owner = ?2 LIMIT 1"
    );
    if tx.query_opt(used, &row![act.org, &wanted.owner]).await?.is_some() {
        return Err(DeleteError::InUse.into());
    }
    let contacts = sql!("SELECT account FROM contact WHERE org = ?1 AND owner = ?2");
    let accounts = tx.query(contacts, &row![act.org, &wanted.owner]).await?;
    for row in accounts {
        forget(tx, act.org, row.get(0)?).await?;
    }
    tx.execute(sql!("DELETE FROM owner WHERE org = ?1 AND id = ?2"), &row![act.org, &wanted.owner]).await?;
    Ok(())
}
