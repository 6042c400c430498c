//! Writes the plan items that changed.

use super::Ledger;
use crate::{
    row,
    store::{Batch, StoreError, Tx, Ty},
};

static ITEMS: Batch<4> = Batch::new(
    "UPDATE plan_item SET state = {2}, executor = {3}, task = {4} {from} WHERE plan_item.id = {1}",
    [Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob],
);

pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<(), StoreError> {
    let changed = ledger.items.iter().filter(|(_, entry)| entry.changed);
    let rows = changed.map(|(id, entry)| {
        let (executor, task) = (entry.executor.as_ref(), entry.task.as_ref());
        row![id, entry.state, executor, task]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
