//! Tells the phones of a firm who may be present at a task, what instruments there are, and how early to remind
//! . It is one document for all of them.

use crate::{
    feed::{self, Publication, members, provide},
    org::Org,
    query::{
        self,
        crew::{colleagues, instruments, phones},
    },
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{account::Action, id::AccountId};
use firebee_protocol::document::{CrewDocument, kind};
use std::collections::BTreeSet;

/// Locks the feeds of all accounts of the firm, and of the one that is about to be made. A command calls it before it changes a
/// row.
pub(in crate::office) async fn lock(tx: &mut Tx, org: Org, joining: Option<AccountId>) -> Result<(), StoreError> {
    let accounts = tx.query(sql!("SELECT id FROM account WHERE org = ?1"), &row![org]).await?;
    let mut accounts = accounts.iter().map(|row| row.get::<AccountId>(0)).collect::<Result<BTreeSet<_>, _>>()?;
    accounts.extend(joining);
    feed::lock(tx, org, &accounts).await
}

/// Publishes people and instruments to every phone that lacks them or knows others. The caller has locked the feeds.
pub(in crate::office) async fn tell(tx: &mut Tx, org: Org) -> Result<(), StoreError> {
    let reminder_days = query::ways::ways(tx, org).await?.reminder_days;
    let (crew, instruments) = (colleagues(tx, org).await?, instruments(tx, org).await?);
    let document = CrewDocument { crew, instruments, reminder_days };
    let to = members(Action::ReadCrew, &phones(tx, org).await?);
    let (id, body) = (org.id().to_string(), Some(json(&document)?));
    provide(tx, org, Publication { kind: kind::CREW, id, body, to }).await
}
