//! Parked facts that the server judges again: facts that waited for other facts of their task.

use super::{
    board::Board,
    candidate::{Before, Candidate},
    line,
};
use crate::{
    row,
    store::{Batch, Row, StoreError, Tx, Ty, number},
};
use firebee_domain::{
    code::{Again, Code},
    id::TaskId,
    time::TrustedTime,
};
use std::{borrow::Cow, collections::BTreeSet};

/// Facts that may count as soon as other facts of their task do, such as a submission that lists them.
static WAITING: Batch<3> = Batch::new(
    "WITH w(org, task, code) AS ({rows})
     SELECT p.store_id, p.seq, p.content_hash, p.account, p.code, p.since_ms, f.bytes, f.received_ms, f.floor_ms, f.ceiling_ms
     FROM w JOIN parked p ON p.org = w.org AND p.task = w.task AND p.code = w.code
         JOIN fact_limit f ON f.org = p.org AND f.store_id = p.store_id AND f.seq = p.seq
     WHERE p.decision IS NULL",
    [Ty::Int, Ty::Blob, Ty::Text],
);

/// The parked facts of the tasks that changed, in the order in which they were received.
pub(super) async fn waiting(tx: &mut Tx, board: &Board) -> Result<Vec<Candidate<'static>>, StoreError> {
    let changed: BTreeSet<TaskId> =
        board.ledger.tasks.iter().filter(|(_, entry)| entry.changed).map(|(task, _)| *task).collect();
    let mut asked = Vec::new();
    for task in &changed {
        asked.extend(Code::judged(Again::Joined).map(|code| row![board.ledger.org, task, code]));
    }
    let rows = tx.many(&WAITING, asked).await?;
    let mut found = rows.iter().map(candidate).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|candidate| (candidate.received, candidate.store, candidate.seq));
    Ok(found)
}

/// Makes a candidate of a row: the entry in `parked`, joined with its fact.
pub(super) fn candidate(row: &Row) -> Result<Candidate<'static>, StoreError> {
    let received = row.get(7)?;
    let (fact, code) = line::reread(row.get(6)?);
    Ok(Candidate {
        name: fact.as_ref().map(|fact| fact.id),
        store: row.get(0)?,
        seq: number(row.get(1)?)?,
        content: row.get(2)?,
        account: row.get(3)?,
        received,
        fact: fact.map(Cow::Owned),
        was: Before::Parked { code: row.get(4)?, since: row.get(5)? },
        code,
        moved: false,
        settled: false,
        floor: row.get(8)?,
        ceiling: row.get(9)?,
        time: TrustedTime::of_server(received),
        loose: None,
    })
}
