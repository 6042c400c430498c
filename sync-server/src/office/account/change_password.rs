//! Somebody chooses a new password.

use crate::{
    office::{
        Act, Office, Refused, Rule,
        command::command,
        session::attempt::{AttemptError, check},
    },
    password::{PasswordError, Source, check_new},
    query::act::of_request,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::code::Code;
use firebee_protocol::{act::OfficeAct, text::named::Values};
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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

    fn values(&self) -> Values {
        match self {
            Self::Password(error) => error.values(),
            _ => Values::new(),
        }
    }
}

/// The values to store. None of them is logged with the act.
#[derive(Serialize)]
struct Kept {
    #[serde(skip)]
    hash: String,
    #[serde(skip)]
    session: [u8; 32],
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Changes the password of the actor's own account and ends its other console sessions. The act is kept without the
/// passwords, so what tells a repeated request from another one is the password that holds by then.
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
    let before = before(office, &act).await?;
    if before.used {
        return repeated(office, &wanted, before).await;
    }
    is_now(office, &wanted, &wanted.old, before.hash).await?;
    let hash = office.passwords.hash(wanted.new.clone()).await.map_err(ChangePasswordError::from)?;
    let done = Arc::new(AtomicBool::new(false));
    let kept = Kept { hash, session: wanted.session, done: Arc::clone(&done) };
    command(&office.store, act.clone(), ACTION, act.actor.account, kept, run).await?;
    if done.load(Ordering::Relaxed) {
        return Ok(());
    }
    // The same request came twice at once, and the other one was first.
    let before = self::before(office, &act).await?;
    repeated(office, &wanted, before).await
}

/// What the act is called.
pub(super) const ACTION: &str = "change_password";

/// What stands before a change.
struct Before {
    /// The hash of the password that holds.
    hash: Option<String>,
    /// Whether the request id was used before, and whether for a change of this account's password.
    used: bool,
    same: bool,
}

async fn before(office: &Office, act: &Act) -> Result<Before, StoreError> {
    let (org, account, request) = (act.org, act.actor.account, act.request);
    let read = async move |tx: &mut Tx| {
        let hash = sql!("SELECT password_hash FROM account WHERE org = ?1 AND id = ?2");
        let hash = tx.query_opt(hash, &row![org, &account]).await?.map(|row| row.get(0)).transpose()?;
        let event = of_request(tx, org, request).await?;
        let is_same = |(act, _): &(OfficeAct, String)| act.account == Some(account) && act.kind == ACTION;
        let same = event.as_ref().is_some_and(is_same);
        Ok(Before { hash, used: event.is_some(), same })
    };
    office.store.read("find_password", read).await
}

/// A request that was done before has its effect already, if it wants the password that holds now.
async fn repeated(
    office: &Office,
    wanted: &ChangePassword,
    before: Before,
) -> Result<(), Refused<ChangePasswordError>> {
    if !before.same {
        return Err(Refused::RequestTaken);
    }
    match is_now(office, wanted, &wanted.new, before.hash).await {
        Err(Refused::Rule(ChangePasswordError::Wrong)) => Err(Refused::RequestTaken),
        other => other,
    }
}

/// Whether a typed password is the one that holds. Whoever guesses waits as when signing in.
async fn is_now(
    office: &Office,
    wanted: &ChangePassword,
    typed: &str,
    hash: Option<String>,
) -> Result<(), Refused<ChangePasswordError>> {
    match check(office, &wanted.login, &wanted.source, typed, hash).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ChangePasswordError::Wrong.into()),
        Err(AttemptError::Wait { seconds }) => Err(ChangePasswordError::Wait { seconds }.into()),
        Err(AttemptError::Store(error)) => Err(error.into()),
    }
}

async fn run(tx: &mut Tx, act: &Act, kept: &Kept) -> Result<(), Refused<ChangePasswordError>> {
    replace(tx, act, &kept.hash, Some(&kept.session)).await?;
    kept.done.store(true, Ordering::Relaxed);
    Ok(())
}

/// Writes the hash of the actor's own password, and ends the console sessions but the one that stays.
pub(super) async fn replace(tx: &mut Tx, act: &Act, hash: &str, stays: Option<&[u8; 32]>) -> Result<(), StoreError> {
    let (org, account) = (act.org, &act.actor.account);
    let change = sql!("UPDATE account SET password_hash = ?3, must_change = 0 WHERE org = ?1 AND id = ?2");
    tx.execute(change, &row![org, account, hash]).await?;
    // No session has the hash of zeros.
    let end = sql!("DELETE FROM console_session WHERE org = ?1 AND account = ?2 AND hash <> ?3");
    tx.execute(end, &row![org, account, stays.unwrap_or(&[0; 32])]).await.map(drop)
}
