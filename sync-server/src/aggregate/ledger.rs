//! What a transaction has loaded of the aggregates, and the one way in which it changes them.

use firebee_domain::{
    catalogue::Catalogue,
    fact::{Aggregate, Attribution, Body},
    fault::{self, Fault},
    id::{AccountId, OrganisationId, PlanId, PlanItemId, ProjectId, TaskId},
    plan::{PlanItemEvent, PlanItemState, advance},
    suspension::Termination,
    task::{Circumstances, Task, TaskError, TaskState},
    time::Timestamp,
};
use firebee_protocol::document::TaskDocument;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A project of the organisation, as far as its tasks need it.
pub(crate) struct Site {
    pub(crate) lead: AccountId,
    /// by the kind of its contract.
    pub(crate) faults_must_be_handled: bool,
    /// Its end before its time.
    pub(crate) termination: Option<Termination>,
}

/// A plan item and the task that holds it.
pub(crate) struct ItemEntry {
    pub(crate) state: PlanItemState,
    pub(crate) executor: Option<AccountId>,
    pub(crate) task: Option<TaskId>,
    /// Whether its row is locked; only then may it be changed.
    pub(crate) locked: bool,
    pub(crate) changed: bool,
}

/// A task with what its document says beside it, and the faults that it found.
pub(crate) struct TaskEntry {
    pub(crate) document: TaskDocument,
    /// The document's revision; 0 before there is one.
    pub(crate) rev: u64,
    /// The day it is counted under and its number there.
    pub(crate) day: String,
    pub(crate) number: i64,
    pub(crate) changed: bool,
    /// By id.
    pub(crate) faults: Vec<Fault>,
    /// The faults as they were loaded: what differs is written.
    pub(crate) faults_before: Vec<Fault>,
}

impl TaskEntry {
    /// A task that begins.
    pub(crate) const fn begun(document: TaskDocument, day: String, number: i64) -> Self {
        Self { document, rev: 0, day, number, changed: true, faults: Vec::new(), faults_before: Vec::new() }
    }
}

/// What neither a task nor its ledger knows.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    /// The pack that the task's plan pins, where what is said needs it.
    pub(crate) catalogue: Option<&'a Catalogue>,
    /// How many blobs of the last manifest have not arrived, where what is said needs it.
    pub(crate) evidence_missing: u32,
}

/// What a transaction has loaded, changed in memory and written once.
pub(crate) struct Ledger {
    pub(crate) organisation: OrganisationId,
    pub(crate) now: Timestamp,
    pub(crate) sites: HashMap<ProjectId, Site>,
    pub(crate) tasks: BTreeMap<TaskId, TaskEntry>,
    pub(crate) items: HashMap<PlanItemId, ItemEntry>,
    /// The present assignment of an executor in a plan: its id and revision.
    pub(crate) assignments: HashMap<(PlanId, AccountId), (Uuid, u64)>,
}

impl Ledger {
    /// An empty one.
    pub(crate) fn new(organisation: OrganisationId, now: Timestamp) -> Self {
        Self {
            organisation,
            now,
            sites: HashMap::new(),
            tasks: BTreeMap::new(),
            items: HashMap::new(),
            assignments: HashMap::new(),
        }
    }

    /// A task that is loaded.
    pub(crate) fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(&id).map(|entry| &entry.document.task)
    }

    /// Applies what is said to a task or to one of its faults; the plan items that the task holds follow it.
    ///
    /// # Errors
    /// As the domain says; nothing is changed then.
    pub(crate) fn apply(&mut self, by: &Attribution, body: Body, given: Given<'_>) -> Result<(), TaskError> {
        let entry = self.tasks.get_mut(&by.task).ok_or(TaskError::Unknown)?;
        let task = &mut entry.document.task;
        let site = self.sites.get(&task.project);
        let around = Circumstances {
            catalogue: given.catalogue,
            pack: Some(entry.document.catalogue),
            evidence_missing: given.evidence_missing,
            faults_unhandled: fault::unhandled(&entry.faults),
            faults_must_be_handled: site.is_none_or(|site| site.faults_must_be_handled),
        };
        let (before, of_task) = (task.state, body.aggregate() == Aggregate::Task);
        body.advance(by, task, &mut entry.faults, &around)?;
        entry.changed |= of_task;
        let moved = PlanItemEvent::of_task(before, task.state);
        if moved.is_some() && task.state == TaskState::PendingReview {
            entry.document.coverage = None;
        }
        if let Some(event) = moved {
            self.follow(by.task, event);
        }
        Ok(())
    }

    /// Gives a free item to a task; whether the task holds it now. An item belongs to the live task whose start was
    /// accepted first.
    pub(crate) fn take(&mut self, item: PlanItemId, task: TaskId, executor: AccountId) -> bool {
        let Some(entry) = self.items.get_mut(&item) else { return false };
        if entry.task.is_none() && entry.locked {
            let Ok(state) = entry.state.taken() else { return false };
            entry.task = Some(task);
            entry.executor = Some(executor);
            entry.state = state;
            entry.changed = true;
        }
        entry.task == Some(task)
    }

    /// Lets the items that a task holds follow what happened to it.
    fn follow(&mut self, task: TaskId, event: PlanItemEvent) {
        let gone = self.task(task).is_none_or(|held| !held.is_live());
        let mut items: Vec<_> = self.items.values_mut().filter(|entry| entry.task == Some(task)).collect();
        if let Err(error) = advance(items.iter_mut().map(|entry| &mut entry.state), event) {
            // The task's own machine has decided; items that do not stand where it left them are a mistake of ours.
            tracing::error!(code = %error.code(), %task, "plan items could not follow their task");
            return;
        }
        for entry in items {
            entry.changed = true;
            if gone {
                entry.task = None;
            }
        }
    }
}
