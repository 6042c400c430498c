//! Writes the plan items that changed.

use super::Ledger;
use crate::{
    row,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::plan::Hold;

static ITEMS: Batch<5> = Batch::new(
    "UPDATE plan_item SET state = {3}, executor = {4}, task = {5} {from}
     WHERE plan_item.org = {1} AND plan_item.id = {2}",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob],
);

pub(super) async fn write(tx: &mut Tx, ledger: &Ledger) -> Result<(), StoreError> {
    let changed = ledger.items.iter().filter(|(_, entry)| entry.changed);
    let rows = changed.map(|(id, entry)| {
        let Hold { state, executor, task } = &entry.hold;
        row![ledger.org, id, *state, executor.as_ref(), task.as_ref()]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
