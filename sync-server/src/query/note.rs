//! Reads what phones noted about themselves.

use super::{
    device::Of,
    line,
    page::{self, Page, Wanted, order},
    visible::{sees_phone, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, number, own, stored},
};
use firebee_domain::{
    account::{Action, Actor},
    device::DeviceNote,
    id::{BootId, FactId, StoreId},
    task::{Stamp, Task},
};
use firebee_protocol::fact::glance;
use std::collections::{BTreeMap, BTreeSet};
use strum::EnumString;

/// A note, with the names that are shown beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteRow {
    /// The store of the phone.
    pub store: StoreId,
    /// The phone's name.
    pub device: String,
    /// Who has, or had, the phone.
    pub holder: String,
    /// What it noted.
    pub note: DeviceNote,
    /// When.
    pub at: Stamp,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum NoteSort {
    /// When it was noted.
    #[default]
    Time,
}

/// What a row of a note is read from.
macro_rules! columns {
    () => {
        "k.store_id, d.device, n.name, k.note, k.stamp"
    };
}

/// The names beside a note with the alias `k`.
macro_rules! named {
    () => {
        " JOIN device_store d ON d.org = k.org AND d.store_id = k.store_id
          JOIN account a ON a.org = d.org AND a.id = d.account JOIN person n ON n.org = a.org AND n.id = a.person"
    };
}

fn read(row: &Row) -> Result<NoteRow, StoreError> {
    let (store, device, holder) = (row.get(0)?, row.get(1)?, row.get(2)?);
    Ok(NoteRow { store, device, holder, note: own(row.get(3)?)?, at: own(row.get(4)?)? })
}

/// A page of the notes of the phones that `actor` may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn notes(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    of: Of,
    wanted: &Wanted<NoteSort>,
) -> Result<Page<NoteRow>, StoreError> {
    let order = order!(
        columns!(),
        concat!(
            "FROM device_note k",
            named!(),
            " WHERE k.org = ?2 AND ",
            sees_phone!("d.account", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR k.store_id = ?10) AND (CAST(?11 AS BYTEA) IS NULL OR d.account = ?11)"
        ),
        "(n.find || ' ' || d.find)",
        "k.at_ms": Number,
        "k.place": Text
    );
    let seen = visible(actor, Action::ReadDevice, org);
    page::page(tx, &seen, (&order, wanted), &row![of.store.as_ref(), of.account.as_ref()], read).await
}

static DURING: Batch<4> = Batch::new(
    concat!(
        "WITH p(org, store_id, first, last) AS ({rows}) SELECT ",
        columns!(),
        ", k.seq FROM p JOIN device_note k ON k.org = p.org AND k.store_id = p.store_id
             AND k.seq >= p.first AND k.seq <= p.last",
        named!()
    ),
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Int],
);
static OF_BOOT: Batch<3> = Batch::new(
    concat!(
        "WITH p(org, store_id, boot_id) AS ({rows}) SELECT ",
        columns!(),
        ", k.seq FROM p JOIN device_note k ON k.org = p.org AND k.store_id = p.store_id AND k.boot_id = p.boot_id",
        named!()
    ),
    [Ty::Int, Ty::Blob, Ty::Blob],
);

/// The notes that concern a task, in the order of the journals: those that its executor's phones recorded between its first
/// and its last fact, and those of the boots in which it was begun, handed in, or its track was recorded. The caller has
/// asked whether the reader may see them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_task(tx: &mut Tx, org: Org, task: &Task) -> Result<Vec<NoteRow>, StoreError> {
    let pieces = task.segments.iter().map(|held| held.fact);
    let facts: Vec<FactId> = task.worked_at().map(|(fact, _)| fact).chain(pieces).collect();
    let places = line::places(tx, org, &facts).await?;
    let mut spans: BTreeMap<StoreId, (u64, u64)> = BTreeMap::new();
    for (store, seq) in places.values() {
        let span = spans.entry(*store).or_insert((*seq, *seq));
        *span = (span.0.min(*seq), span.1.max(*seq));
    }
    let of_track = task.segments.iter().map(|held| (held.fact, held.segment.boot_id));
    let boots: BTreeSet<(StoreId, BootId)> = of_track
        .chain(boots_of_ends(tx, org, task).await?)
        .filter_map(|(fact, boot)| Some((places.get(&fact)?.0, boot)))
        .collect();
    let mut rows = Vec::with_capacity(spans.len());
    for (store, (first, last)) in &spans {
        rows.push(row![org, store, stored(*first)?, stored(*last)?]);
    }
    let mut found = tx.many(&DURING, rows).await?;
    found.extend(tx.many(&OF_BOOT, boots.iter().map(|(store, boot)| row![org, store, boot])).await?);
    let mut notes: BTreeMap<(StoreId, u64), NoteRow> = BTreeMap::new();
    for row in found {
        notes.insert((row.get(0)?, number(row.get(5)?)?), read(&row)?);
    }
    Ok(notes.into_values().collect())
}

/// The boots in which a task was begun and last handed in.
async fn boots_of_ends(tx: &mut Tx, org: Org, task: &Task) -> Result<Vec<(FactId, BootId)>, StoreError> {
    let ends = [Some(FactId(task.id.0)), task.last_submission().map(|round| round.fact)];
    let lines = line::of_facts(tx, org, ends.iter().flatten()).await?;
    let boot = |(fact, line): (FactId, line::Line)| Some((fact, glance(&line.bytes).ok()?.captured.boot_id));
    Ok(lines.into_iter().filter_map(boot).collect())
}
