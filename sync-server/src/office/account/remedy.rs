//! A manager helps the holder of an account: opens or closes it, replaces a forgotten password, or frees it from
//! a lost phone.

use super::{reset_password, toggle};
use crate::{
    office::{Act, Office, Refused, command::command, session::force_release},
    org::Org,
    password, row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Subject, may},
    id::AccountId,
    text::{self, TEXT_MAX, TextError},
};
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Its holder may sign in.
    Open,
    /// Its holder may not sign in, and who is signed in is refused.
    Close,
    /// Another password, random and for the next sign-in.
    ResetPassword,
    /// The phone that holds it is lost.
    ReleasePhone,
}

impl Remedy {
    /// Whether a phone loses its account by it. Then the work log says why.
    const fn takes_account(self) -> bool {
        matches!(self, Self::Close | Self::ReleasePhone)
    }

    const fn action(self) -> Action {
        match self {
            Self::Open | Self::Close => Action::ToggleAccount,
            Self::ResetPassword => Action::ResetPassword,
            Self::ReleasePhone => Action::ForceRelease,
        }
    }
}

#[derive(Serialize)]
struct Wanted {
    account: AccountId,
    remedy: Remedy,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    /// Never logged.
    #[serde(skip)]
    hash: Option<String>,
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Helps with another account of the actor's firm; `reason` is as typed, and required where a phone loses its account.
/// Returns the new password after a reset: nobody can read it again, so the same form sent twice shows none the second
/// time.
///
/// # Errors
/// [`Refused`]: the reason cannot be taken; or the account is not there, is the actor's own, or is not the actor's to
/// help.
pub async fn remedy(
    office: &Office,
    act: Act,
    account: AccountId,
    (remedy, reason): (Remedy, &str),
) -> Result<Option<String>, Refused<TextError>> {
    // Whoever may not do this costs no hash.
    let actor = act.actor.clone();
    let org = act.org;
    office.store.read("find_subject", async move |tx: &mut Tx| find(tx, org, &actor, account, remedy).await).await?;
    let reason = if remedy.takes_account() { text::required(reason, TEXT_MAX)? } else { String::new() };
    let (password, hash) = if remedy == Remedy::ResetPassword {
        let password = password::random().map_err(|error| StoreError::Lost(error.to_string()))?;
        let hash = office.passwords.hash(password.clone()).await;
        (Some(password), Some(hash.map_err(|error| StoreError::Lost(error.to_string()))?))
    } else {
        (None, None)
    };
    let done = Arc::new(AtomicBool::new(false));
    let wanted = Wanted { account, remedy, reason, hash, done: Arc::clone(&done) };
    let name = match remedy {
        Remedy::Open | Remedy::Close => "toggle_account",
        Remedy::ResetPassword => "reset_password",
        Remedy::ReleasePhone => "force_release",
    };
    command(&office.store, act, name, account, wanted, run).await?;
    if password.is_some() && !done.load(Ordering::Relaxed) {
        return Err(Refused::RequestTaken);
    }
    Ok(password)
}

/// Finds the account, if it is the actor's to help in this way.
async fn find(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    account: AccountId,
    remedy: Remedy,
) -> Result<(), Refused<TextError>> {
    let find = sql!("SELECT enabled FROM account WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &account]).await?.ok_or(Refused::NotFound)?;
    if account == actor.account || !may(actor, remedy.action(), &Subject::of(org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    Ok(())
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<(), Refused<TextError>> {
    let (org, account) = (act.org, wanted.account);
    find(tx, org, &act.actor, account, wanted.remedy).await?;
    match (wanted.remedy, &wanted.hash) {
        (Remedy::Open, _) => toggle::set(tx, org, account, true).await?,
        (Remedy::Close, _) => toggle::set(tx, org, account, false).await?,
        (Remedy::ReleasePhone, _) => {
            force_release::take_from_phone(tx, org, account, act.event()).await.map(drop)?;
        }
        (Remedy::ResetPassword, Some(hash)) => reset_password::set(tx, org, account, hash).await?,
        (Remedy::ResetPassword, None) => return Err(Refused::NotFound),
    }
    wanted.done.store(true, Ordering::Relaxed);
    Ok(())
}
