//! A manager deletes a contact whose portal account nobody has used. An account that has acted stays.

use super::forget;
use crate::{
    office::{
        Act, Refused, Rule,
        command::{command, trial},
    },
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::AccountId,
};
use serde::Serialize;

/// Which contact.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Delete {
    /// The contact's portal account.
    pub contact: AccountId,
}

/// Why a contact stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// It has signed in: what was done stays with who did it.
    #[error("the contact has used its account")]
    InUse,
}

impl Rule for DeleteError {
    fn code(&self) -> Code {
        match self {
            Self::InUse => Code::ContactInUse,
        }
    }
}

/// Deletes the contact.
///
/// # Errors
/// [`Refused`], also when the contact is not there or this actor may not.
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<DeleteError>> {
    command(store, act, "delete_contact", wanted.contact, wanted, run).await
}

/// What [`delete()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<DeleteError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Delete) -> Result<(), Refused<DeleteError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    query::owner::contact(tx, act.org, wanted.contact).await?.ok_or(Refused::NotFound)?;
    let used = sql!(
        "SELECT 1 FROM act_entry WHERE org = ?1 AND account = ?2
         UNION ALL SELECT 1 FROM console_session WHERE org = ?1 AND account = ?2 LIMIT 1"
    );
    if tx.query_opt(used, &row![act.org, &wanted.contact]).await?.is_some() {
        return Err(DeleteError::InUse.into());
    }
    Ok(forget(tx, act.org, wanted.contact).await?)
}
