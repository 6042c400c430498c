//! Who is signed in to the console.

use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx},
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

/// A session in a list.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// The hash of its cookie.
    pub hash: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// What the holder signs in as.
    pub login: String,
    /// When it began.
    pub began: Timestamp,
    /// The last noted use.
    pub seen: Timestamp,
}

/// The sessions of a firm that hold at `now`, those used last first; only those of one account where one is named.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn sessions(
    tx: &mut Tx,
    org: Org,
    only: Option<AccountId>,
    now: Timestamp,
) -> Result<Vec<SessionRow>, StoreError> {
    let find = sql!(
        "SELECT s.hash, s.account, n.name, a.login, s.created_ms, s.seen_ms FROM console_session s
             JOIN account a ON a.org = s.org AND a.id = s.account JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE s.org = ?1 AND s.expires_ms > ?2 AND (CAST(?3 AS BYTEA) IS NULL OR s.account = ?3)
         ORDER BY s.seen_ms DESC, s.hash"
    );
    let rows = tx.query(find, &row![org, now, only.as_ref()]).await?;
    let read = |row: &Row| {
        Ok(SessionRow {
            hash: row.get(0)?,
            account: row.get(1)?,
            name: row.get(2)?,
            login: row.get(3)?,
            began: row.get(4)?,
            seen: row.get(5)?,
        })
    };
    rows.iter().map(read).collect()
}
