//! Somebody chooses a new password.

use crate::{
    office::{
        Act, Office, Refused, Rule,
        command::command,
        session::attempt::{AttemptError, check},
    },
    password::{PasswordError, Source, check_new},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::code::Code;
use serde::Serialize;

/// What somebody typed.
#[derive(Clone)]
pub struct ChangePassword {
    /// The present password.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
    /// The session that stays. All other sessions of the account end.
    pub session: [u8; 32],
    /// What the account signs in as.
    pub login: String,
    /// Where this was typed. Waits after wrong passwords are those of signing in.
    pub source: Source,
}

/// Why a password is not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordError {
    /// Too soon after wrong passwords.
    #[error("too soon after wrong passwords")]
    Wait {
        /// Seconds to wait.
        seconds: u32,
    },
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
}

impl Rule for ChangePasswordError {
    fn code(&self) -> Code {
        match self {
            Self::Wait { .. } => Code::SlowDown,
            Self::Wrong => Code::PasswordWrong,
            Self::Differs => Code::PasswordDiffers,
            Self::Same => Code::PasswordSame,
            Self::Password(error) => error.code(),
        }
    }
}

/// The values to store. None of them is logged with the act.
#[derive(Serialize)]
pub(super) struct Kept {
    #[serde(skip)]
    pub(super) hash: String,
    /// The hash of the password that its holder has proved.
    #[serde(skip)]
    pub(super) proved: String,
    /// The console session that stays, if any.
    #[serde(skip)]
    pub(super) session: Option<[u8; 32]>,
}

/// Changes the password of the actor's own account and ends its other console sessions.
///
/// # Errors
/// [`Refused`].
pub async fn change_password(
    office: &Office,
    act: Act,
    wanted: ChangePassword,
) -> Result<(), Refused<ChangePasswordError>> {
    if wanted.new != wanted.again {
        return Err(ChangePasswordError::Differs.into());
    }
    check_new(&wanted.new).map_err(ChangePasswordError::from)?;
    if wanted.new == wanted.old {
        return Err(ChangePasswordError::Same.into());
    }
    let (org, account) = (act.org, act.actor.account);
    let stored = office.store.read("find_password", async move |tx: &mut Tx| {
        let find = sql!("SELECT password_hash FROM account WHERE org = ?1 AND id = ?2");
        let row = tx.query_opt(find, &row![org, &account]).await?;
        row.map(|row| row.get::<String>(0)).transpose()
    });
    let stored: Result<_, StoreError> = stored.await;
    let proved = stored?.ok_or(Refused::NotFound)?;
    match check(office, &wanted.login, &wanted.source, &wanted.old, Some(proved.clone())).await {
        Ok(true) => {}
        Ok(false) => return Err(ChangePasswordError::Wrong.into()),
        Err(AttemptError::Wait { seconds }) => return Err(ChangePasswordError::Wait { seconds }.into()),
        Err(AttemptError::Store(error)) => return Err(error.into()),
    }
    let hash = office.passwords.hash(wanted.new).await.map_err(ChangePasswordError::from)?;
    let kept = Kept { hash, proved, session: Some(wanted.session) };
    command(&office.store, act, "change_password", account, kept, keep::<ChangePasswordError>).await
}

/// Writes the new hash, if the password that was proved still holds: a manager may have replaced it meanwhile.
pub(super) async fn keep<R>(tx: &mut Tx, act: &Act, kept: &Kept) -> Result<(), Refused<R>> {
    let (org, account) = (act.org, &act.actor.account);
    let change = sql!(
        "UPDATE account SET password_hash = ?3, must_change = 0 WHERE org = ?1 AND id = ?2 AND password_hash = ?4"
    );
    if tx.execute(change, &row![org, account, &kept.hash, &kept.proved]).await? == 0 {
        return Err(Refused::NotFound);
    }
    // No session has the empty hash.
    let stays = kept.session.as_ref().map_or(&[][..], |session| &session[..]);
    let end = sql!("DELETE FROM console_session WHERE org = ?1 AND account = ?2 AND hash <> ?3");
    tx.execute(end, &row![org, account, stays]).await?;
    Ok(())
}
