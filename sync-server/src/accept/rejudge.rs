//! Judges parked facts again, each in a transaction of its own, so that one that cannot be applied delays no other.

use super::{
    board::Board,
    candidate::Candidate,
    commit::{fold, project},
    push::is_of_a_fact,
    retry, time,
};
use crate::{
    feed::{self, publish},
    observe::{self, Counter},
    org::Org,
    query::line::Place,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{ProjectId, TaskId},
    time::Timestamp,
};
use firebee_protocol::fact::Fact;
use std::collections::BTreeSet;

/// What became of a parked fact.
#[derive(Default)]
pub(super) struct Rejudged {
    /// Whether it counts now.
    pub(super) counts: bool,
    /// The tasks that changed.
    pub(super) tasks: Vec<TaskId>,
    /// The tasks whose track can be judged now.
    pub(super) tracks: Vec<TaskId>,
}

/// Judges the facts that waited for others of these tasks. Returns the tasks whose track can be judged now.
pub(super) async fn joined(
    store: &Store,
    org: Org,
    tasks: BTreeSet<TaskId>,
    now: Timestamp,
) -> Result<Vec<TaskId>, StoreError> {
    let (mut tasks, mut tracks) = (tasks, Vec::new());
    while !tasks.is_empty() {
        let of = std::mem::take(&mut tasks);
        let find = async move |tx: &mut Tx| {
            let waiting = retry::waiting(tx, org, of.iter().copied()).await?;
            Ok::<Vec<Place>, StoreError>(waiting.iter().map(|fact| (fact.store, fact.seq)).collect())
        };
        for place in store.read("find_waiting", find).await? {
            let judged = at(store, org, place, now).await?;
            tracks.extend(judged.tracks);
            // What counts now may be what another fact waited for.
            tasks.extend(judged.tasks);
        }
    }
    Ok(tracks)
}

/// Judges the parked fact at a place, and quarantines it as `apply_failed` if the database refuses it.
pub(super) async fn at(store: &Store, org: Org, place: Place, now: Timestamp) -> Result<Rejudged, StoreError> {
    let judge = |forced| async move |tx: &mut Tx| one(tx, org, place, now, forced).await;
    match store.write("rejudge", judge(None)).await {
        Err(error) if is_of_a_fact(&error) => {
            tell(&error);
            store.write("rejudge", judge(Some(Code::ApplyFailed))).await
        }
        other => other,
    }
}

/// Tells the operator that a fact is quarantined because it cannot be applied.
pub(super) fn tell(error: &StoreError) {
    tracing::error!(code = %Code::ApplyFailed, error = %error, "a fact could not be applied and is quarantined");
    observe::count(Counter::ApplyFailed);
}

async fn one(
    tx: &mut Tx,
    org: Org,
    place: Place,
    now: Timestamp,
    forced: Option<Code>,
) -> Result<Rejudged, StoreError> {
    let mut found = retry::parked_at(tx, org, place).await?;
    let facts = || found.iter().filter_map(|candidate| candidate.fact.as_deref());
    let tasks: BTreeSet<TaskId> = facts().filter_map(Fact::task).collect();
    let projects: BTreeSet<ProjectId> = facts().filter_map(|fact| fact.project).collect();
    let mut feeds = feed::around(tx, org, &tasks, &projects).await?;
    feeds.extend(found.iter().flat_map(Candidate::reaches));
    feed::lock(tx, org, &feeds).await?;
    for candidate in &mut found {
        candidate.code = candidate.code.or(forced);
    }
    let mut board = Board::new(org, now);
    time::place(tx, org, &mut found, None).await?;
    fold(tx, &mut board, &mut found).await?;
    let tasks = board.ledger.changed().collect();
    let (publications, tracks) = project(tx, &mut board, [&found, &[]]).await?;
    publish(tx, org, publications).await?;
    Ok(Rejudged { counts: found.iter().any(|candidate| candidate.code.is_none()), tasks, tracks })
}
