//! Somebody who forgot the password gets another one for the next sign-in.

use crate::{
    office::{
        Office,
        act::{Noted, note},
        rule::rules,
    },
    org::Org,
    password::{self, PasswordError, check_new},
    query::org::of_login,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, RequestId},
};

/// Why a password stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResetPasswordError {
    /// No account has this login.
    #[error("no account has this login")]
    AccountUnknown,
    /// The given password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { ResetPasswordError [Password], }

impl ResetPasswordError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::AccountUnknown => Code::AccountUnknown,
            Self::Password(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Gives the account of a login another password, random unless `given`, and returns it. The next sign-in, on the phone
/// or on the console, asks its holder for another one. All console sessions of the account end; a signed-in phone stays signed in. The work log has the act without
/// the password.
///
/// # Errors
/// See [`ResetPasswordError`].
pub async fn reset_password(office: &Office, login: &str, given: Option<String>) -> Result<String, ResetPasswordError> {
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let password = match given {
        Some(given) => check_new(&given).map(|()| given)?,
        None => password::random().map_err(lost)?,
    };
    let hash = office.passwords.hash(password.clone()).await?;
    let request = RequestId(uuid_v4().map_err(lost)?);
    let (login, at, keys) = (login.to_owned(), office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let (org, account) = of_login(tx, &login).await?.ok_or(ResetPasswordError::AccountUnknown)?;
        set(tx, org, account, &hash).await?;
        let (keys, kind, about) = (&keys, "reset_password", account.into());
        Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: "{}" }).await?)
    };
    office.store.write::<_, ResetPasswordError, _>("reset_password", job).await?;
    Ok(password)
}

/// Replaces the password of an account and ends its console sessions. Whoever guessed at the old password need not wait
/// with the new one.
pub(super) async fn set(tx: &mut Tx, org: Org, account: AccountId, hash: &str) -> Result<(), StoreError> {
    let set = sql!("UPDATE account SET password_hash = ?3, must_change = 1 WHERE org = ?1 AND id = ?2");
    tx.execute(set, &row![org, &account, hash]).await?;
    let end = sql!("DELETE FROM console_session WHERE org = ?1 AND account = ?2");
    tx.execute(end, &row![org, &account]).await?;
    let forget = sql!(
        "DELETE FROM sign_in_failure WHERE login = (SELECT a.login FROM account a WHERE a.org = ?1 AND a.id = ?2)"
    );
    tx.execute(forget, &row![org, &account]).await.map(drop)
}
