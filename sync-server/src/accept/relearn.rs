//! After an upgrade the server judges again what an older program could not read. Each firm gets a transaction of its
//! own.

use super::{
    board::Board,
    candidate::Candidate,
    commit::{fold, project},
    push::is_of_a_fact,
    rejudge, retry, time,
};
use crate::{
    feed::{self, publish},
    org::Org,
    query::{line::Place, org},
    row,
    store::{Batch, Store, StoreError, Tx, Ty},
};
use firebee_domain::{
    code::{Again, Code},
    time::Timestamp,
};
use firebee_protocol::fact::Fact;
use std::collections::BTreeSet;

/// The facts of one firm that an older program could not read.
static UNLEARNT: Batch<2> = Batch::new(
    concat!(
        "WITH w(org, code) AS ({rows}) ",
        retry::parked!("FROM w JOIN parked p ON p.org = w.org AND p.code = w.code WHERE p.decision IS NULL")
    ),
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
        learnt += match store.write("relearn", judge).await {
            Err(error) if is_of_a_fact(&error) => one_by_one(store, org, now).await?,
            other => other?,
        };
    }
    Ok(learnt)
}

/// The facts of a firm that this program can read and an older one could not, in the order of their receipt.
async fn readable(tx: &mut Tx, org: Org) -> Result<Vec<Candidate<'static>>, StoreError> {
    let codes: Vec<_> = Code::judged(Again::Learnt).map(|code| row![org, code]).collect();
    let rows = tx.many(&UNLEARNT, codes).await?;
    let mut found = retry::candidates(tx, org, &rows).await?;
    found.sort_by_key(|candidate| (candidate.received, candidate.store, candidate.seq));
    found.retain(|candidate| candidate.code.is_none());
    Ok(found)
}

/// As [`relearn_one`], each fact in a transaction of its own: one of them cannot be applied.
async fn one_by_one(store: &Store, org: Org, now: Timestamp) -> Result<usize, StoreError> {
    let find = async move |tx: &mut Tx| {
        let found = readable(tx, org).await?;
        Ok::<Vec<Place>, StoreError>(found.iter().map(|candidate| (candidate.store, candidate.seq)).collect())
    };
    let (mut learnt, mut tasks) = (0, BTreeSet::new());
    for place in store.read("find_unlearnt", find).await? {
        let judged = rejudge::at(store, org, place, now).await?;
        learnt += usize::from(judged.counts);
        tasks.extend(judged.tasks);
    }
    rejudge::joined(store, org, tasks, now).await?;
    Ok(learnt)
}

async fn relearn_one(tx: &mut Tx, org: Org, now: Timestamp) -> Result<usize, StoreError> {
    let mut found = readable(tx, org).await?;
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
    let mut again = retry::waiting(tx, org, board.ledger.changed()).await?;
    time::place(tx, org, &mut again, None).await?;
    fold(tx, &mut board, &mut again).await?;
    let (publications, _) = project(tx, &mut board, [&found, &again]).await?;
    publish(tx, org, publications).await?;
    Ok(found.iter().chain(&again).filter(|candidate| candidate.code.is_none()).count())
}
