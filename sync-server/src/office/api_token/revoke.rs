//! A manager revokes a token, for ever.

use super::keep;
use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    api_token::ApiToken,
    id::ApiTokenId,
};
use serde::Serialize;
use std::convert::Infallible;

/// What is revoked.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Revoke {
    /// The token.
    pub token: ApiTokenId,
}

/// Revokes it. One that was revoked before stays as it is.
///
/// # Errors
/// [`Refused`], also when this actor may not keep tokens, or there is no such token.
pub async fn revoke(store: &Store, act: Act, wanted: Revoke) -> Result<(), Refused<Infallible>> {
    let about = act.org.id();
    command(store, act, "revoke_api_token", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Revoke) -> Result<(), Refused<Infallible>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let found = query::api_token::token(tx, act.org, wanted.token).await?.ok_or(Refused::NotFound)?;
    if found.token.revoked.is_none() {
        keep(tx, act.org, &ApiToken { revoked: Some(act.at), ..found.token }).await?;
    }
    let shut = sql!("DELETE FROM api_token_door WHERE org = ?1 AND token = ?2");
    tx.execute(shut, &row![act.org, &wanted.token]).await?;
    Ok(())
}
