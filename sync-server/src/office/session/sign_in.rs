//! Checks a login and a password, from the app or the console. An unknown login and a wrong password look the same.
//! Only after the right password is a person told that the account is closed or not for this client.

use super::attempt::{AttemptError, check};
use crate::{
    observe::{self, Counter},
    office::Office,
    password::Source,
    query::session::{SignInRow, by_login},
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Login, client_allowed},
    code::Code,
    session::ClientKind,
};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The typed credentials.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The login account.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// App or console.
    pub client: ClientKind,
    /// Where they were typed.
    pub source: &'a Source,
}

/// Why somebody is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Too soon after wrong passwords, or too many passwords wait.
    #[error("too soon after wrong passwords")]
    Wait {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The login is unknown or the password is wrong. The answer does not say which.
    #[error("the login or the password is wrong")]
    Failed,
    /// R-033, told only after the right password.
    #[error("the account is disabled")]
    AccountDisabled,
    /// R-031, told only after the right password.
    #[error("this account does not sign in with this client")]
    ClientNotAllowed,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Wait { .. } => Code::SlowDown,
            Self::Failed => Code::SignInFailed,
            Self::AccountDisabled => Code::AccountDisabled,
            Self::ClientNotAllowed => Code::ClientNotAllowed,
            Self::Store(error) => error.code(),
        }
    }
}

impl From<AttemptError> for SignInError {
    fn from(error: AttemptError) -> Self {
        match error {
            AttemptError::Wait { seconds } => Self::Wait { seconds },
            AttemptError::Store(error) => Self::Store(error),
        }
    }
}

/// Checks a login and its password for a client, and returns the account.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(office: &Office, credentials: Credentials<'_>) -> Result<SignInRow, SignInError> {
    let login = Login::new(credentials.login).map_or_else(|_| no_login(credentials.login), String::from);
    let key = login.clone();
    let found = office.store.read("find_login", async move |tx: &mut Tx| by_login(tx, &key).await).await?;
    let stored = found.as_ref().map(|row| row.password_hash.clone());
    let verified = check(office, &login, credentials.source, credentials.password, stored).await?;
    let Some(row) = found.filter(|_| verified) else {
        observe::count(Counter::SignInFailed);
        return Err(SignInError::Failed);
    };
    if !row.enabled {
        return Err(SignInError::AccountDisabled);
    }
    if !client_allowed(row.role, credentials.client) {
        return Err(SignInError::ClientNotAllowed);
    }
    Ok(row)
}

/// The key under which failures of a malformed login are counted. Each malformed text gets a key of its own, a hash
/// that no real login can equal. With one key for all of them, a person's typing error would make other people at the
/// same address wait.
fn no_login(typed: &str) -> String {
    let digest = Sha256::digest(typed.as_bytes());
    // No login has a space inside.
    digest.iter().fold(String::from("no login "), |mut key, byte| {
        // Writing to a String never fails.
        write!(key, "{byte:02x}").ok();
        key
    })
}
