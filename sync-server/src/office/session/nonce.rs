//! Numbers that are good for five minutes and one use.

use crate::{
    random::random_bytes,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::time::Timestamp;
use firebee_protocol::{encode::to_base64, session::Nonce};
use sha2::{Digest, Sha256};

/// How long a nonce is good, in milliseconds.
const NONCE_MS: i64 = 300_000;

/// Makes a nonce and notes its hash.
///
/// # Errors
/// The database, or no random bytes.
pub async fn make(store: &Store, now: Timestamp) -> Result<Nonce, StoreError> {
    let nonce = random_bytes::<32>().map_err(|error| StoreError::Lost(error.to_string()))?;
    let hash = hash(&nonce);
    let job = async move |tx: &mut Tx| {
        tx.execute(sql!("DELETE FROM nonce WHERE expires_ms <= ?1"), &row![now]).await?;
        let keep = sql!("INSERT INTO nonce(hash, expires_ms) VALUES (?1, ?2)");
        tx.execute(keep, &row![&hash, now.plus_ms(NONCE_MS)]).await.map(drop)
    };
    store.write("make_nonce", job).await?;
    Ok(Nonce { nonce: to_base64(&nonce) })
}

/// Spends a nonce. Returns false if it was spent before, or has expired.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn spend(tx: &mut Tx, nonce: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    let spend = sql!("DELETE FROM nonce WHERE hash = ?1 AND expires_ms > ?2");
    Ok(tx.execute(spend, &row![&hash(nonce), now]).await? == 1)
}

fn hash(nonce: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(nonce).into()
}
