//! Loose facts: the server knows their time only roughly, and an anchor of the same boot that comes later can still narrow
//! it. Neighbours are noted as one run, because a phone without a network records nothing but loose facts.

use super::candidate::Candidate;
use crate::{
    org::Org,
    query::line::Place,
    row, sql,
    store::{Batch, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::id::{BootId, StoreId};
use std::collections::BTreeSet;

static RUNS: Batch<5> = Batch::new(
    "INSERT INTO loose (org, store_id, first_seq, last_seq, boot_id) {rows}",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Int, Ty::Blob],
);
static ENDED: Batch<3> = Batch::new(
    "WITH p(org, store_id, first_seq) AS ({rows})
     DELETE FROM loose WHERE (org, store_id, first_seq) IN (SELECT p.org, p.store_id, p.first_seq FROM p)",
    [Ty::Int, Ty::Blob, Ty::Int],
);

/// Facts of one boot that follow each other in their store, all of them loose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    boot: BootId,
    first: u64,
    last: u64,
}

/// Notes which candidates are loose.
pub(super) async fn note<'a>(
    tx: &mut Tx,
    org: Org,
    candidates: impl Iterator<Item = &'a Candidate<'a>>,
) -> Result<(), StoreError> {
    let mut runs: Vec<(StoreId, Run)> = Vec::new();
    for candidate in candidates {
        let Some(boot) = candidate.loose else { continue };
        let (store, seq) = (candidate.store, candidate.seq);
        match runs.last_mut() {
            Some((of, run)) if *of == store && run.boot == boot && run.last + 1 == seq => run.last = seq,
            _ => runs.push((store, Run { boot, first: seq, last: seq })),
        }
    }
    insert(tx, org, &runs).await
}

async fn insert(tx: &mut Tx, org: Org, runs: &[(StoreId, Run)]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(runs.len());
    for (store, run) in runs {
        rows.push(row![org, store, stored(run.first)?, stored(run.last)?, &run.boot]);
    }
    tx.many(&RUNS, rows).await.map(drop)
}

/// The first and last seq of the runs of a boot, as far as they do not lie above a seq.
pub(super) async fn of_boot(
    tx: &mut Tx,
    org: Org,
    (store, boot): (StoreId, BootId),
    below: u64,
) -> Result<Vec<(u64, u64)>, StoreError> {
    let find = sql!(
        "SELECT first_seq, last_seq FROM loose
         WHERE org = ?1 AND store_id = ?2 AND first_seq <= ?3 AND boot_id = ?4 ORDER BY first_seq"
    );
    let rows = tx.query(find, &row![org, &store, stored(below)?, &boot]).await?;
    rows.iter().map(|row| Ok((number(row.get(0)?)?, number(row.get(1)?)?.min(below)))).collect()
}

/// Takes facts of a store out of the runs, because their time is known well now.
pub(super) async fn tight(tx: &mut Tx, org: Org, places: &BTreeSet<Place>) -> Result<(), StoreError> {
    let (Some((store, first)), Some((_, last))) = (places.first().copied(), places.last().copied()) else {
        return Ok(());
    };
    let find = sql!(
        "SELECT first_seq, last_seq, boot_id FROM loose
         WHERE org = ?1 AND store_id = ?2 AND first_seq <= ?4 AND last_seq >= ?3"
    );
    let rows = tx.query(find, &row![org, &store, stored(first)?, stored(last)?]).await?;
    let (mut ended, mut left) = (Vec::new(), Vec::new());
    for row in &rows {
        let run = Run { boot: row.get(2)?, first: number(row.get(0)?)?, last: number(row.get(1)?)? };
        let remaining = without(run, |seq| places.contains(&(store, seq)));
        if remaining != [run] {
            ended.push(row![org, &store, stored(run.first)?]);
            left.extend(remaining.into_iter().map(|run| (store, run)));
        }
    }
    tx.many(&ENDED, ended).await?;
    insert(tx, org, &left).await
}

/// What is left of a run.
fn without(run: Run, is_tight: impl Fn(u64) -> bool) -> Vec<Run> {
    let mut left: Vec<Run> = Vec::new();
    for seq in (run.first..=run.last).filter(|seq| !is_tight(*seq)) {
        match left.last_mut() {
            Some(open) if open.last + 1 == seq => open.last = seq,
            _ => left.push(Run { first: seq, last: seq, ..run }),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_falls_apart_around_what_is_known_well() {
        let run = |first, last| Run { boot: BootId(uuid::Uuid::nil()), first, last };
        assert_eq!(without(run(3, 9), |seq| seq == 5 || seq == 9), [run(3, 4), run(6, 8)]);
        assert_eq!(without(run(3, 9), |_| false), [run(3, 9)]);
        assert_eq!(without(run(3, 9), |_| true), []);
    }
}
