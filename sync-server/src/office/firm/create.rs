//! The firm is made: checked whole, kept in one transaction, its people told what they may do.

use super::{
    check::{self, Checked, FirmError},
    keep,
    new::NewFirm,
};
use crate::{
    auth::password::{check_new, random},
    state::App,
    store::Tx,
};
use firebee_domain::{
    account::{Account, Role},
    id::{AccountId, OrganisationId, ProjectId},
};

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The accounts, in the order of the people.
    pub accounts: Vec<FoundedAccount>,
    /// The projects, in the order given.
    pub projects: Vec<ProjectId>,
}

/// An account that was made. Its password is known here and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundedAccount {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// What to sign in with.
    pub login: String,
    /// The password.
    pub password: String,
    /// Whether it was made up here and has to be changed at the first sign-in on the console.
    pub must_change: bool,
}

impl std::fmt::Debug for FoundedAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A password is in no log.
        f.debug_struct("FoundedAccount").field("account", &self.account).field("login", &self.login).finish()
    }
}

/// An account with the hash of its password.
#[derive(Clone)]
pub(super) struct Hashed {
    pub account: Account,
    pub hash: String,
    pub must_change: bool,
}

/// Makes a firm with its people, owners, contracts and projects; all of it or nothing. The session document of every
/// operator and lead, and every project for its lead, is published with it.
///
/// # Errors
/// See [`FirmError`]; nothing was kept.
pub async fn create_firm(app: &App, new: &NewFirm) -> Result<Founded, FirmError> {
    let firm = check::check(new, &app.clock, app.config.fence_radius_m)?;
    let (mut accounts, mut hashed) = (Vec::new(), Vec::new());
    for (person, account) in &firm.accounts {
        let given = new.people.get(*person).and_then(|person| person.account.as_ref()?.password.clone());
        let must_change = given.is_none();
        let password = match given {
            Some(password) => {
                check_new(&password)?;
                password
            }
            None => random()?,
        };
        let hash = app.passwords.hash(password.clone()).await?;
        hashed.push(Hashed { account: account.clone(), hash, must_change });
        accounts.push(FoundedAccount {
            account: account.id,
            name: account.name.clone(),
            role: account.role,
            login: account.login().as_str().to_owned(),
            password,
            must_change,
        });
    }
    let founded = Founded {
        organisation: firm.organisation.id,
        accounts,
        projects: firm.projects.iter().map(|project| project.id).collect(),
    };
    write(app, firm, hashed).await?;
    Ok(founded)
}

async fn write(app: &App, firm: Checked, accounts: Vec<Hashed>) -> Result<(), FirmError> {
    let now = app.clock.now();
    app.store.write("create_firm", async move |tx: &mut Tx| keep::firm(tx, &firm, &accounts, now).await).await
}
