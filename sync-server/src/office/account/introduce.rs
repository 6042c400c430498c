//! The document by which a phone knows who holds it.

use crate::{
    feed::{Publication, publish},
    org::Org,
    store::{StoreError, Tx, json},
};
use firebee_domain::{account::Category, id::AccountId, organisation::Organisation, personnel::Person};
use firebee_protocol::document::{SessionDocument, kind};

/// Publishes who an account is, to its own phone. Call it again whenever the person or the organisation changes.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn introduce(
    tx: &mut Tx,
    org: Org,
    account: AccountId,
    category: Category,
    organisation: &Organisation,
    person: &Person,
) -> Result<(), StoreError> {
    let document = SessionDocument {
        account,
        organisation: organisation.id,
        organisation_name: organisation.name.clone(),
        name: person.name.clone(),
        category,
        registrations: person.registrations(),
    };
    let (id, body) = (account.to_string(), Some(json(&document)?));
    publish(tx, org, vec![Publication { kind: kind::SESSION, id, body, to: vec![account] }]).await.map(drop)
}
