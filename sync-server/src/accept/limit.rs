//! What the server itself knows of the time of a line at its place: not before its floor, not after its ceiling.

use crate::{
    org::Org,
    query::line::Place,
    row,
    store::{Batch, CommitmentState, StoreError, Tx, Ty, number, stored},
};
use firebee_domain::time::Timestamp;
use std::collections::HashMap;

static LIMITS: Batch<5> = Batch::new(
    "WITH p(org, store_id, seq, received_ms, fits) AS ({rows})
     SELECT p.store_id, p.seq,
        COALESCE((SELECT b.at_ms FROM floor b WHERE b.org = p.org AND b.store_id = p.store_id AND b.from_seq <= p.seq
                  ORDER BY b.from_seq DESC LIMIT 1), 0),
        COALESCE((SELECT min(c.received_ms) FROM commitment c
                  WHERE c.org = p.org AND c.store_id = p.store_id AND c.seq >= p.seq AND c.state = p.fits
                      AND c.received_ms < p.received_ms),
                 p.received_ms)
     FROM p",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Int, Ty::Text],
);

/// The floors and ceilings of lines, each given with the instant at which the server received the fact.
pub(super) async fn of(
    tx: &mut Tx,
    org: Org,
    received: impl Iterator<Item = (Place, Timestamp)>,
) -> Result<HashMap<Place, (Timestamp, Timestamp)>, StoreError> {
    let received: Vec<(Place, Timestamp)> = received.collect();
    let mut rows = Vec::with_capacity(received.len());
    for ((store, seq), at) in &received {
        rows.push(row![org, store, stored(*seq)?, *at, CommitmentState::Fits]);
    }
    let rows = tx.many(&LIMITS, rows).await?;
    rows.iter().map(|row| Ok(((row.get(0)?, number(row.get(1)?)?), (row.get(2)?, row.get(3)?)))).collect()
}
