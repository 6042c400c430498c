//! Notes that a program used a token, or tried to. No act of the office: a program asks every minute.

use crate::{
    org::Org,
    random::uuid_v4,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{code::Code, id::ApiTokenId, time::Timestamp};

/// How long a use is kept.
const KEPT_MS: i64 = 90 * 86_400_000;

/// A use of a token.
#[derive(Clone, Debug)]
pub struct Used {
    /// The token.
    pub token: ApiTokenId,
    /// What was asked for, without what stands behind the question mark.
    pub path: String,
    /// Why it was refused, if it was.
    pub refused: Option<Code>,
    /// When.
    pub at: Timestamp,
}

/// Notes it, and forgets the uses of this token that are old.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn used(store: &Store, org: Org, used: Used) -> Result<(), StoreError> {
    let id = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
    let job = async move |tx: &mut Tx| {
        let refused = used.refused.map_or("", Code::word);
        let note = sql!("INSERT INTO api_use(org, id, token, at_ms, path, refused) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        tx.execute(note, &row![org, &id, &used.token, used.at, &used.path, refused]).await?;
        let last = sql!("UPDATE api_token SET used_ms = ?3 WHERE org = ?1 AND id = ?2");
        tx.execute(last, &row![org, &used.token, used.at]).await?;
        let forget = sql!("DELETE FROM api_use WHERE org = ?1 AND token = ?2 AND at_ms < ?3");
        tx.execute(forget, &row![org, &used.token, used.at.plus_ms(-KEPT_MS)]).await.map(drop)
    };
    store.write("note_api_use", job).await
}
