//! The account of a lost phone is freed.

use super::grant::locked;
use crate::{
    office::{
        Office,
        act::{Noted, event, note},
        rule::rules,
    },
    org::Org,
    query::org::of_login,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, stored},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, EventId, RequestId},
    session::{AppSession, Holder},
    text::{self, TEXT_MAX, TextError},
};

/// Why no account is freed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForceReleaseError {
    /// No account has this login.
    #[error("no account has this login")]
    AccountUnknown,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { ForceReleaseError [Reason], }

impl ForceReleaseError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::AccountUnknown => Code::AccountUnknown,
            Self::Reason(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Frees the account of a login, so that another phone can sign in, and notes that in the work log. Returns the
/// phone that held it; `None` when it was free. The phone keeps what it has recorded and its key, which still proves who
/// recorded that. The epoch grows: from then on the server takes what the phone has recorded as late, and nothing else
/// from it. The work log says who freed it, when and why.
///
/// # Errors
/// See [`ForceReleaseError`].
pub async fn force_release(office: &Office, login: &str, reason: &str) -> Result<Option<Holder>, ForceReleaseError> {
    let reason = text::required(reason, TEXT_MAX)?;
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (login, at, keys) = (login.to_owned(), office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let (org, account) = of_login(tx, &login).await?.ok_or(ForceReleaseError::AccountUnknown)?;
        let Some(holder) = take_from_phone(tx, org, account, event(request, at)).await? else { return Ok(None) };
        let body = serde_json::json!({ "store": holder.store, "unsent": holder.unsent_facts, "reason": reason });
        let body = body.to_string();
        let (keys, kind, about) = (&keys, "force_release", account.into());
        note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?;
        Ok(Some(holder))
    };
    office.store.write("force_release", job).await
}

/// Frees an account by an act, and returns the phone that held it.
pub(in crate::office) async fn take_from_phone(
    tx: &mut Tx,
    org: Org,
    account: AccountId,
    act: EventId,
) -> Result<Option<Holder>, StoreError> {
    let session = locked(tx, org, account).await?;
    if session.holder.is_some() {
        free(tx, org, &session, act).await?;
    }
    Ok(session.holder)
}

/// Takes a session, which is locked, from the phone that holds it. The phone's row names the act.
pub(super) async fn free(tx: &mut Tx, org: Org, session: &AppSession, act: EventId) -> Result<(), StoreError> {
    let freed = session.force_release();
    if let Some(holder) = &session.holder {
        let by = sql!("UPDATE device_store SET freed_by = ?3 WHERE org = ?1 AND store_id = ?2");
        tx.execute(by, &row![org, &holder.store, &act]).await?;
    }
    let free = sql!("UPDATE session SET epoch = ?3, store_id = NULL WHERE org = ?1 AND account = ?2");
    tx.execute(free, &row![org, &freed.account, stored(freed.epoch)?]).await.map(drop)
}
