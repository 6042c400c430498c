//! Somebody ends a session of the console that was left open somewhere: an own one, or as manager one of the firm.

use crate::{
    office::{Act, Refused, command::command},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::AccountId,
    time::Timestamp,
};
use serde::Serialize;
use std::convert::Infallible;

/// Which session: one begins at an instant of an account.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct EndSession {
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub began: Timestamp,
}

/// Ends it. One that has ended already is no error.
///
/// # Errors
/// [`Refused`], also when this actor may not end it.
pub async fn end(store: &Store, act: Act, wanted: EndSession) -> Result<(), Refused<Infallible>> {
    command(store, act, "end_session", wanted.account, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &EndSession) -> Result<(), Refused<Infallible>> {
    let own = act.actor.account == wanted.account;
    if !own && !may(&act.actor, Action::ResetPassword, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let find = sql!("SELECT 1 FROM account WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![act.org, &wanted.account]).await?.ok_or(Refused::NotFound)?;
    let end = sql!("DELETE FROM console_session WHERE org = ?1 AND account = ?2 AND created_ms = ?3");
    tx.execute(end, &row![act.org, &wanted.account, wanted.began]).await?;
    Ok(())
}
