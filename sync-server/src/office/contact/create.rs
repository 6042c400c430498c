//! A manager makes a contact of an owner, and with it the portal account.

use super::KeepError;
use crate::{
    office::{
        Act, Office, Refused,
        command::{command, trial},
        firm::write::login_is_free,
    },
    org::Org,
    password, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Account, Action, Contact, Subject, may, new_contact},
    id::{AccountId, OwnerId},
    spelling::Spelled,
};
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A contact as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// The owner.
    pub owner: OwnerId,
    /// The name.
    pub name: String,
    /// The phone number. The line of the act does not keep it.
    #[serde(skip)]
    pub phone: String,
    /// What the contact signs in as; empty takes the phone number.
    #[serde(skip)]
    pub login: String,
}

/// A contact whose account was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// The account.
    pub account: AccountId,
    /// What to sign in as.
    pub login: String,
    /// The first password, random, told once; `None` when the same form was sent before.
    pub password: Option<String>,
}

#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    create: Create,
    /// Never logged.
    #[serde(skip)]
    hash: String,
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Makes the contact with its portal account. Its first sign-in asks for another password.
///
/// # Errors
/// [`Refused`], also when the owner is not there or this actor may not.
pub async fn create(office: &Office, act: Act, create: Create) -> Result<Made, Refused<KeepError>> {
    // Whoever may not do this costs no hash.
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let password = password::random().map_err(|error| StoreError::Lost(error.to_string()))?;
    let hash = office.passwords.hash(password.clone()).await.map_err(|error| StoreError::Lost(error.to_string()))?;
    let (account, done) = (AccountId(act.request.0), Arc::new(AtomicBool::new(false)));
    let wanted = Wanted { create, hash, done: Arc::clone(&done) };
    let login: String = command(&office.store, act, "create_contact", account, wanted, run).await?;
    Ok(Made { account, login, password: done.load(Ordering::Relaxed).then_some(password) })
}

/// What [`create()`] would say; everything is taken back, and no password is made.
pub(in crate::office) async fn attempt(store: &Store, act: Act, create: Create) -> Result<(), Refused<KeepError>> {
    let wanted = Wanted { create, hash: String::new(), done: Arc::default() };
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<String, Refused<KeepError>> {
    if !may(&act.actor, Action::CreateOwner, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let Create { owner, name, phone, login } = wanted.create.clone();
    // Deleting the owner locks this row too.
    let lock = sql!("UPDATE owner SET changed_ms = changed_ms WHERE org = ?1 AND id = ?2");
    if tx.execute(lock, &row![act.org, &owner]).await? == 0 {
        return Err(Refused::NotFound);
    }
    let typed = Contact { account: AccountId(act.request.0), owner, name, phone };
    let (contact, account) = new_contact(&typed, &login).map_err(KeepError::Fields)?;
    if !login_is_free(tx, account.login().as_str()).await? {
        return Err(KeepError::LoginTaken.into());
    }
    write(tx, act, &account, &wanted.hash).await?;
    let insert = sql!(
        "INSERT INTO contact(org, account, owner, name, phone, sort, find, created_ms, changed_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)"
    );
    let Spelled { sort, find } = Spelled::of_all([contact.name.as_str(), contact.phone.as_str()]);
    let values = row![act.org, &contact.account, &contact.owner, &contact.name, &contact.phone, &sort, &find, act.at];
    tx.execute(insert, &values).await?;
    let speaks = sql!("INSERT INTO outsider(id, owner) VALUES (?1, ?2)");
    tx.execute(speaks, &row![&contact.account, &contact.owner]).await?;
    wanted.done.store(true, Ordering::Relaxed);
    Ok(account.login().as_str().to_owned())
}

/// Writes the portal account. It belongs to no person on the personnel list.
async fn write(tx: &mut Tx, act: &Act, account: &Account, hash: &str) -> Result<(), StoreError> {
    let insert = sql!(
        "INSERT INTO account(org, id, login, phone, category, director, enabled, password_hash, must_change, created_ms, find)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, 1, ?8, ?9)"
    );
    let login = account.login().as_str();
    let Spelled { find, .. } = Spelled::of(login);
    let values = row![act.org, &account.id, login, &account.phone, account.role, account.enabled, hash, act.at, &find];
    tx.execute(insert, &values).await?;
    let org: Org = act.org;
    let lead = sql!("INSERT INTO login_org(login, org) VALUES (?1, ?2)");
    tx.execute(lead, &row![login, org]).await.map(drop)
}
