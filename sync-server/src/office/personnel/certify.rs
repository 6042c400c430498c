//! Puts a new or renewed certificate on the personnel list.

use crate::{
    office::{
        Office,
        account::{introduce_all, tell_crew},
        act::{Noted, note},
        personnel::keep::keep,
        rule::rules,
    },
    query::member::listed,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    code::Code,
    id::RequestId,
    personnel::{Certificate, Person, PersonError},
    time::Timestamp,
};

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

rules! { CertifyError [Person], }

impl CertifyError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotOnPersonnelList => Code::NotOnPersonnelList,
            Self::Person(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Writes the certificate into the personnel list and tells the person's phones, in one transaction. So a person whose
/// registration is renewed goes on reviewing without signing in again.
///
/// # Errors
/// See [`CertifyError`].
pub async fn certify(office: &Office, wanted: &WantedCertificate) -> Result<(), CertifyError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (wanted, at, writing) = (wanted.clone(), office.clock.now(), office.clone());
    let job = async move |tx: &mut Tx| run(tx, &writing, request, &wanted, at).await;
    office.store.write("certify_person", job).await
}

async fn run(
    tx: &mut Tx,
    office: &Office,
    request: RequestId,
    wanted: &WantedCertificate,
    at: Timestamp,
) -> Result<(), CertifyError> {
    let found = listed(tx, &wanted.organisation, &wanted.person).await?;
    let (org, organisation, person) = found.ok_or(CertifyError::NotOnPersonnelList)?;
    tell_crew::lock(tx, org, None).await?;
    // Two certificates of one person wait for each other here. So the second is added to what the first has written.
    let lock = sql!("UPDATE person SET body = body WHERE org = ?1 AND id = ?2 RETURNING body");
    let row = tx.query_opt(lock, &row![org, &person.id]).await?.ok_or(CertifyError::NotOnPersonnelList)?;
    let person = own::<Person>(row.get(0)?)?.with_certificate(wanted.certificate.clone())?;
    keep(tx, org, &person).await?;
    introduce_all(tx, (org, office), (&organisation, &person)).await?;
    tell_crew::tell(tx, org).await?;
    // a change of the personnel list is written down.
    let certificate = &wanted.certificate;
    let body = serde_json::json!({
        "kind": certificate.kind,
        "from": certificate.valid_from,
        "to": certificate.valid_to,
    });
    let (body, kind, about, keys) = (body.to_string(), "certify_person", person.id.into(), &office.keyring);
    Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?)
}
