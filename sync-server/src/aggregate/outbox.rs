//! Tells the webhooks what has happened to tasks and faults.

use super::Ledger;
use crate::{
    feed::outbox::{Happened, put},
    store::{StoreError, Tx},
};
use firebee_domain::webhook::Happening;

/// Compares what is loaded with what it was.
pub(super) async fn tell(tx: &mut Tx, ledger: &Ledger) -> Result<(), StoreError> {
    let mut happened = Vec::new();
    for entry in ledger.tasks.values() {
        let task = &entry.document.task;
        let of_task = Happening::of_task(entry.state_before, task.state).filter(|_| entry.changed);
        happened.extend(of_task.map(|event| Happened { event, subject: task.id.0, project: task.project }));
        happened.extend(entry.faults.iter().filter_map(|fault| {
            let before = entry.faults_before.iter().find(|before| before.id == fault.id).map(|before| before.state);
            let event = Happening::of_fault(before, fault.state)?;
            Some(Happened { event, subject: fault.id.0, project: task.project })
        }));
    }
    put(tx, ledger.org, &happened, ledger.now).await
}
