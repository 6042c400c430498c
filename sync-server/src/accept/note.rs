//! Keeps what phones noted about themselves in a table, for the people who review their work and look after phones.

use super::candidate::Candidate;
use crate::{
    org::Org,
    row,
    store::{Batch, StoreError, Tx, Ty, json, number, own, stored},
};
use firebee_domain::{
    id::StoreId,
    task::Stamp,
    time::{Captured, TrustedTime},
};
use firebee_protocol::fact::{Body, DeviceNote};
use std::collections::BTreeMap;

static NOTES: Batch<8> = Batch::new(
    "INSERT INTO device_note (org, store_id, seq, place, boot_id, note, stamp, at_ms) {rows}
     ON CONFLICT (org, store_id, seq) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text, Ty::Blob, Ty::Text, Ty::Text, Ty::Int],
);
static KNOWN: Batch<3> = Batch::new(
    "WITH p(org, store_id, seq) AS ({rows})
     SELECT n.seq, n.stamp FROM p JOIN device_note n ON n.org = p.org AND n.store_id = p.store_id AND n.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int],
);
static STAMPS: Batch<5> = Batch::new(
    "WITH p(org, store_id, seq, stamp, at_ms) AS ({rows})
     UPDATE device_note SET stamp = p.stamp, at_ms = p.at_ms FROM p
     WHERE device_note.org = p.org AND device_note.store_id = p.store_id AND device_note.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text, Ty::Int],
);

/// What a body notes about its device; an anchor tells of no trouble.
pub(super) const fn noted(body: &Body) -> Option<&DeviceNote> {
    match body {
        Body::DeviceNote(DeviceNote::Anchor { .. }) => None,
        Body::DeviceNote(note) => Some(note),
        _ => None,
    }
}

/// Keeps the notes among the candidates that count now. A fact that moved from another store has its row there.
pub(super) async fn keep(tx: &mut Tx, org: Org, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut found = Vec::new();
    for candidate in candidates {
        let Some((fact, note)) = candidate.open_fact().zip(candidate.open_body().and_then(noted)) else { continue };
        let Captured { wall_ms, boot_id, .. } = fact.captured;
        let stamp = json(&Stamp { wall_ms, time: Some(candidate.time) })?;
        let (seq, place) = (stored(candidate.seq)?, format!("{}:{}", candidate.store, candidate.seq));
        found.push((candidate, seq, place, boot_id, json(note)?, stamp));
    }
    let rows = found.iter().map(|(candidate, seq, place, boot, note, stamp)| {
        row![org, &candidate.store, *seq, place, boot, note, stamp, candidate.time.best().latest]
    });
    tx.many(&NOTES, rows).await.map(drop)
}

/// Writes what is known better now of the times of a store's earlier notes, each by its seq. What is known already stays.
pub(super) async fn restamp(
    tx: &mut Tx,
    (org, store): (Org, StoreId),
    anew: &BTreeMap<u64, TrustedTime>,
) -> Result<(), StoreError> {
    let seqs = anew.keys().map(|seq| stored(*seq)).collect::<Result<Vec<_>, _>>()?;
    let mut better = Vec::with_capacity(anew.len());
    for row in tx.many(&KNOWN, seqs.iter().map(|seq| row![org, &store, *seq])).await? {
        let (seq, held): (i64, Stamp) = (row.get(0)?, own(row.get(1)?)?);
        let Some(new) = anew.get(&number(seq)?).copied() else { continue };
        let time = held.time.map_or(new, |old| old.retaken(new));
        better.push((seq, json(&Stamp { time: Some(time), ..held })?, time.best().latest));
    }
    tx.many(&STAMPS, better.iter().map(|(seq, stamp, latest)| row![org, &store, *seq, stamp, *latest])).await.map(drop)
}
