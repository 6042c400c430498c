//! The document by which a phone knows who holds it.

use crate::{
    feed::{Publication, publish},
    office::Office,
    org::Org,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::{Category, Role},
    geofence::Thresholds,
    id::AccountId,
    organisation::Organisation,
    personnel::Person,
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

/// As [`introduce`], for every account of a person of whom something has changed: whose registration is renewed goes on
/// reviewing without signing in again.
pub(in crate::office) async fn introduce_all(
    tx: &mut Tx,
    (org, office): (Org, &Office),
    (organisation, person): (&Organisation, &Person),
) -> Result<(), StoreError> {
    let accounts = sql!("SELECT id, category FROM account WHERE org = ?1 AND person = ?2");
    for row in tx.query(accounts, &row![org, &person.id]).await? {
        let Some(category) = row.get::<Role>(1)?.category() else { continue };
        let (account, track) = (row.get(0)?, office.track);
        introduce(tx, org, Introduced { account, category, organisation, person, track }).await?;
    }
    Ok(())
}
