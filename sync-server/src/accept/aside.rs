//! What a push that diverged brought stands aside: facts that the server has nowhere else go into the quarantine, where a
//! lead or manager sees them with their author and decides. When the phone's next store brings them along, they count
//! like any other, and leave the quarantine.
//!
//! Their seqs are taken at the phone's own store, so they get places of a store beside it, which nobody claims and no
//! receipt covers.

use super::{
    board::Board,
    candidate::Candidate,
    commit::{fold, project},
    keep,
    line::Line,
};
use crate::{
    device::Sender,
    feed::publish,
    org::Org,
    row, sql,
    store::{StoreError, StoreState, Tx, number},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, Hash, InstallId, StoreId},
    time::Timestamp,
};
use firebee_protocol::fact::Fact;
use uuid::Uuid;

/// Keeps the lines from the first difference on as facts that wait for a decision; those that are known already stay where
/// they are. The caller has locked the feeds of everybody who follows what they name.
pub(super) async fn take(tx: &mut Tx, sender: &Sender, lines: &[Line], now: Timestamp) -> Result<(), StoreError> {
    let beside = Sender { store_id: StoreId(Uuid::new_v5(&sender.store_id.0, b"firebee/aside/1")), ..*sender };
    let known = keep::known(tx, sender.org, lines).await?;
    // A note of the phone about itself belongs to no project, so nobody could decide on it.
    let is_work = |fact: &Fact| fact.project.is_some() && fact.task().is_some() && !known.contains(&fact.id);
    let fresh = lines.iter().filter(|line| line.fact.as_ref().is_some_and(is_work));
    let first = place(tx, sender.org, sender.store_id, beside.store_id).await?;
    let lines: Vec<Line> = (first..).zip(fresh).map(|(seq, line)| line.at(seq)).collect();
    let Some(first) = lines.first() else { return Ok(()) };
    keep::lines(tx, &beside, first.seq, &lines, now).await?;
    let mut candidates: Vec<Candidate<'_>> =
        lines.iter().map(|line| Candidate::of_line(line, beside.store_id, beside.account, now)).collect();
    keep::facts(tx, &lines, &mut candidates, &beside).await?;
    keep::announce(tx, &beside, (&lines, &candidates), now).await?;
    for candidate in &mut candidates {
        candidate.code = candidate.code.or(Some(Code::Conflict));
    }
    keep::outcomes(tx, sender.org, &candidates).await?;
    let mut board = Board::new(sender.org, now);
    fold(tx, &mut board, &mut candidates).await?;
    let (publications, _) = project(tx, &mut board, [&candidates, &[]]).await?;
    publish(tx, sender.org, publications).await.map(drop)
}

/// The next seq of the store beside a store, which is made when it is needed first.
async fn place(tx: &mut Tx, org: Org, of: StoreId, beside: StoreId) -> Result<u64, StoreError> {
    let found = sql!(
        "SELECT account, install_id, public_key, device, claimed_ms, last_seen_ms, chain, sort, find FROM device_store
         WHERE org = ?1 AND store_id = ?2"
    );
    let row = tx.query_opt(found, &row![org, &of]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a push of a store that is not here".into()))?;
    let (account, install): (AccountId, InstallId) = (row.get(0)?, row.get(1)?);
    let (key, device, chain): (Vec<u8>, String, Hash) = (row.get(2)?, row.get(3)?, row.get(6)?);
    let (claimed, seen): (Timestamp, Timestamp) = (row.get(4)?, row.get(5)?);
    let make = sql!(
        "INSERT INTO device_store (org, store_id, account, install_id, public_key, device, state, epoch, claimed_ms,
             last_seen_ms, unsent_facts, unsent_blobs, watermark, chain, succeeds, cursor_seq, sort, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, 0, 0, 0, ?10, NULL, 0, ?11, ?12)
         ON CONFLICT (org, store_id) DO NOTHING"
    );
    let (sort, find): (String, String) = (row.get(7)?, row.get(8)?);
    let state = StoreState::Closed;
    let values = row![org, &beside, &account, &install, &key, &device, state, claimed, seen, &chain, &sort, &find];
    tx.execute(make, &values).await?;
    let last = sql!("SELECT COALESCE(MAX(first_seq + count), 1) FROM push WHERE org = ?1 AND store_id = ?2");
    let row = tx.query_opt(last, &row![org, &beside]).await?;
    row.map_or(Ok(1), |row| number(row.get(0)?))
}
