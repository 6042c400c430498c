//! A manager makes an account for somebody on the personnel list (R-026… ). Its password is random and shown once.

use super::tell_crew;
use crate::{
    office::{
        Act, Flaw, Office, Refused, Rule,
        command::command,
        firm::write::{Hashed, account, known, login_is_free},
    },
    password, query,
    random::uuid_v7,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{AccountError, Action, Category, NewAccount, Subject, may, new_account},
    code::Code,
    id::{AccountId, PersonId},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What is wanted, as typed. The log keeps neither phone nor login.
#[derive(Clone, Debug, Serialize)]
pub struct Make {
    /// Who of the list gets it.
    pub person: PersonId,
    /// The phone number.
    #[serde(skip)]
    pub phone: String,
    /// What to sign in as; empty takes the phone number.
    #[serde(skip)]
    pub login: String,
    /// What it is for.
    pub category: Category,
}

/// Why an account is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// The person left the firm, so there is nobody who could hold it.
    #[error("the person is not on the personnel list any more")]
    NotOnPersonnelList,
    /// What the domain says of it.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// another account has this login.
    #[error("the login is taken")]
    LoginTaken,
}

impl MakeError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOnPersonnelList => Code::NotOnPersonnelList,
            Self::Account(error) => error.code(),
            Self::LoginTaken => Code::LoginTaken,
        }
    }
}

impl Rule for MakeError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Account(error) => error.values(),
            Self::NotOnPersonnelList | Self::LoginTaken => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = match self {
            Self::NotOnPersonnelList => "person",
            Self::Account(AccountError::PhoneMalformed) => "phone",
            Self::Account(AccountError::QualificationInsufficient) => "category",
            Self::Account(AccountError::Text(_)) | Self::LoginTaken => "login",
        };
        vec![Flaw { at: at.into(), code: (*self).code(), values: self.values() }]
    }
}

/// What the command is given beside what is wanted; none of it is logged.
#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    make: Make,
    #[serde(skip)]
    office: Office,
    #[serde(skip)]
    id: AccountId,
    #[serde(skip)]
    hash: String,
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Makes it, disabled as every new one, and returns login and password. The same form sent twice shows no password
/// the second time.
///
/// # Errors
/// [`Refused`], also when this actor makes no accounts, or the person is not of the firm.
pub async fn make(office: &Office, act: Act, make: Make) -> Result<(String, String), Refused<MakeError>> {
    // Whoever may not do this costs no hash.
    if !may(&act.actor, Action::CreateAccount, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let password = password::random().map_err(lost)?;
    let id = AccountId(uuid_v7(&office.clock).map_err(lost)?);
    let hash = office.passwords.hash(password.clone()).await;
    let hash = hash.map_err(|error| StoreError::Lost(error.to_string()))?;
    let done = Arc::new(AtomicBool::new(false));
    let about = make.person;
    let wanted = Wanted { make, office: office.clone(), id, hash, done: Arc::clone(&done) };
    let login = command(&office.store, act, "make_account", about, wanted, run).await?;
    if done.load(Ordering::Relaxed) { Ok((login, password)) } else { Err(Refused::RequestTaken) }
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<String, Refused<MakeError>> {
    let (org, Wanted { make, office, id, hash, done }) = (act.org, wanted);
    let person = query::member::person(tx, org, make.person).await?.ok_or(Refused::NotFound)?;
    if person.is_gone() {
        return Err(MakeError::NotOnPersonnelList.into());
    }
    let Make { phone, login, category, .. } = make;
    let new = NewAccount { id: *id, person: &person, phone, login, category: *category };
    let made = new_account(&new, act.at.china_day()).map_err(MakeError::from)?;
    let login = made.login().as_str().to_owned();
    if !login_is_free(tx, &login).await? {
        return Err(MakeError::LoginTaken.into());
    }
    let organisation = query::org::organisation(tx, org).await?;
    tell_crew::lock(tx, org, Some(*id)).await?;
    let made = Hashed { account: made, category: *category, hash: hash.clone(), must_change: true };
    account(tx, (org, office), &made, &organisation, &person, act.at).await?;
    known(tx, (org, office), &made, &organisation, &[person]).await?;
    tell_crew::tell(tx, org).await?;
    done.store(true, Ordering::Relaxed);
    Ok(login)
}
