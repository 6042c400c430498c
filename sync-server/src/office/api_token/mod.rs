//! The tokens of programs.

mod make;
mod revoke;
mod used;

pub use make::{Made, MakeError, make};
pub use revoke::{Revoke, revoke};
pub use used::{Used, used};

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{api_token::ApiToken, spelling::Spelled};

/// Writes a token down.
async fn keep(tx: &mut Tx, org: Org, token: &ApiToken) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO api_token(org, id, account, sort, find, made_ms, expires_ms, revoked, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (org, id) DO UPDATE SET revoked = excluded.revoked, body = excluded.body"
    );
    let Spelled { sort, find } = Spelled::of(&token.name);
    let (revoked, body) = (token.revoked.is_some(), json(token)?);
    let values = row![org, &token.id, &token.by, &sort, &find, token.made, token.expires, revoked, &body];
    tx.execute(keep, &values).await.map(drop)
}
