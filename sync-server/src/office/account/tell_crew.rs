//! Tells the phones of a firm who may be present at a task and what instruments there are.

use crate::{
    feed::{self, Publication, publish},
    org::Org,
    query::crew::{colleagues, instruments},
    row, sql,
    store::{Packed, StoreError, Tx, json, own},
};
use firebee_domain::id::AccountId;
use firebee_protocol::document::{SessionDocument, kind};
use std::collections::BTreeSet;

/// Locks the feeds of all accounts of the firm. A command calls it before it changes a row.
pub(in crate::office) async fn lock(tx: &mut Tx, org: Org) -> Result<(), StoreError> {
    let accounts = tx.query(sql!("SELECT id FROM account WHERE org = ?1"), &row![org]).await?;
    let accounts = accounts.iter().map(|row| row.get::<AccountId>(0)).collect::<Result<BTreeSet<_>, _>>()?;
    feed::lock(tx, org, &accounts).await
}

/// Publishes people and instruments to every phone that knows others. The caller has locked the feeds.
pub(in crate::office) async fn tell(tx: &mut Tx, org: Org) -> Result<(), StoreError> {
    let (crew, instruments) = (colleagues(tx, org).await?, instruments(tx, org).await?);
    let find = sql!("SELECT body FROM document WHERE org = ?1 AND kind = ?2 AND body IS NOT NULL ORDER BY id");
    let mut publications = Vec::new();
    for row in tx.query(find, &row![org, kind::SESSION]).await? {
        let document: SessionDocument = own(&row.get::<Packed>(0)?.0)?;
        if document.crew == crew && document.instruments == instruments {
            continue;
        }
        let document = SessionDocument { crew: crew.clone(), instruments: instruments.clone(), ..document };
        let (id, body) = (document.account.to_string(), Some(json(&document)?));
        publications.push(Publication { kind: kind::SESSION, id, body, to: vec![document.account] });
    }
    publish(tx, org, publications).await.map(drop)
}
