//! What all commands about a task share. They load, change and write a task by the same functions as facts of phones.

use super::{Act, Refused, Rule, files};
use crate::{
    aggregate::{self, Given, Ledger},
    evidence,
    feed::{self, publish},
    query::access,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    dispatch::Dispatch,
    fact::{Attribution, Body, Need},
    id::{AccountId, DispatchId, TaskId},
    petition::EffectError,
    task::TaskError,
};
use firebee_protocol::document::TaskDocument;
use std::collections::BTreeSet;

/// A task that nobody else changes until the commit.
pub(super) struct OnTask<'a> {
    act: &'a Act,
    ledger: Ledger,
    by: Attribution,
}

/// Locks and loads a task that the actor may do `action` to.
///
/// # Errors
/// The task is missing, or the actor may not do this; or as [`StoreError`](crate::store::StoreError) says.
pub(super) async fn on_task<'a, R>(
    tx: &mut Tx,
    act: &'a Act,
    action: Action,
    task: TaskId,
) -> Result<OnTask<'a>, Refused<R>> {
    on_task_with(tx, act, action, task, None).await
}

/// As [`on_task`], for a command by which somebody joins those who follow the task.
pub(super) async fn on_task_with<'a, R>(
    tx: &mut Tx,
    act: &'a Act,
    action: Action,
    task: TaskId,
    joining: Option<AccountId>,
) -> Result<OnTask<'a>, Refused<R>> {
    let org = act.org;
    access::to_task(tx, org, &act.actor, action, task).await?.ok_or(Refused::NotFound)?;
    let mut followers = feed::followers(tx, org, &BTreeSet::from([task]), &BTreeSet::new()).await?;
    followers.extend(feed::of_task(tx, org, task).await?);
    followers.extend(joining);
    feed::lock(tx, org, &followers).await?;
    let mut ledger = Ledger::new(org, act.at);
    aggregate::load(tx, &mut ledger, std::iter::once(task)).await?;
    aggregate::sites(tx, &mut ledger, std::iter::empty(), false).await?;
    aggregate::assignments(tx, &mut ledger, std::iter::empty()).await?;
    let by = act.attribution(ledger.task(task).ok_or(Refused::NotFound)?);
    Ok(OnTask { act, ledger, by })
}

impl OnTask<'_> {
    /// Who is sent by one of the task's dispatches.
    pub(super) fn team_lead(&mut self, dispatch: DispatchId) -> Option<AccountId> {
        self.ledger.dispatch(self.by.task, dispatch).map(|held| held.team_lead)
    }

    /// Changes one of the task's dispatches by an act that no fact has, and writes it.
    ///
    /// # Errors
    /// The domain refuses it, or the dispatch is none of this task; nothing is written. Or as
    /// [`StoreError`](crate::store::StoreError) says.
    pub(super) async fn change<R: Rule + From<TaskError>>(
        mut self,
        tx: &mut Tx,
        dispatch: DispatchId,
        change: impl FnOnce(&mut Dispatch, &Attribution) -> Result<(), TaskError> + Send,
    ) -> Result<(), Refused<R>> {
        let held = self.ledger.dispatch(self.by.task, dispatch).ok_or(Refused::NotFound)?;
        change(held, &self.by).map_err(R::from)?;
        let (publications, _) = aggregate::write(tx, &mut self.ledger).await?;
        publish(tx, self.ledger.org, publications).await?;
        Ok(())
    }

    /// Changes the task or one of its faults, as a fact would, and writes everything that changed. Gives the task when its
    /// track can be judged now and was not: the process that should have judged it may have ended, or could not read it.
    ///
    /// # Errors
    /// The domain refuses it, and nothing is written; or as [`StoreError`](crate::store::StoreError) says.
    pub(super) async fn say<R: Rule + From<TaskError>>(
        mut self,
        tx: &mut Tx,
        body: impl Into<Body>,
    ) -> Result<Option<TaskId>, Refused<R>> {
        let body = body.into();
        let mut missing = 0;
        if let Some(task) = self.ledger.task(self.by.task).filter(|_| body.needs(Need::Evidence)) {
            let arrived = evidence::arrived(tx, self.ledger.org, &evidence::blobs_of(task)).await?;
            missing = evidence::missing(task, &arrived);
        }
        if body.needs(Need::PlanItems) {
            self.items(tx).await?;
        }
        let files = body.blobs();
        let given = Given { catalogue: None, evidence_missing: missing };
        self.ledger.apply(&self.by, body, given).map_err(R::from)?;
        if !files::name(tx, self.act, &self.by, &files).await? {
            return Err(Refused::FileUnknown);
        }
        self.write(tx).await?;
        // Of the tasks that changed the writing tells this; a task stays as it is when only a fault of it changes.
        let document = self.ledger.tasks.get(&self.by.task).map(|entry| &entry.document);
        let waits = |document: &&TaskDocument| {
            document.coverage.is_none() && evidence::track_is_complete(&document.task, &document.evidence)
        };
        Ok(document.filter(waits).map(|document| document.task.id))
    }

    /// Deletes the task, and writes what follows.
    ///
    /// # Errors
    /// The domain refuses it, and nothing is written; or as [`StoreError`](crate::store::StoreError) says.
    pub(super) async fn delete<R: Rule + From<TaskError>>(
        mut self,
        tx: &mut Tx,
        reason: String,
    ) -> Result<(), Refused<R>> {
        self.items(tx).await?;
        self.ledger.delete(&self.by, reason).map_err(R::from)?;
        Ok(self.write(tx).await?)
    }

    /// Takes the approval of the task back, and writes what follows.
    ///
    /// # Errors
    /// The task is not approved, and nothing is written; or as [`StoreError`](crate::store::StoreError) says.
    pub(super) async fn take_back<R: Rule + From<EffectError>>(
        mut self,
        tx: &mut Tx,
        reason: String,
    ) -> Result<(), Refused<R>> {
        self.items(tx).await?;
        let done = self.ledger.take_back(&self.by, reason);
        done.map_err(|_| R::from(EffectError::TaskNotApproved))?;
        Ok(self.write(tx).await?)
    }

    /// Locks and loads the plan items of the task.
    async fn items(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let Some(task) = self.ledger.task(self.by.task) else { return Ok(()) };
        let items = task.items.iter().map(|held| held.item).collect();
        aggregate::items(tx, &mut self.ledger, BTreeSet::new(), items).await
    }

    /// Writes everything that changed, and tells everybody who follows it.
    async fn write(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let (publications, _) = aggregate::write(tx, &mut self.ledger).await?;
        publish(tx, self.ledger.org, publications).await.map(drop)
    }
}
