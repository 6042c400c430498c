//! A manager changes the name or the phone number of a contact. What the contact signs in as stays.

use super::KeepError;
use crate::{
    office::{
        Act, Refused,
        command::{command, trial},
    },
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Contact, Subject, checked_contact, may},
    id::AccountId,
    spelling::Spelled,
};
use serde::Serialize;

/// A contact as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The contact's portal account.
    pub contact: AccountId,
    /// The name.
    pub name: String,
    /// The phone number. The line of the act does not keep it.
    #[serde(skip)]
    pub phone: String,
}

/// Changes the contact.
///
/// # Errors
/// [`Refused`], also when the contact is not there or this actor may not.
pub async fn change(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<KeepError>> {
    command(store, act, "change_contact", wanted.contact, wanted, run).await
}

/// What [`change()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<KeepError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Change) -> Result<(), Refused<KeepError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let before = query::owner::contact(tx, act.org, wanted.contact).await?.ok_or(Refused::NotFound)?.contact;
    let typed = Contact { name: wanted.name.clone(), phone: wanted.phone.clone(), ..before };
    let contact = checked_contact(&typed).map_err(KeepError::Fields)?;
    let keep = sql!(
        "UPDATE contact SET name = ?3, phone = ?4, sort = ?5, find = ?6, changed_ms = ?7
         WHERE org = ?1 AND account = ?2"
    );
    let Spelled { sort, find } = Spelled::of_all([contact.name.as_str(), contact.phone.as_str()]);
    let values = row![act.org, &contact.account, &contact.name, &contact.phone, &sort, &find, act.at];
    tx.execute(keep, &values).await?;
    let phone = sql!("UPDATE account SET phone = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(phone, &row![act.org, &contact.account, &contact.phone]).await?;
    Ok(())
}
