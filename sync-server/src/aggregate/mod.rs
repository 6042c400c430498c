//! The nouns that facts and the office change: tasks, the faults that they found, the dispatches of these, the plan items
//! that they hold, the histories of facilities.
//!
//! A transaction locks the row of each, loads it, lets the domain change it in memory, and writes it once: row,
//! document, and the feeds of everybody who receives it. Facts and office acts go the same way. They lock in the
//! order that `feed/lock.rs` says, and the rows of one kind by id.

mod dispatch;
mod fault;
mod hand;
mod history;
mod item;
mod ledger;
mod load;
mod outbox;
pub(crate) mod parked;
mod spell;
mod task;

pub(crate) use history::{histories, keep};
pub(crate) use ledger::{Given, ItemEntry, Ledger, Site, TaskEntry};
pub(crate) use load::{assignments, items, load, sites};
pub(crate) use task::{day_of, name};

use crate::{
    feed::Publication,
    store::{StoreError, Tx},
};
use firebee_domain::id::TaskId;

/// Writes everything that changed. Returns the documents, and the tasks whose track can be judged now.
pub(crate) async fn write(tx: &mut Tx, ledger: &mut Ledger) -> Result<(Vec<Publication>, Vec<TaskId>), StoreError> {
    outbox::tell(tx, ledger).await?;
    item::write(tx, ledger).await?;
    let mut publications = hand::pass(tx, ledger).await?;
    let (tasks, tracks) = task::write(tx, ledger).await?;
    publications.extend(tasks);
    publications.extend(fault::write(tx, ledger).await?);
    publications.extend(dispatch::write(tx, ledger).await?);
    publications.extend(history::write(tx, ledger).await?);
    Ok((publications, tracks))
}
