//! Somebody takes an instrument off the list. Tasks that named it keep what it was.

use crate::{
    office::{Act, Refused, Rule, account::tell_crew, command::command},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
};
use serde::Serialize;

/// What is taken off.
#[derive(Clone, Debug, Serialize)]
pub struct Retire {
    /// The number of the instrument.
    pub number: String,
}

/// Why nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetireError {
    /// The list has no instrument of this number.
    #[error("the list has no such instrument")]
    InstrumentUnknown,
}

impl Rule for RetireError {
    fn code(&self) -> Code {
        match self {
            Self::InstrumentUnknown => Code::InstrumentUnknown,
        }
    }
}

/// Takes the instrument off the list and tells the phones.
///
/// # Errors
/// [`Refused`], also when this actor may not change the list.
pub async fn retire(store: &Store, act: Act, wanted: Retire) -> Result<(), Refused<RetireError>> {
    let about = act.org.id();
    command(store, act, "retire_instrument", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Retire) -> Result<(), Refused<RetireError>> {
    if !may(&act.actor, Action::EditInstruments, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    tell_crew::lock(tx, act.org, None).await?;
    let retire =
        sql!("UPDATE instrument SET retired = ?4 WHERE org = ?1 AND number = ?2 AND retired = ?3 RETURNING number");
    let found = tx.query_opt(retire, &row![act.org, &wanted.number, false, true]).await?;
    found.ok_or(RetireError::InstrumentUnknown)?;
    Ok(tell_crew::tell(tx, act.org).await?)
}
