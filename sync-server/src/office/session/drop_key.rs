//! The key of a stolen phone is dropped: the only act that gives up data.

use super::{force_release::free, grant::locked};
use crate::{
    office::{
        Office,
        act::{Noted, event, note},
        rule::rules,
    },
    org::Org,
    query,
    random::uuid_v4,
    row, sql,
    store::{StoreError, StoreState, Tx},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, EventId, RequestId, StoreId},
};

/// A phone whose key was dropped, and what it had not sent when it was last heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The phone's name.
    pub device: String,
    /// Records that are given up.
    pub unsent_facts: u64,
    /// Files that are given up.
    pub unsent_blobs: u64,
}

/// Why no key is dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DropKeyError {
    /// There is no such store.
    #[error("no phone has this store")]
    StoreUnknown,
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { DropKeyError [], }

impl DropKeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::StoreUnknown => Code::NotFound,
            Self::Store(error) => error.code(),
        }
    }
}

/// Drops the key of a store and notes that in the work log. The server takes nothing that the phone sends from
/// then on, in whatever way: what it had not sent is given up. If the phone holds its account, the account is freed.
///
/// # Errors
/// See [`DropKeyError`].
pub async fn drop_key(office: &Office, store: StoreId) -> Result<Dropped, DropKeyError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (at, keys) = (office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let org = query::org::of_store(tx, store).await?.ok_or(DropKeyError::StoreUnknown)?;
        let (account, dropped) = phone(tx, org, store).await?.ok_or(DropKeyError::StoreUnknown)?;
        revoke(tx, org, (account, store), event(request, at)).await?;
        let (facts, blobs) = (dropped.unsent_facts, dropped.unsent_blobs);
        let body = serde_json::json!({ "account": account, "unsent_facts": facts, "unsent_blobs": blobs }).to_string();
        let (keys, kind, about) = (&keys, "drop_device_key", store.into());
        note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?;
        Ok(dropped)
    };
    let dropped: Result<Dropped, DropKeyError> = office.store.write("drop_key", job).await;
    let dropped = dropped?;
    warn(store, &dropped);
    Ok(dropped)
}

/// The log keeps what was given up.
pub(in crate::office) fn warn(store: StoreId, dropped: &Dropped) {
    let (unsent_facts, unsent_blobs) = (dropped.unsent_facts, dropped.unsent_blobs);
    tracing::warn!(%store, unsent_facts, unsent_blobs, "the key of a phone was dropped; what it had not sent is given up");
}

/// The account of a store, and what its phone had not sent when it was last heard.
pub(in crate::office) async fn phone(
    tx: &mut Tx,
    org: Org,
    store: StoreId,
) -> Result<Option<(AccountId, Dropped)>, StoreError> {
    let find =
        sql!("SELECT account, device, unsent_facts, unsent_blobs FROM device_store WHERE org = ?1 AND store_id = ?2");
    let Some(row) = tx.query_opt(find, &row![org, &store]).await? else { return Ok(None) };
    let dropped = Dropped { device: row.get(1)?, unsent_facts: row.get(2)?, unsent_blobs: row.get(3)? };
    Ok(Some((row.get(0)?, dropped)))
}

/// Refuses a store for ever, and frees its account by the same act if its phone holds it.
pub(in crate::office) async fn revoke(
    tx: &mut Tx,
    org: Org,
    (account, store): (AccountId, StoreId),
    act: EventId,
) -> Result<(), StoreError> {
    let session = locked(tx, org, account).await?;
    if session.holder.as_ref().is_some_and(|holder| holder.store == store) {
        free(tx, org, &session, act).await?;
    }
    let revoke = sql!("UPDATE device_store SET state = ?3 WHERE org = ?1 AND store_id = ?2");
    tx.execute(revoke, &row![org, &store, StoreState::Revoked]).await.map(drop)
}
