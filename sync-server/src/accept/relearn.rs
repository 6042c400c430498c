//! After an upgrade the server judges again what an older program could not read. Each firm gets a transaction of its
//! own.

use super::{
    board::Board,
    candidate::Candidate,
    commit::{fold, project},
    retry, time,
};
use crate::{
    feed::{self, publish},
    org::Org,
    query::org,
    row,
    store::{Batch, Store, StoreError, Tx, Ty},
};
use firebee_domain::{
    code::{Again, Code},
    time::Timestamp,
};
use firebee_protocol::fact::Fact;

/// The facts of one firm that an older program could not read.
static UNLEARNT: Batch<2> = Batch::new(
    "WITH w(org, code) AS ({rows})
     SELECT p.store_id, p.seq, p.content_hash, p.account, p.code, p.since_ms, f.bytes, f.received_ms, f.floor_ms, f.ceiling_ms
     FROM w JOIN parked p ON p.org = w.org AND p.code = w.code
         JOIN fact_limit f ON f.org = p.org AND f.store_id = p.store_id AND f.seq = p.seq
     WHERE p.decision IS NULL",
    [Ty::Int, Ty::Text],
);

/// Judges again every parked fact whose kind this program knows and an older one did not. Returns how many of them
/// count now. The server calls this before it listens.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn relearn(store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let mut learnt = 0;
    for org in store.read("find_firms", async |tx: &mut Tx| org::all(tx).await).await? {
        let judge = async move |tx: &mut Tx| relearn_one(tx, org, now).await;
        learnt += store.write("relearn", judge).await?;
    }
    Ok(learnt)
}

async fn relearn_one(tx: &mut Tx, org: Org, now: Timestamp) -> Result<usize, StoreError> {
    let codes: Vec<_> = Code::judged(Again::Learnt).map(|code| row![org, code]).collect();
    let rows = tx.many(&UNLEARNT, codes).await?;
    let mut found = rows.iter().map(retry::candidate).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|candidate| (candidate.received, candidate.store, candidate.seq));
    found.retain(|candidate| candidate.code.is_none());
    if found.is_empty() {
        return Ok(0);
    }
    let facts = || found.iter().filter_map(Candidate::open_fact);
    let (tasks, projects) =
        (facts().filter_map(Fact::task).collect(), facts().filter_map(|fact| fact.project).collect());
    let followers = feed::followers(tx, org, &tasks, &projects).await?;
    feed::lock(tx, org, &followers).await?;
    let mut board = Board::new(org, now);
    time::place(tx, org, &mut found, None).await?;
    fold(tx, &mut board, &mut found).await?;
    let mut again = retry::waiting(tx, &board).await?;
    time::place(tx, org, &mut again, None).await?;
    fold(tx, &mut board, &mut again).await?;
    let (publications, _) = project(tx, &mut board, [&found, &again]).await?;
    publish(tx, org, publications).await?;
    Ok(found.iter().chain(&again).filter(|candidate| candidate.code.is_none()).count())
}
