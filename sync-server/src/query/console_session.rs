//! Who is signed in to the console.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{id::AccountId, time::Timestamp};

/// A session of the console.
#[derive(Clone, Debug)]
pub struct ConsoleSession {
    /// The firm of the account.
    pub org: Org,
    /// Whose it is.
    pub account: AccountId,
    /// The token that every form of it carries.
    pub csrf: String,
    /// The last noted use of the session.
    pub seen: Timestamp,
}

/// The session of a cookie's hash, if it has not ended by `now`. The database searches for a hash, so the time of the
/// search tells nothing about the cookie.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn find(tx: &mut Tx, hash: &[u8; 32], now: Timestamp) -> Result<Option<ConsoleSession>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, s.account, s.csrf, s.seen_ms FROM console_session s JOIN organisation o ON o.org = s.org
         WHERE s.hash = ?1 AND s.expires_ms > ?2"
    );
    let Some(row) = tx.query_opt(find, &row![hash, now]).await? else { return Ok(None) };
    Ok(Some(ConsoleSession { org: row.org(0)?, account: row.get(2)?, csrf: row.get(3)?, seen: row.get(4)? }))
}
