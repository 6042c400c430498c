//! Judges again what waits for an event of the firm. After an upgrade that is what an older program could not read; after
//! a decision of a lead or manager, what they adopted. Each firm gets a transaction of its own.

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
    id::TaskId,
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
/// The facts of one firm that somebody has adopted and that do not count yet.
static ADOPTED: Batch<2> = Batch::new(
    concat!(
        "WITH w(org, code) AS ({rows}) ",
        retry::parked!(
            "FROM w JOIN parked p ON p.org = w.org AND p.code = w.code WHERE p.decision IS NULL AND p.adopted = 1"
        )
    ),
    [Ty::Int, Ty::Text],
);

/// What came of judging again.
#[derive(Default)]
struct Judged {
    /// How many facts count now.
    counts: usize,
    /// The tasks whose track can be judged now.
    tracks: Vec<TaskId>,
}

/// Judges again every parked fact whose kind this program knows and an older one did not, and what was adopted when the
/// server ended. Returns how many of them count now. The server calls this before it listens.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn relearn(store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let mut learnt = 0;
    for org in store.read("find_firms", async |tx: &mut Tx| org::all(tx).await).await? {
        for again in [Again::Learnt, Again::Adopted] {
            learnt += judge(store, org, again, now).await?.counts;
        }
    }
    Ok(learnt)
}

/// Judges what a lead or manager of the firm has adopted, in the order of the recording: as if it had come in time, and by
/// the plan as it stands.
/// Returns the tasks whose track can be judged now. The caller has committed the decision; what a server that ended
/// leaves undone, [`relearn`] does.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn adopt(store: &Store, org: Org, now: Timestamp) -> Result<Vec<TaskId>, StoreError> {
    Ok(judge(store, org, Again::Adopted, now).await?.tracks)
}

async fn judge(store: &Store, org: Org, again: Again, now: Timestamp) -> Result<Judged, StoreError> {
    let together = async move |tx: &mut Tx| relearn_one(tx, org, again, now).await;
    match store.write("relearn", together).await {
        Err(error) if is_of_a_fact(&error) => one_by_one(store, org, again, now).await,
        other => other,
    }
}

/// The facts of a firm that can be judged again now, in the order of their receipt.
async fn readable(tx: &mut Tx, org: Org, again: Again) -> Result<Vec<Candidate<'static>>, StoreError> {
    let codes: Vec<_> = Code::judged(again).map(|code| row![org, code]).collect();
    let rows = tx.many(if again == Again::Adopted { &ADOPTED } else { &UNLEARNT }, codes).await?;
    let mut found = retry::candidates(tx, org, &rows).await?;
    found.sort_by_key(|candidate| (candidate.received, candidate.store, candidate.seq));
    found.retain(|candidate| candidate.code.is_none());
    Ok(found)
}

/// As [`relearn_one`], each fact in a transaction of its own: one of them cannot be applied.
async fn one_by_one(store: &Store, org: Org, again: Again, now: Timestamp) -> Result<Judged, StoreError> {
    let find = async move |tx: &mut Tx| {
        let found = readable(tx, org, again).await?;
        Ok::<Vec<Place>, StoreError>(found.iter().map(|candidate| (candidate.store, candidate.seq)).collect())
    };
    let (mut all, mut tasks) = (Judged::default(), BTreeSet::new());
    for place in store.read("find_unlearnt", find).await? {
        let judged = rejudge::at(store, org, place, now).await?;
        all.counts += usize::from(judged.counts);
        all.tracks.extend(judged.tracks);
        tasks.extend(judged.tasks);
    }
    all.tracks.extend(rejudge::joined(store, org, tasks, now).await?);
    Ok(all)
}

async fn relearn_one(tx: &mut Tx, org: Org, again: Again, now: Timestamp) -> Result<Judged, StoreError> {
    let mut found = readable(tx, org, again).await?;
    if found.is_empty() {
        return Ok(Judged::default());
    }
    let facts = || found.iter().filter_map(Candidate::open_fact);
    let (tasks, projects) =
        (facts().filter_map(Fact::task).collect(), facts().filter_map(|fact| fact.project).collect());
    let mut feeds = feed::around(tx, org, &tasks, &projects).await?;
    feeds.extend(found.iter().flat_map(Candidate::reaches));
    feed::lock(tx, org, &feeds).await?;
    let mut board = Board::new(org, now);
    time::place(tx, org, &mut found, None).await?;
    fold(tx, &mut board, &mut found).await?;
    let mut joined = retry::waiting(tx, org, board.ledger.changed()).await?;
    time::place(tx, org, &mut joined, None).await?;
    fold(tx, &mut board, &mut joined).await?;
    let (publications, tracks) = project(tx, &mut board, [&found, &joined]).await?;
    publish(tx, org, publications).await?;
    let counts = found.iter().chain(&joined).filter(|candidate| candidate.code.is_none()).count();
    Ok(Judged { counts, tracks })
}
