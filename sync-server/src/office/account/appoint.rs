//! A manager appoints the technical director. The firm has one: whoever was it before is it no more.

use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::AccountId,
    organisation::{AppointError, appoint_technical_director},
};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
struct Appoint {
    account: AccountId,
}

/// Appoints the holder of an account.
///
/// # Errors
/// [`Refused`], also when the account is not there or this actor appoints nobody.
pub async fn appoint(store: &Store, act: Act, account: AccountId) -> Result<(), Refused<AppointError>> {
    command(store, act, "appoint_director", account, Appoint { account }, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Appoint) -> Result<(), Refused<AppointError>> {
    let org = act.org;
    if !may(&act.actor, Action::AppointDirector, &Subject::of(org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    // Two appointments wait for each other here.
    tx.execute(sql!("UPDATE organisation SET body = body WHERE org = ?1"), &row![org]).await?;
    let account = query::member::account(tx, org, wanted.account).await?.ok_or(Refused::NotFound)?;
    let person = match account.person {
        Some(person) => query::member::person(tx, org, person).await?,
        None => None,
    };
    let person = person.ok_or(Refused::NotFound)?;
    if person.is_gone() {
        return Err(AppointError::NotAllowed.into());
    }
    let organisation = query::org::organisation(tx, org).await?;
    let after = appoint_technical_director(&organisation, &account, &person, act.at.china_day())?;
    let keep = sql!("UPDATE organisation SET body = ?2 WHERE org = ?1");
    tx.execute(keep, &row![org, &json(&after)?]).await?;
    let only = sql!("UPDATE account SET director = CASE WHEN id = ?2 THEN 1 ELSE 0 END WHERE org = ?1");
    tx.execute(only, &row![org, &wanted.account]).await?;
    Ok(())
}
