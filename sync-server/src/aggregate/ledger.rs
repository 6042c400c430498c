//! The tasks, faults, dispatches and plan items that a transaction has loaded, and the one function that changes them.

use crate::org::Org;
use firebee_domain::{
    catalogue::Catalogue,
    contract::ContractKind,
    dispatch::Dispatch,
    fact::{Aggregate, Attribution, Body},
    fault::{self, Fault},
    id::{AccountId, DispatchId, PlanId, PlanItemId, ProjectId, TaskId},
    plan::Hold,
    project::{DesignValue, Practice, asks_witness},
    suspension::Termination,
    task::{Circumstances, NotApproved, Task, TaskError, TaskState},
    time::{Cutoff, Timestamp},
};
use firebee_protocol::document::TaskDocument;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// How the work of a project goes that is not known: as maintenance, which asks for most.
const USUAL: Practice = Practice::of(ContractKind::Maintenance, false);

/// What tasks need to know of their project.
pub(crate) struct Site {
    pub(crate) lead: AccountId,
    /// How its work goes.
    pub(crate) practice: Practice,
    /// The end of the project before its time, if somebody ended it.
    pub(crate) termination: Option<Termination>,
    /// What its design prescribes.
    pub(crate) design: Vec<DesignValue>,
    /// Since when a submission needs the owner's witness.
    pub(crate) witness_since: Option<Timestamp>,
    /// What the firm decides deadlines by, where proof does not.
    pub(crate) cutoff: Cutoff,
}

/// A plan item.
pub(crate) struct ItemEntry {
    pub(crate) hold: Hold,
    /// Whether the transaction has locked the row. Only a locked item may change.
    pub(crate) locked: bool,
    pub(crate) changed: bool,
}

/// A task with the other fields of its document, and the faults that it found.
pub(crate) struct TaskEntry {
    pub(crate) document: TaskDocument,
    /// The document's revision; 0 before there is one.
    pub(crate) rev: u64,
    /// The day under which the task is numbered; `number` counts within project and day.
    pub(crate) day: String,
    pub(crate) number: i64,
    pub(crate) changed: bool,
    /// The faults, by id.
    pub(crate) faults: Vec<Fault>,
    /// The faults as they were loaded. The writer compares and writes those that differ.
    pub(crate) faults_before: Vec<Fault>,
    /// The dispatches of these faults, by id.
    pub(crate) dispatches: Vec<Dispatch>,
    /// The dispatches as they were loaded, each with the revision of its document. The writer compares and writes those
    /// that differ.
    pub(crate) dispatches_before: Vec<(Dispatch, u64)>,
    /// Where the task stood when it was loaded; `None` for one that begins.
    pub(crate) state_before: Option<TaskState>,
    /// Who had the task when it was loaded.
    pub(crate) holder_before: AccountId,
    /// Whether that holder had gone on with it by then.
    pub(crate) taken_up_before: bool,
}

impl TaskEntry {
    /// A task that begins.
    pub(crate) fn begun(document: TaskDocument, day: String, number: i64) -> Self {
        let (holder_before, taken_up_before) = (document.task.executor, document.task.is_taken_up());
        Self {
            document,
            rev: 0,
            day,
            number,
            changed: true,
            faults: Vec::new(),
            faults_before: Vec::new(),
            dispatches: Vec::new(),
            dispatches_before: Vec::new(),
            state_before: None,
            holder_before,
            taken_up_before,
        }
    }
}

/// What the caller adds to a change, because neither the task nor the ledger knows it.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    /// The pack that the task's plan pins, if the change needs it.
    pub(crate) catalogue: Option<&'a Catalogue>,
    /// How many blobs of the last manifest have not arrived; 0 unless the change needs it.
    pub(crate) evidence_missing: u32,
}

/// Everything that a transaction has loaded. It changes in memory and is written once.
pub(crate) struct Ledger {
    pub(crate) org: Org,
    pub(crate) now: Timestamp,
    pub(crate) sites: HashMap<ProjectId, Site>,
    pub(crate) tasks: BTreeMap<TaskId, TaskEntry>,
    pub(crate) items: BTreeMap<PlanItemId, ItemEntry>,
    /// The present assignment of each executor in each plan: its id and revision.
    pub(crate) assignments: HashMap<(PlanId, AccountId), (Uuid, u64)>,
}

impl Ledger {
    /// The tasks that changed.
    pub(crate) fn changed(&self) -> impl Iterator<Item = TaskId> {
        self.tasks.iter().filter(|(_, entry)| entry.changed).map(|(task, _)| *task)
    }

    /// A ledger with nothing loaded.
    pub(crate) fn new(org: Org, now: Timestamp) -> Self {
        Self {
            org,
            now,
            sites: HashMap::new(),
            tasks: BTreeMap::new(),
            items: BTreeMap::new(),
            assignments: HashMap::new(),
        }
    }

    /// A loaded task.
    pub(crate) fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(&id).map(|entry| &entry.document.task)
    }

    /// A loaded dispatch of a loaded task.
    pub(crate) fn dispatch(&mut self, task: TaskId, id: DispatchId) -> Option<&mut Dispatch> {
        self.tasks.get_mut(&task)?.dispatches.iter_mut().find(|held| held.id == id)
    }

    /// Applies the body of a fact or of an office act to a task, to one of its faults or to a dispatch. The task's plan
    /// items follow.
    ///
    /// # Errors
    /// As the domain says. Nothing changes then.
    pub(crate) fn apply(&mut self, by: &Attribution, body: Body, given: Given<'_>) -> Result<(), TaskError> {
        let entry = self.tasks.get_mut(&by.task).ok_or(TaskError::Unknown)?;
        let task = &mut entry.document.task;
        let site = self.sites.get(&task.project);
        let around = Circumstances {
            catalogue: given.catalogue,
            pack: Some(entry.document.catalogue),
            design: site.map_or(&[], |site| site.design.as_slice()),
            evidence_missing: given.evidence_missing,
            witness_asked: site.is_some_and(|site| asks_witness(site.witness_since, task)),
            lead: site.map(|site| site.lead),
            faults_unhandled: fault::unhandled(&entry.faults),
            practice: site.map_or(USUAL, |site| site.practice),
        };
        let (before, of_task) = (task.state, body.aggregate() == Aggregate::Task);
        body.advance(by, task, &mut entry.faults, &mut entry.dispatches, &around)?;
        entry.changed |= of_task;
        if before == task.state {
            return Ok(());
        }
        if task.state == TaskState::PendingReview {
            entry.document.coverage = None;
        }
        self.follow(by.task);
        Ok(())
    }

    /// Deletes a task in the name of the office: its items are free again.
    ///
    /// # Errors
    /// As the domain says. Nothing changes then.
    pub(crate) fn delete(&mut self, by: &Attribution, reason: String) -> Result<(), TaskError> {
        let entry = self.tasks.get_mut(&by.task).ok_or(TaskError::Unknown)?;
        firebee_domain::task::delete(&mut entry.document.task, by, reason)?;
        entry.changed = true;
        self.follow(by.task);
        Ok(())
    }

    /// Takes the approval of a task back; its items wait with it.
    ///
    /// # Errors
    /// The task is not approved, or not loaded. Nothing changes then.
    pub(crate) fn take_back(&mut self, by: &Attribution, reason: String) -> Result<(), NotApproved> {
        let entry = self.tasks.get_mut(&by.task).ok_or(NotApproved)?;
        firebee_domain::task::take_back(&mut entry.document.task, by, reason)?;
        entry.changed = true;
        self.follow(by.task);
        Ok(())
    }

    /// The items that a task holds follow it into its state.
    fn follow(&mut self, task: TaskId) {
        let Some(task) = self.tasks.get(&task).map(|entry| &entry.document.task) else { return };
        for item in self.items.values_mut().filter(|item| item.hold.task == Some(task.id)) {
            item.hold.follow(task);
            item.changed = true;
        }
    }

    /// Gives a free item to a task. Returns whether the task holds the item now: an item belongs to the live task whose
    /// start was accepted first.
    pub(crate) fn take(&mut self, item: PlanItemId, task: TaskId) -> bool {
        let (Some(held), Some(item)) = (self.tasks.get(&task), self.items.get_mut(&item)) else { return false };
        let before = item.hold;
        let mut after = before;
        if after.take(&held.document.task).is_err() || (after != before && !item.locked) {
            return false;
        }
        item.hold = after;
        item.changed |= after != before;
        true
    }
}
