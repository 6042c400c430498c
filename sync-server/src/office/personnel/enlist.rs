//! Puts somebody new on the personnel list. Nobody there has the same name, because the commands that make
//! accounts and put in certificates name people by it.

use crate::{
    office::{
        Office,
        account::tell_crew,
        act::{Noted, note},
        personnel::keep::keep,
        rule::rules,
    },
    org::Org,
    query,
    random::{uuid_v4, uuid_v7},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{PersonId, RequestId},
    personnel::{Certificate, Person, PersonError},
    time::Timestamp,
};

/// Who is wanted on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedPerson {
    /// The organisation's name.
    pub organisation: String,
    /// The person's name.
    pub name: String,
    /// The certificates that the person holds; more can be put in later.
    pub certificates: Vec<Certificate>,
}

/// Why the personnel list stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnlistError {
    /// No organisation, or several, have this name.
    #[error("no firm fits")]
    NoFirm,
    /// Somebody of that name is on the list.
    #[error("somebody of that name is on the personnel list")]
    OnPersonnelList,
    /// The name or a certificate is none.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { EnlistError [Person], }

impl EnlistError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NoFirm => Code::NotFound,
            Self::OnPersonnelList => Code::OnPersonnelList,
            Self::Person(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Puts the person on the list and tells the phones of the firm: from then on the person may be named as present.
///
/// # Errors
/// See [`EnlistError`].
pub async fn enlist(office: &Office, wanted: &WantedPerson) -> Result<PersonId, EnlistError> {
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let request = RequestId(uuid_v4().map_err(lost)?);
    let id = PersonId(uuid_v7(&office.clock).map_err(lost)?);
    let (wanted, at, writing) = (wanted.clone(), office.clock.now(), office.clone());
    let job = async move |tx: &mut Tx| run(tx, &writing, (request, id), &wanted, at).await;
    office.store.write("enlist_person", job).await?;
    Ok(id)
}

async fn run(
    tx: &mut Tx,
    office: &Office,
    (request, id): (RequestId, PersonId),
    wanted: &WantedPerson,
    at: Timestamp,
) -> Result<(), EnlistError> {
    let org: Org = query::org::named(tx, &wanted.organisation).await?.ok_or(EnlistError::NoFirm)?;
    let (name, certificates) = (wanted.name.clone(), wanted.certificates.clone());
    let person = Person::new(id, org.id(), name, certificates).checked()?;
    tell_crew::lock(tx, org, None).await?;
    // Two people of one name wait for each other here.
    tx.execute(sql!("UPDATE organisation SET body = body WHERE org = ?1"), &row![org]).await?;
    let listed = sql!("SELECT id FROM person WHERE org = ?1 AND name = ?2");
    if !tx.query(listed, &row![org, &person.name]).await?.is_empty() {
        return Err(EnlistError::OnPersonnelList);
    }
    keep(tx, org, &person).await?;
    tell_crew::tell(tx, org).await?;
    // a change of the personnel list is written down.
    let body = serde_json::json!({ "certificates": person.certificates.len() }).to_string();
    let (kind, about, keys) = ("enlist_person", person.id.into(), &office.keyring);
    Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?)
}
