//! Reads about accounts, stores and tokens.

use crate::{
    device::{Scope, Token, TokenKind},
    row, sql,
    store::{Row, StoreError, StoreState, Tx},
};
use firebee_domain::{
    account::Role,
    id::{AccountId, OrganisationId, StoreId},
    time::Timestamp,
};
use firebee_protocol::sign::PublicKey;

/// An account as signing in needs it.
#[derive(Clone, Debug)]
pub struct SignInRow {
    /// The account.
    pub account: AccountId,
    /// What it is.
    pub role: Role,
    /// Whether it is open.
    pub enabled: bool,
    /// The PHC text of its password.
    pub password_hash: String,
    /// Whether somebody else set the password, so that it must be changed on the console.
    pub must_change: bool,
}

/// The account of a login.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<SignInRow>, StoreError> {
    let find = sql!("SELECT id, category, enabled, password_hash, must_change FROM account WHERE login = ?1");
    let Some(row) = tx.query_opt(find, &row![login]).await? else { return Ok(None) };
    Ok(Some(SignInRow {
        account: row.get(0)?,
        role: row.get(1)?,
        enabled: row.get(2)?,
        password_hash: row.get(3)?,
        must_change: row.get(4)?,
    }))
}

/// An access token and everything that decides whether it still opens something.
#[derive(Clone, Debug)]
pub struct BearerRow {
    /// The account.
    pub account: AccountId,
    /// Its organisation.
    pub organisation: OrganisationId,
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
    /// What it opens.
    pub scope: Scope,
    /// Until when it holds, exclusive.
    pub expires: Timestamp,
    /// Whether this store still holds the account, in this epoch.
    pub holds: bool,
    /// Whether an administrator dropped the store's key.
    pub revoked: bool,
}

/// The access token with this text, if the server made it and has not deleted it. The database searches for a hash, so
/// the time of the search tells nothing about the token.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bearer(tx: &mut Tx, token: &Token) -> Result<Option<BearerRow>, StoreError> {
    let find = sql!(
        "SELECT t.account, a.organisation, a.category, a.director, a.enabled, t.store_id, t.epoch, t.scope,
             t.expires_ms, s.epoch, s.store_id, d.state
         FROM token t JOIN account a ON a.id = t.account JOIN session s ON s.account = t.account
             JOIN device_store d ON d.store_id = t.store_id
         WHERE t.hash = ?1 AND t.kind = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![token.hash(), TokenKind::Access]).await? else { return Ok(None) };
    let (store, epoch) = (row.get(5)?, row.get(6)?);
    Ok(Some(BearerRow {
        account: row.get(0)?,
        organisation: row.get(1)?,
        role: row.get(2)?,
        technical_director: row.get(3)?,
        enabled: row.get(4)?,
        store,
        epoch,
        scope: row.get(7)?,
        expires: row.get(8)?,
        holds: row.get::<Option<StoreId>>(10)? == Some(store) && row.get::<u64>(9)? == epoch,
        revoked: row.get::<StoreState>(11)? == StoreState::Revoked,
    }))
}

/// A store as the server registered it.
#[derive(Clone, Debug)]
pub struct StoreRow {
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
        "SELECT d.account, a.login, d.public_key, d.state,
             EXISTS (SELECT 1 FROM device_store next WHERE next.account = d.account AND next.succeeds = d.store_id)
         FROM device_store d JOIN account a ON a.id = d.account WHERE d.store_id = ?1"
    );
    let found = tx.query_opt(find, &row![&store]).await?;
    found.map(|row| read_store(store, &row)).transpose()
}

fn read_store(store: StoreId, row: &Row) -> Result<StoreRow, StoreError> {
    Ok(StoreRow {
        store,
        account: row.get(0)?,
        login: row.get(1)?,
        key: row.get(2)?,
        revoked: row.get::<StoreState>(3)? == StoreState::Revoked,
        succeeded: row.get(4)?,
    })
}
