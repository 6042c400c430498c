//! Founding a firm, in one transaction. It stands outside the frame of commands: the administrator has no account and no
//! form that could be sent twice, and the frame would store the outcome with its passwords.

use super::{
    FirmError,
    check::{Ground, check},
    write::{Hashed, write},
};
use crate::{
    keys::{KeyError, Keys},
    office::{Office, rule::rules},
    org::Org,
    password::{self, PasswordError, check_new},
    query,
    random::{uuid_v4, uuid_v7},
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Category,
    code::Code,
    id::{AccountId, IncarnationId, ProjectId},
};
use firebee_protocol::catalogue::Pack;
use serde_json::Value;
use std::sync::Arc;

/// How accounts get their passwords.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirmOptions {
    /// One password for all accounts; `None` makes a random one for each.
    pub password: Option<String>,
    /// One password for each account, in the order of the file; they go before `password`.
    pub each: Vec<String>,
    /// Whether the first sign-in on the console does not ask for another password.
    pub keep_passwords: bool,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The firm.
    pub org: Org,
    /// Its accounts, in the order of the file.
    pub accounts: Vec<CreatedAccount>,
    /// Its projects, in the order of the file.
    pub projects: Vec<ProjectId>,
}

/// An account and the password that nobody will be told again.
#[derive(Clone, PartialEq, Eq)]
pub struct CreatedAccount {
    /// Its id.
    pub id: AccountId,
    /// The holder's name.
    pub name: String,
    /// What to sign in as.
    pub login: String,
    /// The password.
    pub password: String,
    /// What it is.
    pub category: Category,
}

impl std::fmt::Debug for CreatedAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedAccount").field("id", &self.id).field("category", &self.category).finish_non_exhaustive()
    }
}

/// Why a firm is not founded. Nothing of it is written then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreateFirmError {
    /// The file, with everything that is wrong in it.
    #[error("the firm's file has {} errors", .0.len())]
    File(Vec<FirmError>),
    /// There are not as many passwords as accounts.
    #[error("accounts in the file: {accounts}, passwords given: {given}")]
    Passwords {
        /// Accounts in the file.
        accounts: usize,
        /// Passwords that were given.
        given: usize,
    },
    /// The given password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The firm's key cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { CreateFirmError [Password], }

impl CreateFirmError {
    /// The stable code of this error; of a file that of its first error.
    pub fn code(&self) -> Code {
        match self {
            Self::File(errors) => errors.first().map_or(Code::FieldMalformed, |error| error.code),
            Self::Passwords { .. } => Code::FieldMalformed,
            Self::Password(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Founds the firm that the file describes: everything or nothing.
///
/// # Errors
/// See [`CreateFirmError`].
pub async fn create(office: &Office, file: Value, options: &FirmOptions) -> Result<Created, CreateFirmError> {
    options.password.iter().chain(&options.each).try_for_each(|password| check_new(password))?;
    let now = office.clock.now();
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    uuid_v7(&office.clock).map_err(lost)?;
    // The line above showed that the system gives random bytes. If it stops, two ids are the same, and the database
    // refuses the second row.
    let id = || uuid_v7(&office.clock).unwrap_or_default();
    let read = async |tx: &mut Tx| query::region::region(tx).await;
    let region = office.store.read::<_, StoreError, _>("read_region", read).await?;
    let (today, fence_radius_m) = (now.china_day(), region.fence_radius_m);
    let ground = Ground { today, catalogue: &Pack::embedded().catalogue, fence_radius_m, id: &id };
    let draft = check(file, &ground).map_err(CreateFirmError::File)?;
    let (wanted, given) = (draft.accounts.len(), options.each.len());
    if given > 0 && given != wanted {
        return Err(CreateFirmError::Passwords { accounts: wanted, given });
    }
    let mut each = options.each.iter();
    let mut hashed = Vec::with_capacity(draft.accounts.len());
    let mut accounts = Vec::with_capacity(draft.accounts.len());
    for (account, category) in &draft.accounts {
        let password = match each.next().or(options.password.as_ref()) {
            Some(password) => password.clone(),
            None => password::random().map_err(lost)?,
        };
        let hash = office.passwords.hash(password.clone()).await?;
        hashed.push(Hashed {
            account: account.clone(),
            category: *category,
            hash,
            must_change: !options.keep_passwords,
        });
        let (name, login) = (account.name.clone(), account.login().as_str().to_owned());
        accounts.push(CreatedAccount { id: account.id, name, login, password, category: *category });
    }
    let projects = draft.projects.iter().map(|project| project.id).collect();
    let (draft, hashed) = (Arc::new(draft), Arc::new(hashed));
    let incarnation = uuid_v4().map(IncarnationId).map_err(lost)?;
    let keys = Keys { incarnation, signing: office.keyring.make(draft.organisation.id)? };
    let seal = keys.seal();
    let writing = office.clone();
    let job = async move |tx: &mut Tx| write(tx, &writing, &draft, &hashed, (seal, now)).await;
    let org = office.store.write("create_firm", job).await?;
    Ok(Created { org, accounts, projects })
}
