//! Writes the faults that changed. A fault's row is its lock; its document holds what it says.

use super::{Ledger, spell};
use crate::{
    feed::{Publication, readers},
    row,
    store::{Batch, StoreError, Tx, Ty, json},
};
use firebee_domain::{account::Action, fault::Fault, spelling::Spelled};
use firebee_protocol::document::{FaultDocument, kind};

static FAULTS: Batch<9> = Batch::new(
    "INSERT INTO fault (org, id, project, task, name, state, found_ms, sort, find) {rows}
     ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, state = excluded.state, sort = excluded.sort,
         find = excluded.find",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Text, Ty::Int, Ty::Text, Ty::Text],
);

pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<Vec<Publication>, StoreError> {
    let (mut changed, mut publications): (Vec<(&Fault, Spelled)>, Vec<Publication>) = (Vec::new(), Vec::new());
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
            changed.push((fault, spell::found(task, fault.key.item, &fault.item_name)));
        }
    }
    let (org, now) = (ledger.org, ledger.now);
    let rows = changed.iter().map(|(fault, Spelled { sort, find })| {
        let Fault { id, project, task, item_name, state, .. } = fault;
        row![org, id, project, task, item_name, *state, now, sort, find]
    });
    tx.many(&FAULTS, rows).await?;
    Ok(publications)
}
