//! A session of the console begins (R-038: the sign-in is logged).

use super::SESSION_MS;
use crate::{
    office::{
        Office,
        act::{Noted, note},
    },
    org::Org,
    random::{random_bytes, uuid_v4},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    id::{AccountId, RequestId},
    time::Timestamp,
};
use firebee_protocol::encode::to_base64;
use sha2::{Digest, Sha256};

/// A session that has begun.
#[derive(Clone)]
pub struct Opened {
    /// The value of the cookie. The database stores only its hash.
    pub cookie: String,
    /// What every form of the session carries.
    pub csrf: String,
}

/// Opens a session for an account whose password was just verified.
///
/// # Errors
/// The database, or no random bytes.
pub async fn open(office: &Office, org: Org, account: AccountId, now: Timestamp) -> Result<Opened, StoreError> {
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    let cookie = to_base64(&random_bytes::<32>().map_err(lost)?);
    let csrf = to_base64(&random_bytes::<32>().map_err(lost)?);
    let request = RequestId(uuid_v4().map_err(lost)?);
    let (hash, keys, token) = (hash(&cookie), office.keyring.clone(), csrf.clone());
    let job = async move |tx: &mut Tx| {
        tx.execute(sql!("DELETE FROM console_session WHERE expires_ms <= ?1"), &row![now]).await?;
        let insert = sql!(
            "INSERT INTO console_session(hash, org, account, csrf, created_ms, seen_ms, expires_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)"
        );
        tx.execute(insert, &row![&hash, org, &account, &token, now, now.plus_ms(SESSION_MS)]).await?;
        let (keys, kind, about) = (&keys, "sign_in_console", account.into());
        note(tx, Noted { org, keys, request, account: Some(account), at: now, kind, about, body: "{}" }).await
    };
    office.store.write("open_console_session", job).await?;
    Ok(Opened { cookie, csrf })
}

/// What the database keeps of a cookie.
pub fn hash(cookie: &str) -> [u8; 32] {
    Sha256::digest(cookie.as_bytes()).into()
}
