//! Reads about the tokens of programs.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    api_token::ApiToken,
    id::ApiTokenId,
    time::Timestamp,
};
use strum::EnumString;

/// A token with what is shown beside it.
#[derive(Clone, Debug)]
pub struct ApiTokenRow {
    /// The token.
    pub token: ApiToken,
    /// The name of its maker.
    pub maker: String,
    /// When it was used last.
    pub used: Option<Timestamp>,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ApiTokenSort {
    /// Its name.
    Name,
    /// When it was made.
    #[default]
    Made,
    /// When it expires.
    Expires,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "k.body, n.name, k.used_ms",
            concat!(
                "FROM api_token k JOIN account a ON a.org = k.org AND a.id = k.account
                     JOIN person n ON n.org = a.org AND n.id = a.person WHERE k.org = ?2 AND ",
                sees_all!()
            ),
            "k.find",
            $key: $kind,
            "k.id": Id
        )
    };
}

/// A page of the tokens, for actors who keep them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn tokens(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<ApiTokenSort>,
) -> Result<Page<ApiTokenRow>, StoreError> {
    let order = match wanted.sort {
        ApiTokenSort::Name => by!("k.sort": Text),
        ApiTokenSort::Made => by!("k.made_ms": Number),
        ApiTokenSort::Expires => by!("k.expires_ms": Number),
    };
    let seen = visible(actor, Action::ManagePrograms, org);
    page::page(tx, &seen, (&order, wanted), &[], read).await
}

fn read(row: &Row) -> Result<ApiTokenRow, StoreError> {
    Ok(ApiTokenRow { token: own(row.get(0)?)?, maker: row.get(1)?, used: row.get(2)? })
}

/// One token; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn token(tx: &mut Tx, org: Org, id: ApiTokenId) -> Result<Option<ApiTokenRow>, StoreError> {
    let find = sql!(
        "SELECT k.body, n.name, k.used_ms FROM api_token k JOIN account a ON a.org = k.org AND a.id = k.account
             JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE k.org = ?1 AND k.id = ?2"
    );
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// The firm and the token of a secret's hash. The database searches for a hash, so the time of the search tells nothing
/// about the secret.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_hash(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<(Org, ApiToken)>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, k.body FROM api_token_door d JOIN organisation o ON o.org = d.org
             JOIN api_token k ON k.org = d.org AND k.id = d.token
         WHERE d.hash = ?1"
    );
    let row = tx.query_opt(find, &row![hash]).await?;
    row.map(|row| Ok((row.org(0)?, own(row.get(2)?)?))).transpose()
}

/// How many tokens of a firm are valid at an instant.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn valid(tx: &mut Tx, org: Org, now: Timestamp) -> Result<u32, StoreError> {
    let count = sql!("SELECT count(*) FROM api_token WHERE org = ?1 AND revoked = ?2 AND expires_ms > ?3");
    let row = tx.query_opt(count, &row![org, false, now]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A use of a token.
#[derive(Clone, Debug)]
pub struct UseRow {
    /// When.
    pub at: Timestamp,
    /// What was asked for.
    pub path: String,
    /// The code by which it was refused; empty where it was not.
    pub refused: String,
}

/// How many uses a page shows.
const USES: i64 = 200;

/// The latest uses of a token, the last one first; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn uses(tx: &mut Tx, org: Org, id: ApiTokenId) -> Result<Vec<UseRow>, StoreError> {
    let find = sql!(
        "SELECT at_ms, path, refused FROM api_use WHERE org = ?1 AND token = ?2 ORDER BY at_ms DESC, id DESC LIMIT ?3"
    );
    let rows = tx.query(find, &row![org, &id, USES]).await?;
    rows.iter().map(|row| Ok(UseRow { at: row.get(0)?, path: row.get(1)?, refused: row.get(2)? })).collect()
}
