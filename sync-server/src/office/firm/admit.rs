//! Founding a firm from its accepted application: the organisation, its people with their certificates, and the first
//! office account.

use super::{
    CreateFirmError,
    check::Draft,
    write::{Hashed, write},
};
use crate::{
    keys::Seal,
    office::{Office, Refused, application::AnswerRefused},
    random::uuid_v7,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Category, NewAccount, new_account},
    application::{Annex, Applicant, Application},
    id::{AccountId, OrganisationId, PersonId},
    organisation::Organisation,
    personnel::Person,
    time::{Cutoff, Timestamp},
};
use std::collections::BTreeMap;

/// What is founded.
pub(in crate::office) struct Admitted<'a> {
    pub application: &'a Application,
    pub id: OrganisationId,
    /// What the first account signs in as.
    pub login: &'a str,
    /// The hash of its password.
    pub hash: &'a str,
    pub seal: Seal,
}

/// Founds the firm, in the jurisdiction of the unit that opened the application. Returns the login of the first account.
pub(in crate::office) async fn admit(
    tx: &mut Tx,
    office: &Office,
    new: Admitted<'_>,
    now: Timestamp,
) -> Result<String, Refused<AnswerRefused>> {
    let Admitted { application, id, login, hash, seal } = new;
    let annex = application.annex.as_ref().ok_or(AnswerRefused::NotRegistered)?;
    let organisation = organisation(id, annex);
    if !organisation.may_be_activated() {
        return Err(AnswerRefused::NotRegistered.into());
    }
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let mut people = Vec::new();
    for applicant in &application.applicants {
        take_down(&mut people, id, applicant, || uuid_v7(&office.clock).map(PersonId)).map_err(lost)?;
    }
    let manager = manager(&mut people, id, annex, || uuid_v7(&office.clock).map(PersonId)).map_err(lost)?;
    let account = AccountId(uuid_v7(&office.clock).map_err(lost)?);
    let (phone, category) = (&annex.profile.contact_phone, Category::CompanyManager);
    let wanted = NewAccount { id: account, person: &manager, phone, login, category };
    let mut made = new_account(&wanted, now.china_day()).map_err(AnswerRefused::from)?;
    // The corps hands it out to be used.
    made.enabled = true;
    let login = made.login().as_str().to_owned();
    let hashed = [Hashed { account: made, category, hash: hash.to_owned(), must_change: true }];
    let draft = Draft {
        organisation,
        people,
        accounts: Vec::new(),
        owners: Vec::new(),
        contracts: Vec::new(),
        projects: Vec::new(),
        particulars: BTreeMap::new(),
        units: BTreeMap::new(),
    };
    let org = write(tx, office, &draft, &hashed, (seal, now)).await.map_err(refused)?;
    let lies = sql!("UPDATE organisation SET unit = ?2 WHERE org = ?1");
    tx.execute(lies, &row![org, &application.unit]).await?;
    Ok(login)
}

fn organisation(id: OrganisationId, annex: &Annex) -> Organisation {
    Organisation {
        id,
        name: annex.name.clone(),
        uscc: annex.uscc.clone(),
        national_registration_no: Some(annex.national_registration_no.clone()),
        service_types: annex.service_types.clone(),
        technical_director: None,
        cutoff: Cutoff::default(),
        profile: Some(annex.profile.clone()),
    }
}

/// Puts an applicant among the people; the ID number tells who is the same.
fn take_down<E>(
    people: &mut Vec<Person>,
    firm: OrganisationId,
    applicant: &Applicant,
    id: impl Fn() -> Result<PersonId, E>,
) -> Result<(), E> {
    let Applicant { name, identity, phone, certificate } = applicant.clone();
    match people.iter_mut().find(|person| person.identity.as_ref() == Some(&identity)) {
        Some(known) => known.certificates.push(certificate),
        None => {
            let person = Person::new(id()?, firm, name, vec![certificate]);
            people.push(Person { identity: Some(identity), phone: Some(phone), ..person });
        }
    }
    Ok(())
}

/// Who holds the office account: the contact of annex 1, who may be one of the applicants. The account is a person's, as
/// every account.
fn manager<E>(
    people: &mut Vec<Person>,
    firm: OrganisationId,
    annex: &Annex,
    id: impl Fn() -> Result<PersonId, E>,
) -> Result<Person, E> {
    let contact = &annex.profile.contact;
    if let Some(known) = people.iter().find(|person| person.name == *contact) {
        return Ok(known.clone());
    }
    let phone = Some(annex.profile.contact_phone.clone());
    let person = Person { phone, ..Person::new(id()?, firm, contact.clone(), Vec::new()) };
    people.push(person.clone());
    Ok(person)
}

fn refused(error: CreateFirmError) -> Refused<AnswerRefused> {
    match error {
        CreateFirmError::Store(error) => error.into(),
        // Of all that a file may have wrong, only the login is left to be wrong here.
        CreateFirmError::File(_) => AnswerRefused::LoginTaken.into(),
        other => Refused::Store(StoreError::Bug(other.to_string())),
    }
}
