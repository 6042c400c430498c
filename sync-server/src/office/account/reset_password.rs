//! Somebody who forgot the password gets another one for the next sign-in.

use crate::{
    office::{
        Office,
        act::{Event, note},
    },
    password::{self, PasswordError, check_new},
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

/// Gives the account of a login another password, random unless `given`, and returns it. Its holder has to change it
/// . All console sessions of the account end; a signed-in phone stays signed in. The work log has the act without
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
    let (login, at) = (login.trim().to_owned(), office.clock.now());
    let job = async move |tx: &mut Tx| {
        let row = tx.query_opt(sql!("SELECT id FROM account WHERE login = ?1"), &row![&login]).await?;
        let account: AccountId = row.ok_or(ResetPasswordError::AccountUnknown)?.get(0)?;
        set(tx, account, &hash).await?;
        let (subject, body) = (account.to_string(), serde_json::json!({ "by": "admin" }).to_string());
        let action = "reset_password";
        note(tx, Event { request, account, at, action, subject: &subject, body: &body }).await.map(drop)?;
        Ok::<_, ResetPasswordError>(())
    };
    office.store.write("reset_password", job).await?;
    Ok(password)
}

/// Replaces the password of an account and ends its console sessions. Whoever guessed at the old password need not wait
/// with the new one.
pub(super) async fn set(tx: &mut Tx, account: AccountId, hash: &str) -> Result<(), StoreError> {
    let set = sql!("UPDATE account SET password_hash = ?2, must_change = 1 WHERE id = ?1");
    tx.execute(set, &row![&account, hash]).await?;
    tx.execute(sql!("DELETE FROM console_session WHERE account = ?1"), &row![&account]).await?;
    let forget = sql!("DELETE FROM sign_in_failure WHERE login = (SELECT login FROM account WHERE id = ?1)");
    tx.execute(forget, &row![&account]).await.map(drop)
}
