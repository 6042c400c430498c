//! Writes the faults that changed. A fault's row is its lock; its document holds what it says.

use super::{Ledger, spell, task::instant};
use crate::{
    feed::{Publication, readers},
    row,
    store::{Batch, StoreError, Tx, Ty, json},
};
use firebee_domain::{account::Action, fault::Fault, spelling::Spelled, task::Stamp};
use firebee_protocol::document::{FaultDocument, kind};

static FAULTS: Batch<10> = Batch::new(
    "INSERT INTO fault (org, id, project, task, name, state, found, found_ms, sort, find) {rows}
     ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, state = excluded.state, sort = excluded.sort,
         find = excluded.find",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Text, Ty::Text, Ty::Int, Ty::Text, Ty::Text],
);

/// A changed fault, when it was found, that as JSON, and its spellings.
type Changed<'a> = (&'a Fault, Stamp, String, Spelled);

pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<Vec<Publication>, StoreError> {
    let (mut changed, mut publications): (Vec<Changed<'_>>, Vec<Publication>) = (Vec::new(), Vec::new());
    for entry in ledger.tasks.values() {
        let task = &entry.document.task;
        let lead = ledger.sites.get(&task.project).map(|site| site.lead);
        // Who goes on with a task gets its faults too.
        let handed = entry.holder_before != task.executor;
        for fault in entry.faults.iter().filter(|fault| handed || !entry.faults_before.contains(fault)) {
            let document = FaultDocument {
                fault: fault.clone(),
                task_name: task.name.clone(),
                catalogue: entry.document.catalogue,
            };
            publications.push(Publication {
                kind: kind::FAULT,
                id: fault.id.to_string(),
                body: Some(json(&document)?),
                to: readers(Action::ReadFault, task.executor, lead),
            });
            // When the result was recorded that found it; a fault of a withdrawn result has only its task's start.
            let found = task.current_result(fault.key).map_or(task.started, |held| held.at);
            changed.push((fault, found, json(&found)?, spell::found(task, fault.key.item, &fault.item_name)));
        }
    }
    let (org, now) = (ledger.org, ledger.now);
    let rows = changed.iter().map(|(fault, found, stamp, Spelled { sort, find })| {
        let Fault { id, project, task, item_name, state, .. } = fault;
        row![org, id, project, task, item_name, *state, stamp, instant(*found, now), sort, find]
    });
    tx.many(&FAULTS, rows).await?;
    Ok(publications)
}
