//! Reads about faults.

use crate::{
    org::Org,
    row,
    store::{Batch, Packed, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    fault::Fault,
    id::{FaultId, TaskId},
};
use firebee_protocol::document::{FaultDocument, kind};
use std::collections::HashMap;

static OF_TASKS: Batch<2> = Batch::new("SELECT id FROM fault WHERE (org, task) IN ({rows})", [Ty::Int, Ty::Blob]);
static DOCUMENTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// The faults that tasks found, those of each task by id. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_tasks(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<HashMap<TaskId, Vec<Fault>>, StoreError> {
    let rows = tx.many(&OF_TASKS, tasks.iter().map(|task| row![org, task])).await?;
    let ids = rows.iter().map(|row| Ok(FaultId(row.get(0)?).to_string())).collect::<Result<Vec<_>, StoreError>>()?;
    let mut faults: HashMap<TaskId, Vec<Fault>> = HashMap::new();
    for row in tx.many(&DOCUMENTS, ids.iter().map(|id| row![org, kind::FAULT, id])).await? {
        let document: FaultDocument = own(&row.get::<Packed>(0)?.0)?;
        faults.entry(document.fault.task).or_default().push(document.fault);
    }
    for faults in faults.values_mut() {
        faults.sort_by_key(|fault| fault.id);
    }
    Ok(faults)
}
