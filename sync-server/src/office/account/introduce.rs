//! The document by which a phone knows who holds it.

use crate::{
    feed::{Publication, publish},
    org::Org,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::Category, geofence::Thresholds, id::AccountId, organisation::Organisation, personnel::Person,
};
use firebee_protocol::document::{SessionDocument, kind};

/// Who holds an account, and by what a phone of its firm previews.
pub(in crate::office) struct Introduced<'a> {
    pub(in crate::office) account: AccountId,
    pub(in crate::office) category: Category,
    pub(in crate::office) organisation: &'a Organisation,
    pub(in crate::office) person: &'a Person,
    pub(in crate::office) track: Thresholds,
}

/// Publishes who an account is, to its own phone. Call it again whenever the person or the organisation changes.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn introduce(tx: &mut Tx, org: Org, who: Introduced<'_>) -> Result<(), StoreError> {
    let Introduced { account, category, organisation, person, track } = who;
    let document = SessionDocument {
        account,
        organisation: organisation.id,
        organisation_name: organisation.name.clone(),
        name: person.name.clone(),
        person: person.id,
        category,
        registrations: person.registrations(),
        track: Some(track),
    };
    let (id, body) = (account.to_string(), Some(json(&document)?));
    publish(tx, org, vec![Publication { kind: kind::SESSION, id, body, to: vec![account] }]).await.map(drop)
}
