//! Reads what a task may name: the people of a firm and its instruments.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Role, client_allowed},
    id::AccountId,
    instrument::Instrument,
    personnel::{Colleague, Person},
    session::ClientKind,
};

/// Everybody on the personnel list who has not left, by name, with the open account that works with a phone.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn colleagues(tx: &mut Tx, org: Org) -> Result<Vec<Colleague>, StoreError> {
    let find = sql!(
        "SELECT p.body, a.id FROM person p
         LEFT JOIN account a ON a.org = p.org AND a.person = p.id AND a.category IN (?2, ?3) AND a.enabled = 1
         WHERE p.org = ?1 AND p.gone = ?4 ORDER BY p.name, p.id, a.id"
    );
    let mut found: Vec<Colleague> = Vec::new();
    for row in tx.query(find, &row![org, Role::FieldOperator, Role::ProjectLead, false]).await? {
        let person: Person = own(row.get(0)?)?;
        // Somebody with several accounts is one colleague.
        if found.last().is_some_and(|last| last.person == person.id) {
            continue;
        }
        let (account, endings) = (row.get::<Option<AccountId>>(1)?, person.endings());
        found.push(Colleague { person: person.id, account, name: person.name, endings });
    }
    Ok(found)
}

/// The accounts of the firm that work with a phone, closed ones too: who is let in again pulls nothing anew.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn phones(tx: &mut Tx, org: Org) -> Result<Vec<(AccountId, Role)>, StoreError> {
    let rows = tx.query(sql!("SELECT id, category FROM account WHERE org = ?1 ORDER BY id"), &row![org]).await?;
    let accounts = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(accounts.into_iter().filter(|(_, role)| client_allowed(*role, ClientKind::App)).collect())
}

/// The instruments that the firm uses, by number.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn instruments(tx: &mut Tx, org: Org) -> Result<Vec<Instrument>, StoreError> {
    let find = sql!("SELECT body FROM instrument WHERE org = ?1 AND retired = ?2 ORDER BY number");
    tx.query(find, &row![org, false]).await?.iter().map(|row| own(row.get(0)?)).collect()
}
