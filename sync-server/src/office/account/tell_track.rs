//! Tells the phones what the server makes the verdict on a track with.

use crate::{
    feed::{self, Publication, publish},
    office::Office,
    org::Org,
    query, row, sql,
    store::{Packed, StoreError, Tx, json, own},
};
use firebee_domain::geofence::Thresholds;
use firebee_protocol::document::{SessionDocument, kind};
use std::collections::BTreeSet;

/// Publishes the thresholds of the settings to every phone that knows others or none. They are settings of the server and
/// change only when it starts, so a server calls this before it listens. Returns how many accounts were told.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn tell_track(office: &Office) -> Result<usize, StoreError> {
    let (track, mut told) = (office.track, 0);
    for org in office.store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await? {
        let tell = async move |tx: &mut Tx| tell_firm(tx, org, track).await;
        told += office.store.write("tell_track", tell).await?;
    }
    Ok(told)
}

async fn tell_firm(tx: &mut Tx, org: Org, track: Thresholds) -> Result<usize, StoreError> {
    if outdated(tx, org, track).await?.is_empty() {
        return Ok(0);
    }
    let accounts = tx.query(sql!("SELECT id FROM account WHERE org = ?1"), &row![org]).await?;
    let accounts = accounts.iter().map(|row| row.get(0)).collect::<Result<BTreeSet<_>, _>>()?;
    feed::lock(tx, org, &accounts).await?;
    // Read again: what was written before the feeds were locked is known now.
    let mut publications = Vec::new();
    for document in outdated(tx, org, track).await? {
        let document = SessionDocument { track: Some(track), ..document };
        let (id, body) = (document.account.to_string(), Some(json(&document)?));
        publications.push(Publication { kind: kind::SESSION, id, body, to: vec![document.account] });
    }
    Ok(publish(tx, org, publications).await?.len())
}

/// The documents of accounts that say something else.
async fn outdated(tx: &mut Tx, org: Org, track: Thresholds) -> Result<Vec<SessionDocument>, StoreError> {
    let find = sql!("SELECT body FROM document WHERE org = ?1 AND kind = ?2 AND body IS NOT NULL ORDER BY id");
    let mut found = Vec::new();
    for row in tx.query(find, &row![org, kind::SESSION]).await? {
        let document: SessionDocument = own(&row.get::<Packed>(0)?.0)?;
        found.extend(Some(document).filter(|document| document.track != Some(track)));
    }
    Ok(found)
}
