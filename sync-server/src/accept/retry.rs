//! Parked facts that the server judges again: facts that waited for other facts of their task.

use super::{
    candidate::{Before, Candidate},
    limit, line,
};
use crate::{
    org::Org,
    query::line::{self as kept, Place},
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::{
    code::{Again, Code},
    id::TaskId,
    time::TrustedTime,
};
use std::{borrow::Cow, collections::BTreeSet};

/// What [`candidates`] reads of the quarantine. The last but two is when the server first received the fact.
macro_rules! parked {
    ($from:literal) => {
        concat!(
            "SELECT p.store_id, p.seq, p.content_hash, p.account, p.code, p.since_ms,
                    (SELECT min(q.since_ms) FROM parked q
                     WHERE q.org = p.org AND q.content_hash = p.content_hash AND q.account = p.account), p.late, p.adopted ",
            $from
        )
    };
}
pub(super) use parked;

/// Facts that may count as soon as other facts of their task do, such as a submission that lists them.
static WAITING: Batch<3> = Batch::new(
    concat!(
        "WITH w(org, task, code) AS ({rows}) ",
        parked!(
            "FROM w JOIN parked p ON p.org = w.org AND p.task = w.task AND p.code = w.code WHERE p.decision IS NULL"
        )
    ),
    [Ty::Int, Ty::Blob, Ty::Text],
);

/// The parked facts of tasks that changed, in the order in which they were received.
pub(super) async fn waiting(
    tx: &mut Tx,
    org: Org,
    changed: impl Iterator<Item = TaskId>,
) -> Result<Vec<Candidate<'static>>, StoreError> {
    let (changed, mut asked): (BTreeSet<TaskId>, _) = (changed.collect(), Vec::new());
    for task in &changed {
        asked.extend(Code::judged(Again::Joined).map(|code| row![org, task, code]));
    }
    let rows = tx.many(&WAITING, asked).await?;
    let mut found = candidates(tx, org, &rows).await?;
    found.sort_by_key(|candidate| (candidate.received, candidate.store, candidate.seq));
    Ok(found)
}

/// The parked fact at a place, if one is parked there.
pub(super) async fn parked_at(
    tx: &mut Tx,
    org: Org,
    (store, seq): Place,
) -> Result<Vec<Candidate<'static>>, StoreError> {
    let find = sql!(parked!("FROM parked p WHERE p.org = ?1 AND p.store_id = ?2 AND p.seq = ?3"));
    let rows = tx.query(find, &row![org, &store, stored(seq)?]).await?;
    candidates(tx, org, &rows).await
}

/// Makes candidates of rows that [`parked`] selects: reads their lines, and what the server knows of their time.
pub(super) async fn candidates(tx: &mut Tx, org: Org, rows: &[Row]) -> Result<Vec<Candidate<'static>>, StoreError> {
    let place = |row: &Row| Ok((row.get(0)?, number(row.get(1)?)?));
    let places = rows.iter().map(place).collect::<Result<BTreeSet<Place>, StoreError>>()?;
    let mut lines = kept::at(tx, org, places).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (store, seq) = place(row)?;
        let Some(kept) = lines.remove(&(store, seq)) else { continue };
        let received = row.get(6)?;
        let (fact, code) = line::reread(&kept.bytes);
        found.push(Candidate {
            name: fact.as_ref().map(|fact| fact.id),
            store,
            seq,
            content: row.get(2)?,
            account: row.get(3)?,
            received,
            fact: fact.map(Cow::Owned),
            was: Before::Parked { code: row.get(4)?, since: row.get(5)? },
            code,
            moved: false,
            settled: false,
            late: row.get(7)?,
            adopted: row.get(8)?,
            floor: received,
            ceiling: received,
            time: TrustedTime::of_server(received),
            loose: None,
        });
    }
    let limits = limit::of(tx, org, found.iter().map(|found| ((found.store, found.seq), found.received))).await?;
    for candidate in &mut found {
        if let Some((floor, ceiling)) = limits.get(&(candidate.store, candidate.seq)) {
            (candidate.floor, candidate.ceiling) = (*floor, *ceiling);
        }
    }
    Ok(found)
}
