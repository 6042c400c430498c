//! After an upgrade: what an older program could not read is judged again, in one transaction an organisation.

use super::{
    board::Board,
    candidate::Candidate,
    commit::{fold, project},
    retry, time,
};
use crate::{
    feed::publish,
    row, sql,
    store::{Store, StoreError, Tx, number},
};
use firebee_domain::{
    id::{OrganisationId, StoreId},
    time::Timestamp,
};
use std::collections::{BTreeMap, btree_map::Entry};

/// Judges again every parked fact whose kind this program knows and an older one did not; gives how many count now. To
/// be called before the server listens.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn relearn(store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let organisations = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT DISTINCT a.organisation FROM parked p JOIN account a ON a.id = p.account
             WHERE p.decision IS NULL AND p.code IN ('kind_unknown', 'kind_not_supported_yet')"
        );
        let rows = tx.query(find, &[]).await?;
        rows.iter().map(|row| row.get(0).map(OrganisationId)).collect::<Result<Vec<_>, StoreError>>()
    };
    let mut learnt = 0;
    for organisation in store.read("find_unlearnt", organisations).await? {
        let judge = async move |tx: &mut Tx| relearn_one(tx, organisation, now).await;
        learnt += store.write("relearn", judge).await?;
    }
    Ok(learnt)
}

async fn relearn_one(tx: &mut Tx, organisation: OrganisationId, now: Timestamp) -> Result<usize, StoreError> {
    let find = sql!(
        "SELECT p.store_id, p.seq, p.content_hash, p.account, p.code, p.since_ms, f.bytes, f.received_ms
         FROM parked p JOIN log l ON l.store_id = p.store_id AND l.seq = p.seq JOIN fact f ON f.id = l.fact
             JOIN account a ON a.id = p.account
         WHERE a.organisation = ?1 AND p.decision IS NULL AND p.code IN ('kind_unknown', 'kind_not_supported_yet')
         ORDER BY p.since_ms, p.store_id, p.seq"
    );
    let rows = tx.query(find, &row![&organisation.0]).await?;
    let mut found = rows.iter().map(retry::candidate).collect::<Result<Vec<_>, _>>()?;
    found.retain(|candidate| candidate.code.is_none());
    unsigned(tx, &mut found).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let mut board = Board::new(organisation, now);
    time::bound(tx, &mut found, None).await?;
    fold(tx, &mut board, &mut found).await?;
    let mut again = retry::waiting(tx, &board).await?;
    time::bound(tx, &mut again, None).await?;
    fold(tx, &mut board, &mut again).await?;
    let (publications, _) = project(tx, &mut board, [&found, &again]).await?;
    publish(tx, publications).await?;
    Ok(found.iter().chain(&again).filter(|candidate| candidate.code.is_none()).count())
}

/// What is read now and was never signed waits on, as everything unsigned does: its signature may still come.
async fn unsigned(tx: &mut Tx, found: &mut [Candidate<'_>]) -> Result<(), StoreError> {
    let find = sql!("SELECT signed_through FROM device_store WHERE store_id = ?1");
    let mut signed: BTreeMap<StoreId, u64> = BTreeMap::new();
    for candidate in found {
        let through = match signed.entry(candidate.store) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let row = tx.query_opt(find, &row![&candidate.store.0]).await?;
                *place.insert(row.map_or(Ok(0), |row| number(row.get(0)?))?)
            }
        };
        if candidate.seq > through {
            candidate.code = Some("unsigned");
        }
    }
    Ok(())
}
