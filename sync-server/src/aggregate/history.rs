//! Writes what approved tasks and their faults mean to the histories of facilities. A history's row is its lock.

use super::{Ledger, TaskEntry};
use crate::{
    feed::{Publication, workers},
    org::Org,
    query, row,
    store::{Batch, StoreError, Tx, Ty, json, own},
};
use firebee_domain::{
    account::Action,
    catalogue::Catalogue,
    history::History,
    id::{AccountId, ProjectId},
    task::TaskState,
};
use firebee_protocol::document::{HistoryDocument, kind};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A facility of a project.
type Place = (ProjectId, String);

static MADE: Batch<4> = Batch::new(
    "INSERT INTO history (org, project, facility, body) {rows} ON CONFLICT (org, project, facility) DO NOTHING",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Text],
);
static LOCKED: Batch<3> = Batch::new(
    "SELECT body FROM history WHERE (org, project, facility) IN ({rows}) ORDER BY project, facility {locked}",
    [Ty::Int, Ty::Blob, Ty::Text],
);
static KEPT: Batch<4> = Batch::new(
    "INSERT INTO history (org, project, facility, body) {rows}
     ON CONFLICT (org, project, facility) DO UPDATE SET body = excluded.body",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Text],
);

/// Locks and loads the histories of these facilities; one that nobody has written is empty.
pub(crate) async fn histories(tx: &mut Tx, org: Org, places: &BTreeSet<Place>) -> Result<Vec<History>, StoreError> {
    let mut fresh = Vec::with_capacity(places.len());
    for (project, facility) in places {
        fresh.push((project, facility, json(&History::new(*project, facility))?));
    }
    tx.many(&MADE, fresh.iter().map(|(project, facility, body)| row![org, *project, *facility, body])).await?;
    let held = tx.many(&LOCKED, places.iter().map(|(project, facility)| row![org, project, facility])).await?;
    held.iter().map(|row| own(row.get(0)?)).collect()
}

/// Writes the rows of histories. Returns their documents, for everybody who works on the project of each.
pub(crate) async fn keep(
    tx: &mut Tx,
    org: Org,
    changed: &[(History, AccountId)],
) -> Result<Vec<Publication>, StoreError> {
    let (mut rows, mut publications) = (Vec::with_capacity(changed.len()), Vec::with_capacity(changed.len()));
    for (history, lead) in changed {
        let assigned = query::project::executors(tx, org, history.project).await?;
        rows.push((&history.project, &history.facility, json(history)?));
        publications.push(Publication {
            kind: kind::HISTORY,
            id: HistoryDocument::id(history.project, &history.facility),
            body: Some(json(&HistoryDocument { history: history.clone() })?),
            to: workers(Action::ReadHistory, &assigned, *lead),
        });
    }
    tx.many(&KEPT, rows.iter().map(|(project, facility, body)| row![org, *project, *facility, body])).await?;
    Ok(publications)
}

/// Lets the histories learn from the approved tasks that changed, or whose faults did.
pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<Vec<Publication>, StoreError> {
    let approved = ledger.tasks.values().filter(|entry| entry.document.task.state == TaskState::Approved);
    let mut touched: BTreeMap<Place, Vec<(&TaskEntry, Arc<Catalogue>)>> = BTreeMap::new();
    for entry in approved.filter(|entry| entry.changed || entry.faults != entry.faults_before) {
        let task = &entry.document.task;
        let Some(catalogue) = query::catalogue::find(tx, entry.document.catalogue).await? else { continue };
        let of_item = task.items.iter().filter_map(|held| catalogue.item(&held.item_id));
        // What the catalogue lacks has a facility of its own each time, and none that comes back.
        let of_item = of_item.filter(|found| !found.item.is_mismatch());
        let facilities: BTreeSet<String> = of_item.map(|found| found.facility.code.clone()).collect();
        for facility in facilities {
            touched.entry((task.project, facility)).or_default().push((entry, Arc::clone(&catalogue)));
        }
    }
    if touched.is_empty() {
        return Ok(Vec::new());
    }
    let mut changed = Vec::new();
    for history in histories(tx, ledger.org, &touched.keys().cloned().collect()).await? {
        let Some(lead) = ledger.sites.get(&history.project).map(|site| site.lead) else { continue };
        let mut after = history.clone();
        for (entry, catalogue) in touched.remove(&(history.project, history.facility.clone())).unwrap_or_default() {
            learn(&mut after, entry, &catalogue);
        }
        if after != history {
            changed.push((after, lead));
        }
    }
    keep(tx, ledger.org, &changed).await
}

fn learn(history: &mut History, entry: &TaskEntry, catalogue: &Catalogue) {
    let task = &entry.document.task;
    history.learn(task, catalogue);
    for fault in &entry.faults {
        let found = task.item(fault.key.item).and_then(|held| catalogue.item(&held.item_id));
        if let Some(found) = found.filter(|found| found.facility.code == history.facility) {
            history.follow(fault, &found.item.id, &task.name);
        }
    }
}
