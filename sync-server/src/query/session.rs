//! Reads about accounts, stores and tokens.

use crate::{
    device::{Token, TokenKind},
    keys::Seal,
    org::Org,
    row, sql,
    store::{Row, StoreError, StoreState, Tx},
};
use firebee_domain::{
    account::Role,
    id::{AccountId, StoreId},
    time::Timestamp,
};
use firebee_protocol::sign::PublicKey;

/// An account as signing in needs it.
#[derive(Clone, Debug)]
pub struct SignInRow {
    /// The firm.
    pub org: Org,
    /// The account.
    pub account: AccountId,
    /// What it is.
    pub role: Role,
    /// Whether it is open.
    pub enabled: bool,
    /// The PHC text of its password.
    pub password_hash: String,
    /// Whether somebody else set the password, so that it must be changed first.
    pub must_change: bool,
}

/// The account of a login.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<SignInRow>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, a.id, a.category, a.enabled, a.password_hash, a.must_change
         FROM login_org g JOIN organisation o ON o.org = g.org JOIN account a ON a.org = g.org AND a.login = g.login
         WHERE g.login = ?1"
    );
    let Some(row) = tx.query_opt(find, &row![login]).await? else { return Ok(None) };
    Ok(Some(SignInRow {
        org: row.org(0)?,
        account: row.get(2)?,
        role: row.get(3)?,
        enabled: row.get(4)?,
        password_hash: row.get(5)?,
        must_change: row.get(6)?,
    }))
}

/// An access token and everything that decides whether it still opens something.
#[derive(Clone, Debug)]
pub struct BearerRow {
    /// The account.
    pub account: AccountId,
    /// Its firm.
    pub org: Org,
    /// What it is.
    pub role: Role,
    /// Whether its holder is the appointed technical director.
    pub technical_director: bool,
    /// Whether it is open.
    pub enabled: bool,
    /// The store that the token was given to.
    pub store: StoreId,
    /// The epoch of the claim that the token comes from.
    pub epoch: u64,
    /// Until when it holds, exclusive.
    pub expires: Timestamp,
    /// Whether this store still holds the account, in this epoch.
    pub holds: bool,
    /// Whether the token opens only the way for what the phone has recorded.
    pub late: bool,
    /// Whether an administrator dropped the store's key.
    pub revoked: bool,
    /// What the firm's row says of its data.
    pub seal: Seal,
    /// Whether the firm's data were put back by hand.
    pub behind: bool,
}

/// The access token with this text, if the server made it and has not deleted it. The database searches for a hash, so
/// the time of the search tells nothing about the token.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bearer(tx: &mut Tx, token: &Token) -> Result<Option<BearerRow>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, t.account, a.category, a.director, a.enabled, t.store_id, t.epoch,
             t.expires_ms, s.epoch, s.store_id, d.state, o.incarnation, o.server_key, o.behind, t.late
         FROM token t JOIN organisation o ON o.org = t.org JOIN account a ON a.org = t.org AND a.id = t.account
             JOIN session s ON s.org = t.org AND s.account = t.account
             JOIN device_store d ON d.org = t.org AND d.store_id = t.store_id
         WHERE t.hash = ?1 AND t.kind = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![token.hash(), TokenKind::Access]).await? else { return Ok(None) };
    let (store, epoch) = (row.get(6)?, row.get(7)?);
    Ok(Some(BearerRow {
        org: row.org(0)?,
        account: row.get(2)?,
        role: row.get(3)?,
        technical_director: row.get(4)?,
        enabled: row.get(5)?,
        store,
        epoch,
        expires: row.get(8)?,
        holds: row.get::<Option<StoreId>>(10)? == Some(store) && row.get::<u64>(9)? == epoch,
        revoked: row.get::<StoreState>(11)? == StoreState::Revoked,
        seal: Seal { incarnation: row.get(12)?, public: row.get(13)? },
        behind: row.get(14)?,
        late: row.get(15)?,
    }))
}

/// A store as the server registered it.
#[derive(Clone, Debug)]
pub struct StoreRow {
    /// The firm of its account.
    pub org: Org,
    /// The store.
    pub store: StoreId,
    /// Its account, for ever.
    pub account: AccountId,
    /// The login of that account.
    pub login: String,
    /// Its device's key.
    pub key: PublicKey,
    /// Whether an administrator dropped its key.
    pub revoked: bool,
    /// Whether a successor on the same phone replaced the store.
    pub succeeded: bool,
}

/// The store with that id.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn store(tx: &mut Tx, store: StoreId) -> Result<Option<StoreRow>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, d.account, a.login, d.public_key, d.state,
             EXISTS (SELECT 1 FROM device_store next
                     WHERE next.org = d.org AND next.account = d.account AND next.succeeds = d.store_id)
         FROM store_org g JOIN organisation o ON o.org = g.org
             JOIN device_store d ON d.org = g.org AND d.store_id = g.store_id
             JOIN account a ON a.org = d.org AND a.id = d.account
         WHERE g.store_id = ?1"
    );
    let found = tx.query_opt(find, &row![&store]).await?;
    found.map(|row| read_store(store, &row)).transpose()
}

fn read_store(store: StoreId, row: &Row) -> Result<StoreRow, StoreError> {
    Ok(StoreRow {
        org: row.org(0)?,
        store,
        account: row.get(2)?,
        login: row.get(3)?,
        key: row.get(4)?,
        revoked: row.get::<StoreState>(5)? == StoreState::Revoked,
        succeeded: row.get(6)?,
    })
}

/// The last seq that the server has of a store; 0 for an unknown one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn watermark(tx: &mut Tx, org: Org, store: StoreId) -> Result<u64, StoreError> {
    let find = sql!("SELECT watermark FROM device_store WHERE org = ?1 AND store_id = ?2");
    tx.query_opt(find, &row![org, &store]).await?.map_or(Ok(0), |row| row.get(0))
}
