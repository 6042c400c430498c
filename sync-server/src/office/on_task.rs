//! What the commands about a task share: it is loaded as facts load it, changed by the same function, written by the
//! same writer.

use super::Act;
use crate::{
    aggregate::{self, Given, Ledger},
    evidence,
    feed::publish,
    query::access,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    fact::{Attribution, Body, Need},
    id::{OrganisationId, TaskId},
    task::TaskError,
};
use std::collections::BTreeSet;

/// A task that nobody else changes until the commit.
pub(super) struct OnTask {
    ledger: Ledger,
    by: Attribution,
}

/// Why something is not done to a task.
#[derive(Debug)]
pub(super) enum OnTaskError {
    /// The task or its fault refuses.
    Task(TaskError),
    /// The database.
    Store(StoreError),
}

impl From<TaskError> for OnTaskError {
    fn from(error: TaskError) -> Self {
        Self::Task(error)
    }
}

impl From<StoreError> for OnTaskError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Locks and loads a task of the organisation that the actor may do `action` to; `None` when it is missing or forbidden.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn on_task(
    tx: &mut Tx,
    organisation: OrganisationId,
    act: &Act,
    action: Action,
    task: TaskId,
) -> Result<Option<OnTask>, StoreError> {
    if access::to_task(tx, &act.actor, action, task).await?.is_none() {
        return Ok(None);
    }
    let mut ledger = Ledger::new(organisation, act.at);
    aggregate::load(tx, &mut ledger, std::iter::once(task)).await?;
    aggregate::sites(tx, &mut ledger, std::iter::empty(), false).await?;
    aggregate::assignments(tx, &mut ledger, std::iter::empty()).await?;
    let by = ledger.task(task).map(|held| act.attribution(held));
    Ok(by.map(|by| OnTask { ledger, by }))
}

impl OnTask {
    /// Says something about the task or one of its faults, as a fact would, and writes what comes of it.
    ///
    /// # Errors
    /// The domain refuses it, and nothing is written; or as [`StoreError`] says.
    pub(super) async fn say(mut self, tx: &mut Tx, body: impl Into<Body>) -> Result<(), OnTaskError> {
        let body = body.into();
        let mut missing = 0;
        if let Some(task) = self.ledger.task(self.by.task) {
            let items: BTreeSet<_> = task.items.iter().map(|held| held.item).collect();
            if body.needs(Need::Evidence) {
                let arrived = evidence::arrived(tx, self.ledger.organisation, &evidence::blobs_of(task)).await?;
                missing = evidence::missing(task, &arrived);
            }
            if body.needs(Need::PlanItems) {
                aggregate::items(tx, &mut self.ledger, BTreeSet::new(), items).await?;
            }
        }
        self.ledger.apply(&self.by, body, Given { catalogue: None, evidence_missing: missing })?;
        let (publications, _) = aggregate::write(tx, &mut self.ledger).await?;
        publish(tx, publications).await?;
        Ok(())
    }
}
