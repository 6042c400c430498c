//! A manager gives the portal account of a contact another password.

use crate::{
    office::{
        Act, Office, Refused,
        account::remedy::{Remedy, remedy},
    },
    query,
    store::{StoreError, Tx},
};
use firebee_domain::{id::AccountId, text::TextError};

/// Gives the contact another password, random and for the next sign-in, and returns it: nobody can read it again.
///
/// # Errors
/// [`Refused`], also when there is no such contact or this actor may not.
pub async fn renew(office: &Office, act: Act, contact: AccountId) -> Result<String, Refused<TextError>> {
    let org = act.org;
    let find = async move |tx: &mut Tx| query::owner::contact(tx, org, contact).await;
    let found: Result<_, StoreError> = office.store.read("find_contact", find).await;
    found?.ok_or(Refused::NotFound)?;
    remedy(office, act, contact, (Remedy::ResetPassword, "")).await?.ok_or(Refused::NotFound)
}
