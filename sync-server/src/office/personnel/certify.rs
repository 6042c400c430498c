//! A person has another certificate, or a renewed one.

use crate::{
    office::account::introduce,
    query::{member::listed, session::role},
    random::uuid_v4,
    row, sql,
    state::App,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    id::AccountId,
    organisation::Organisation,
    personnel::{Certificate, Person, PersonError},
    time::Timestamp,
};
use uuid::Uuid;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedCertificate {
    /// The organisation's name.
    pub organisation: String,
    /// The person's name on its personnel list.
    pub person: String,
    /// The certificate; one of the same kind and number is replaced.
    pub certificate: Certificate,
}

/// Why the personnel list stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertifyError {
    /// No such person, or several, on the list of an organisation of that name.
    #[error("not on the personnel list of that organisation, or not one person only")]
    NotOnPersonnelList,
    /// The certificate is none.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CertifyError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOnPersonnelList => "not_on_personnel_list",
            Self::Person(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Writes the certificate into the personnel list, in one transaction, and tells the phones of that person: who is
/// registered anew reviews on without signing in again.
///
/// # Errors
/// See [`CertifyError`].
pub async fn certify(app: &App, wanted: &WantedCertificate) -> Result<(), CertifyError> {
    let (request, now) = (uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?, app.clock.now());
    let wanted = wanted.clone();
    app.store.write("certify_person", async move |tx: &mut Tx| run(tx, request, &wanted, now).await).await
}

async fn run(tx: &mut Tx, request: Uuid, wanted: &WantedCertificate, now: Timestamp) -> Result<(), CertifyError> {
    let found = listed(tx, &wanted.organisation, &wanted.person).await?;
    let (organisation, person) = found.ok_or(CertifyError::NotOnPersonnelList)?;
    // Two certificates of one person come one after the other: the second is added to what the first left.
    let lock = sql!("UPDATE person SET body = body WHERE id = ?1 RETURNING body");
    let row = tx.query_opt(lock, &row![&person.id.0]).await?.ok_or(CertifyError::NotOnPersonnelList)?;
    let person = own::<Person>(row.get(0)?)?.with_certificate(wanted.certificate.clone())?;
    tx.execute(sql!("UPDATE person SET body = ?2 WHERE id = ?1"), &row![&person.id.0, &json(&person)?]).await?;
    for row in tx.query(sql!("SELECT id, category FROM account WHERE person = ?1"), &row![&person.id.0]).await? {
        let Some(category) = role(row.get(1)?)?.category() else { continue };
        introduce(tx, AccountId(row.get(0)?), category, &organisation, &person).await?;
    }
    Ok(log(tx, request, &organisation, &person, wanted, now).await?)
}

/// a change of the personnel list is written down. The administrator has no account, so the person's id stands
/// for the one who acted.
async fn log(
    tx: &mut Tx,
    request: Uuid,
    organisation: &Organisation,
    person: &Person,
    wanted: &WantedCertificate,
    now: Timestamp,
) -> Result<(), StoreError> {
    let insert = sql!(
        "INSERT INTO office_event(request, account, at_ms, action, subject, body)
         VALUES (?1, ?2, ?3, 'certify_person', ?4, ?5)"
    );
    let subject = person.id.to_string();
    let body = serde_json::json!({
        "by": "admin",
        "organisation": organisation.id,
        "kind": wanted.certificate.kind,
        "from": wanted.certificate.valid_from,
        "to": wanted.certificate.valid_to,
    });
    let body = body.to_string();
    let values = row![&request, &person.id.0, now.0, &subject, &body];
    tx.execute(insert, &values).await.map(drop)
}
