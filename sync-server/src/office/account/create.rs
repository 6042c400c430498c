//! Making an account for a person on the personnel list. It stands outside the frame of commands for the reasons
//! of [founding a firm](mod@crate::office::firm::create).

use crate::{
    office::firm::{
        CreatedAccount,
        write::{Hashed, account, known, login_is_free},
    },
    office::{Office, account::tell_crew, rule::rules},
    password::{self, PasswordError, check_new},
    query::member::listed,
    random::uuid_v7,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{AccountError, Category, NewAccount, new_account},
    code::Code,
    id::AccountId,
};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedAccount {
    /// The organisation's name.
    pub organisation: String,
    /// The person's name on its personnel list.
    pub person: String,
    /// The phone number.
    pub phone: String,
    /// What to sign in as; empty takes the phone number.
    pub login: String,
    /// What it is for.
    pub category: Category,
    /// Whether it is open at once.
    pub enabled: bool,
    /// The password; `None` makes a random one.
    pub password: Option<String>,
}

/// Why an account is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreateAccountError {
    /// no such person, or several, on the list of an organisation of that name.
    #[error("not on the personnel list of that organisation, or not one person only")]
    NotOnPersonnelList,
    /// What the domain says of it.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// another account has this login.
    #[error("the login is taken")]
    LoginTaken,
    /// The given password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { CreateAccountError [Account, Password], }

impl CreateAccountError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotOnPersonnelList => Code::NotOnPersonnelList,
            Self::Account(error) => error.code(),
            Self::LoginTaken => Code::LoginTaken,
            Self::Password(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Makes an account, disabled unless it is to be open at once.
///
/// # Errors
/// See [`CreateAccountError`].
pub async fn create(office: &Office, wanted: &WantedAccount) -> Result<CreatedAccount, CreateAccountError> {
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let password = match &wanted.password {
        Some(password) => check_new(password).map(|()| password.clone())?,
        None => password::random().map_err(lost)?,
    };
    let (id, now) = (AccountId(uuid_v7(&office.clock).map_err(lost)?), office.clock.now());
    let hash = office.passwords.hash(password.clone()).await?;
    let (asked, writing) = (wanted.clone(), office.clone());
    let job = async move |tx: &mut Tx| {
        let (org, organisation, person) =
            listed(tx, &asked.organisation, &asked.person).await?.ok_or(CreateAccountError::NotOnPersonnelList)?;
        let new =
            NewAccount { id, person: &person, phone: &asked.phone, login: &asked.login, category: asked.category };
        let mut made = new_account(&new, now.china_day())?;
        made.enabled = asked.enabled;
        if !login_is_free(tx, made.login().as_str()).await? {
            return Err(CreateAccountError::LoginTaken);
        }
        tell_crew::lock(tx, org, Some(id)).await?;
        let out = (made.name.clone(), made.login().as_str().to_owned());
        let made = Hashed { account: made, category: asked.category, hash, must_change: true };
        account(tx, (org, &writing), &made, &organisation, &person, now).await?;
        known(tx, (org, &writing), &made, &organisation, &[person]).await?;
        tell_crew::tell(tx, org).await?;
        Ok(out)
    };
    let (name, login) = office.store.write("create_account", job).await?;
    Ok(CreatedAccount { id, name, login, password, category: wanted.category })
}
