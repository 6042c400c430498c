//! Signing out: the account is free for another phone. Signed by the device, idempotent.

use super::{grant::locked, nonce};
use crate::{
    office::{
        Office,
        act::{Noted, note},
    },
    query,
    random::uuid_v4,
    row, sql,
    store::{StoreError, StoreState, Tx},
};
use firebee_domain::{code::Code, id::RequestId};
use firebee_protocol::{
    encode::from_base64,
    session::ReleaseRequest,
    sign::{release_text, verify},
};

/// Why an account is not released.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The store is unknown, or its signature does not hold.
    #[error("the device's signature does not hold")]
    SignatureInvalid,
    /// The nonce was used, expired, or never given.
    #[error("the nonce is not good any more")]
    NonceSpent,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReleaseError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::SignatureInvalid => Code::SignatureInvalid,
            Self::NonceSpent => Code::NonceSpent,
            Self::Store(error) => error.code(),
        }
    }
}

/// Frees the account that the store holds, ends its tokens and deletes its claim receipts. A store that no longer holds
/// the account has already signed out; this also succeeds.
///
/// # Errors
/// See [`ReleaseError`].
pub async fn release(office: &Office, request: &ReleaseRequest) -> Result<(), ReleaseError> {
    let (now, store) = (office.clock.now(), request.store_id);
    let found =
        office.store.read("find_store", async move |tx: &mut Tx| query::session::store(tx, store).await).await?;
    let found = found.ok_or(ReleaseError::SignatureInvalid)?;
    let nonce = from_base64::<32>(&request.nonce).ok_or(ReleaseError::NonceSpent)?;
    let signature = from_base64(&request.sig).ok_or(ReleaseError::SignatureInvalid)?;
    verify(&found.key, &release_text(store, &nonce), &signature).map_err(|_| ReleaseError::SignatureInvalid)?;
    let request = uuid_v4().map(RequestId).map_err(|error| StoreError::Lost(error.to_string()))?;
    let (org, account, keys) = (found.org, found.account, office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let session = locked(tx, org, account).await?;
        if session == session.release(store) {
            return Ok(());
        }
        if !nonce::spend(tx, &nonce, now).await? {
            return Err(ReleaseError::NonceSpent);
        }
        let free = sql!("UPDATE session SET store_id = NULL WHERE org = ?1 AND account = ?2");
        tx.execute(free, &row![org, &account]).await?;
        let close = sql!(
            "UPDATE device_store SET state = ?4, last_seen_ms = ?3, unsent_facts = 0, unsent_blobs = 0
             WHERE org = ?1 AND store_id = ?2"
        );
        tx.execute(close, &row![org, &store, now, StoreState::Closed]).await?;
        tx.execute(sql!("DELETE FROM token WHERE org = ?1 AND store_id = ?2"), &row![org, &store]).await?;
        let forget = sql!("UPDATE claim SET receipt = '' WHERE org = ?1 AND store_id = ?2");
        tx.execute(forget, &row![org, &store]).await?;
        let (keys, kind, about) = (&keys, "sign_out", account.into());
        Ok(note(tx, Noted { org, keys, request, account: Some(account), at: now, kind, about, body: "{}" }).await?)
    };
    office.store.write("release_session", job).await
}
