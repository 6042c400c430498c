//! A firm throws a draft away. What was sent stays, whatever comes of it.

use super::locked;
use crate::{
    office::{Act, Refused, command::command, rule::rules},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::PersonnelChangeId,
    personnel_change::ChangeState,
};
use serde::Serialize;

/// The application was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the application was sent and stays")]
pub struct DiscardError;

impl DiscardError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::AlreadyDone
    }
}

rules! { DiscardError [], }

#[derive(Clone, Debug, Serialize)]
struct Discard {
    change: PersonnelChangeId,
}

/// Throws it away.
///
/// # Errors
/// [`Refused`], also when it is not this firm's.
pub async fn discard(store: &Store, act: Act, change: PersonnelChangeId) -> Result<(), Refused<DiscardError>> {
    let about = act.org.id();
    command(store, act, "discard_personnel_change", about, Discard { change }, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Discard) -> Result<(), Refused<DiscardError>> {
    if !may(&act.actor, Action::RequestPersonnelChange, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let change = locked(tx, act.org, wanted.change).await?.ok_or(Refused::NotFound)?;
    if change.state() != ChangeState::Draft {
        return Err(DiscardError.into());
    }
    let delete = sql!("DELETE FROM personnel_change WHERE org = ?1 AND id = ?2");
    tx.execute(delete, &row![act.org, &wanted.change]).await?;
    Ok(())
}
