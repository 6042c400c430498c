//! Heads that a store committed to before its facts came (protocol, "Trusted time"). The receipt of the first push that
//! names such a head is the latest instant of all facts up to it, once the chain has arrived there and fits.

use super::line::Line;
use crate::{
    org::Org,
    row, sql,
    store::{CommitmentState, StoreError, Tx, number, stored},
};
use firebee_domain::{
    id::{Hash, StoreId},
    time::Timestamp,
};
use firebee_protocol::chain::ChainPoint;

/// What the commitments of a store say about the new lines of a push.
#[derive(Default)]
pub(super) struct Ceilings {
    /// Those that fit: the last seq that each covers, and its receipt.
    fitting: Vec<(u64, Timestamp)>,
    /// The last seq that a commitment covers which does not fit.
    void_through: u64,
}

impl Ceilings {
    /// The latest instant of a line that is received now.
    pub(super) fn of(&self, seq: u64, received: Timestamp) -> Timestamp {
        let covering = self.fitting.iter().filter(|(last, _)| seq <= *last).map(|(_, received)| *received);
        covering.min().map_or(received, |earliest| earliest.min(received))
    }

    /// Whether the store had committed to something else than this line.
    pub(super) const fn is_void(&self, seq: u64) -> bool {
        seq <= self.void_through
    }

    /// The earliest receipt among those that fit.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        self.fitting.iter().map(|(_, received)| *received).min()
    }
}

/// Compares the chain of the new lines with the heads that the store had committed to. A commitment that does not fit
/// is void.
pub(super) async fn compare(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    new: &[Line],
    chains: &[Hash],
) -> Result<Ceilings, StoreError> {
    let mut ceilings = Ceilings::default();
    let Some(last) = new.last().map(|line| line.seq) else { return Ok(ceilings) };
    let open = sql!(
        "SELECT seq, chain, received_ms FROM commitment
         WHERE org = ?1 AND store_id = ?2 AND state = ?4 AND seq <= ?3 ORDER BY seq"
    );
    for row in tx.query(open, &row![org, &store, stored(last)?, CommitmentState::Open]).await? {
        let (seq, chain) = (number(row.get(0)?)?, row.get(1)?);
        let arrived = new.iter().position(|line| line.seq == seq).and_then(|at| chains.get(at));
        let fits = arrived == Some(&chain);
        let close = sql!("UPDATE commitment SET state = ?4 WHERE org = ?1 AND store_id = ?2 AND seq = ?3");
        let state = if fits { CommitmentState::Fits } else { CommitmentState::Void };
        tx.execute(close, &row![org, &store, stored(seq)?, state]).await?;
        if fits {
            ceilings.fitting.push((seq, row.get(2)?));
        } else {
            tracing::warn!(%store, seq, "a store sent other facts than it had committed to");
            ceilings.void_through = seq;
        }
    }
    Ok(ceilings)
}

/// Notes that the store commits to a head beyond the last line of this push. The first commitment to a seq stays.
pub(super) async fn note(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    head: &ChainPoint,
    now: Timestamp,
) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO commitment (org, store_id, seq, chain, received_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (org, store_id, seq) DO NOTHING"
    );
    tx.execute(keep, &row![org, &store, stored(head.seq)?, &head.chain, now, CommitmentState::Open]).await.map(drop)
}
