//! Checks a login and a password, from the app or the console. An unknown login and a wrong password look the same.
//! Only after the right password is a person told that the account is closed or not for this client.

use crate::{
    office::Office,
    query::session::{SignInRow, by_login},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Login, client_allowed},
    code::Code,
    session::ClientKind,
};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Wrong passwords without a wait: people type with gloves on small keys.
const FREE_FAILURES: i64 = 3;
/// The longest wait after a wrong password, in milliseconds. Nobody is ever locked out for good.
const DELAY_MS_MAX: i64 = 300_000;
/// After this time without an attempt the failures are forgotten, in milliseconds.
const FORGET_MS: i64 = 86_400_000;

/// The typed credentials, and where they were typed.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The login account.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// App or console.
    pub client: ClientKind,
    /// The network address of the client. A wait holds for one login from one address.
    pub address: &'a str,
}

/// Why somebody is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Too soon after wrong passwords.
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

/// Checks a login and its password for a client, and returns the account.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(office: &Office, credentials: Credentials<'_>) -> Result<SignInRow, SignInError> {
    let login = Login::new(credentials.login).map_or_else(|_| no_login(credentials.login), String::from);
    attempt(office, login.clone(), credentials.address.to_owned()).await?;
    let key = login.clone();
    let found = office.store.read("find_login", async move |tx: &mut Tx| by_login(tx, &key).await).await?;
    let stored = found.as_ref().map(|row| row.password_hash.clone());
    let verified = office.passwords.verify(credentials.password.to_owned(), stored).await;
    let Some(row) = found.filter(|_| verified) else {
        metrics::counter!("firebee_sign_in_failures_total").increment(1);
        return Err(SignInError::Failed);
    };
    forget(office, login, credentials.address.to_owned()).await?;
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

/// Counts an attempt before the password is checked, so that parallel attempts count too.
async fn attempt(office: &Office, login: String, address: String) -> Result<(), SignInError> {
    let now = office.clock.now();
    let job = async move |tx: &mut Tx| {
        let lock = sql!(
            "INSERT INTO sign_in_failure(login, address, failures, last_ms) VALUES (?1, ?2, 0, ?3)
             ON CONFLICT (login, address) DO UPDATE SET failures = sign_in_failure.failures
             RETURNING failures, last_ms"
        );
        let row = tx.query_opt(lock, &row![&login, &address, now]).await?;
        let (failures, last) = row.map_or(Ok((0, now)), |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?)))?;
        let wait_ms = last.plus_ms(delay_ms(failures)).ms_since(now);
        // A clock that was set back makes nobody wait for longer than the longest wait.
        if wait_ms > 0 && wait_ms <= DELAY_MS_MAX {
            return Err(SignInError::Wait { seconds: u32::try_from(wait_ms.div_euclid(1_000) + 1).unwrap_or(1) });
        }
        let count =
            sql!("UPDATE sign_in_failure SET failures = failures + 1, last_ms = ?3 WHERE login = ?1 AND address = ?2");
        tx.execute(count, &row![&login, &address, now]).await?;
        if failures == 0 {
            let sweep = sql!("DELETE FROM sign_in_failure WHERE last_ms < ?1");
            tx.execute(sweep, &row![now.plus_ms(-FORGET_MS)]).await?;
        }
        Ok(())
    };
    office.store.write("note_sign_in", job).await
}

async fn forget(office: &Office, login: String, address: String) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let forget = sql!("DELETE FROM sign_in_failure WHERE login = ?1 AND address = ?2");
        tx.execute(forget, &row![&login, &address]).await.map(drop)
    };
    office.store.write("forget_failures", job).await
}

/// The wait after so many wrong passwords, in milliseconds: none at first, then doubling from two seconds to five
/// minutes.
fn delay_ms(failures: i64) -> i64 {
    let doublings = u32::try_from(failures.saturating_sub(FREE_FAILURES)).unwrap_or(0).min(20);
    if doublings == 0 { 0 } else { (1_000_i64 << doublings).min(DELAY_MS_MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_no_further() {
        let delays: Vec<i64> = [0, 3, 4, 5, 6, 10, 11, 12, 1_000_000].map(delay_ms).to_vec();
        assert_eq!(delays, [0, 0, 2_000, 4_000, 8_000, 128_000, 256_000, 300_000, 300_000]);
    }
}
