//! Somebody chooses a new password.

use crate::{
    auth::{
        Passwords,
        password::{PasswordError, check_new},
    },
    office::{
        Act,
        act::{Begun, begin},
    },
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_protocol::problem::Code;
use serde_json::json;

/// What somebody typed.
#[derive(Clone)]
pub struct ChangePassword {
    /// The present password.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
    /// The session that stays; every other one of the account ends.
    pub session: [u8; 32],
}

/// Why a password is not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordError {
    /// The present password is another one.
    #[error("the present password is another one")]
    Wrong,
    /// The new password was typed in two ways.
    #[error("the new password was typed in two ways")]
    Differs,
    /// It is the password that was given.
    #[error("the new password is the old one")]
    Same,
    /// The new one cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ChangePasswordError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Wrong => Code::PasswordWrong,
            Self::Differs => Code::PasswordDiffers,
            Self::Same => Code::PasswordSame,
            Self::Password(error) => error.code(),
            Self::RequestTaken => Code::AlreadyDone,
            Self::Store(error) => error.code(),
        }
    }
}

/// Changes the password of the actor's own account and ends its other sessions of the console.
///
/// # Errors
/// See [`ChangePasswordError`].
pub async fn change_password(
    store: &Store,
    passwords: &Passwords,
    act: Act,
    wanted: ChangePassword,
) -> Result<(), ChangePasswordError> {
    if wanted.new != wanted.again {
        return Err(ChangePasswordError::Differs);
    }
    check_new(&wanted.new)?;
    if wanted.new == wanted.old {
        return Err(ChangePasswordError::Same);
    }
    let account = act.actor.account;
    let stored = store.read("find_password", async move |tx: &mut Tx| {
        let find = sql!("SELECT password_hash FROM account WHERE id = ?1");
        let row = tx.query_opt(find, &row![&account.0]).await?;
        row.map(|row| row.get::<String>(0)).transpose()
    });
    if !passwords.verify(wanted.old, stored.await?).await {
        return Err(ChangePasswordError::Wrong);
    }
    let hash = passwords.hash(wanted.new).await?;
    let session = wanted.session;
    store.write("change_password", async move |tx: &mut Tx| keep(tx, &act, &hash, &session).await).await
}

async fn keep(tx: &mut Tx, act: &Act, hash: &str, session: &[u8; 32]) -> Result<(), ChangePasswordError> {
    let account = act.actor.account;
    match begin(tx, act, "change_password", &account.to_string(), &json!({})).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(ChangePasswordError::RequestTaken),
    }
    let change = sql!("UPDATE account SET password_hash = ?2, must_change = 0 WHERE id = ?1");
    tx.execute(change, &row![&account.0, hash]).await?;
    let end = sql!("DELETE FROM console_session WHERE account = ?1 AND hash <> ?2");
    tx.execute(end, &row![&account.0, session]).await?;
    Ok(())
}
