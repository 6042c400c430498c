//! What a screen shows of a task: the pulled document and, over it, this phone's facts that the document does not
//! contain yet (those above `applied`). The task's state machine applies them. Beside the task stand the faults that it
//! found.
//!
//! A fact that the document contains, or that the machine refuses, changes nothing. A parked fact changes nothing
//! either; the view lists it. A task whose start is parked stays on the list, with the reason.

use super::{Trouble, eyes::Eyes, memo::Folded};
use crate::{cache::Stored, journal::LocalFact};
use firebee_domain::{
    catalogue::Catalogue,
    dispatch::Dispatch,
    fact::Attribution,
    fault::{self, Fault},
    geofence::Coverage,
    id::{AccountId, ContentId, FactId, ProjectId, TaskId},
    project::{DesignValue, Practice},
    submission::Due,
    task::{ChangesTask as _, Circumstances, Stamp, Task},
    time::Cutoff,
};
use firebee_protocol::{
    blob::EvidenceCount,
    catalogue::Pack,
    document::{AssignmentDocument, TaskDocument, kind},
    fact::{Body, Fact, Kind, Seen, parse},
    problem::CodeWord,
};
use std::{collections::BTreeMap, sync::Arc};

/// A fact of the task that the server keeps without counting it: "received, not counted, because …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedNote {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: String,
    /// Why it does not count.
    pub code: CodeWord,
}

/// A task as a screen shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView {
    /// The task with everything that this phone knows of it.
    pub task: Task,
    /// The faults that it found, by id: the pulled documents with every fact of this phone that changed one.
    pub faults: Vec<Fault>,
    /// The dispatches of these faults, by id, as far as this account may see them.
    pub dispatches: Vec<Dispatch>,
    /// The revision of the pulled document; `None` while only this phone knows the task.
    pub rev: Option<u64>,
    /// The executor's name.
    pub executor_name: String,
    /// The plan's name.
    pub plan_name: String,
    /// How much of its evidence the server has verified.
    pub evidence: EvidenceCount,
    /// The verdict of its track, as the server found it.
    pub coverage: Option<Coverage>,
    /// The catalogue pack that the plan pins.
    pub catalogue: ContentId,
    /// How the work of its project goes.
    pub practice: Practice,
    /// What the design of the project prescribes.
    pub design: Arc<[DesignValue]>,
    /// Whether its submission waits for the owner's witness.
    pub witness_asked: bool,
    /// Who leads its project, where the phone knows that.
    pub lead: Option<AccountId>,
    /// By when it is due, where the phone knows that.
    pub due: Option<Due>,
    /// The names of those who reviewed it.
    pub reviewers: BTreeMap<AccountId, String>,
    /// Facts of this phone that the server keeps without counting them.
    pub parked: Vec<ParkedNote>,
    /// The assignment document that a further fact of its executor acts on.
    pub assignment: Option<AssignmentSeen>,
}

/// A revision of an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentSeen {
    /// The document.
    pub doc: String,
    /// Its revision.
    pub rev: u64,
}

impl AssignmentSeen {
    fn of(held: &Stored<AssignmentDocument>) -> Self {
        Self { doc: held.id.clone(), rev: held.rev }
    }
}

impl From<Seen> for AssignmentSeen {
    fn from(seen: Seen) -> Self {
        Self { doc: seen.doc, rev: seen.rev }
    }
}

impl From<AssignmentSeen> for Seen {
    fn from(seen: AssignmentSeen) -> Self {
        Self { doc: seen.doc, rev: seen.rev }
    }
}

impl TaskView {
    /// Whether the start of the task is parked. Such a task holds no items.
    pub(crate) fn is_start_parked(&self) -> bool {
        self.parked.iter().any(|note| note.kind == Kind::TaskStarted.as_str())
    }

    /// What the state machine must be told beside the task.
    pub(crate) fn circumstances<'p>(&self, pack: Option<&'p Pack>, design: &'p [DesignValue]) -> Circumstances<'p> {
        let catalogue: Option<&Catalogue> = pack.map(|pack| &pack.catalogue);
        // A blob that was declared lost is neither verified nor waited for.
        let missing = u32::try_from(self.evidence.missing.len()).unwrap_or(u32::MAX);
        Circumstances {
            catalogue,
            pack: None,
            design,
            evidence_missing: missing,
            witness_asked: self.witness_asked,
            lead: self.lead,
            faults_unhandled: fault::unhandled(&self.faults),
            practice: self.practice,
        }
    }
}

impl Eyes<'_> {
    /// The task as this phone knows it; `None` if the phone does not know it.
    pub(crate) fn task(&self, id: TaskId) -> Result<Option<TaskView>, Trouble> {
        let of = self.folded(id)?;
        let held = self.core.memo().get(of);
        let before = held.as_ref().map(|(_, through)| *through);
        let Some((view, through)) = self.follow(id, held)? else { return Ok(None) };
        if before != Some(through) {
            self.core.memo().put(of, through, view.clone());
        }
        Ok(Some(view))
    }

    /// Looks at a task as this phone knows it, without a copy of its view.
    pub(crate) fn see_task<T>(&self, id: TaskId, see: impl FnOnce(&TaskView) -> T) -> Result<Option<T>, Trouble> {
        let Some((of, through, view)) = self.take_task(id)? else { return Ok(None) };
        let seen = see(&view);
        self.core.memo().put(of, through, view);
        Ok(Some(seen))
    }

    /// Like [`Eyes::task`], but takes the view out of the memo. An act changes the view and puts it back after its
    /// commit.
    pub(crate) fn take_task(&self, id: TaskId) -> Result<Option<(Folded, u64, TaskView)>, Trouble> {
        let of = self.folded(id)?;
        let held = self.core.memo().take(of);
        Ok(self.follow(id, held)?.map(|(view, through)| (of, through, view)))
    }

    fn folded(&self, task: TaskId) -> Result<Folded, Trouble> {
        Ok(Folded { task, generation: self.generation, parked: self.journal.parked_mark()? })
    }

    /// The memo's view, or else the pulled document, with every later fact applied. Also returns the seq of the last of
    /// them.
    fn follow(&self, id: TaskId, held: Option<(TaskView, u64)>) -> Result<Option<(TaskView, u64)>, Trouble> {
        let (base, after, parked) = match held {
            Some((view, through)) => (Some(view), through, Vec::new()),
            None => {
                let applied = self.cache.applied(self.core.journal.identity().store_id)?;
                (self.pulled(id)?, applied, self.journal.parked_of_task(id, applied)?)
            }
        };
        let later = self.journal.facts_of_task(id, after)?;
        let through = later.last().map_or(after, |last| last.seq);
        let facts = parked.into_iter().chain(later);
        Ok(self.fold(base, facts)?.map(|view| (view, through)))
    }

    fn pulled(&self, id: TaskId) -> Result<Option<TaskView>, Trouble> {
        let held = self.cache.document::<TaskDocument>(kind::TASK, &id.to_string())?;
        held.map(|held| self.view_of(held.rev, held.body)).transpose()
    }

    fn view_of(&self, rev: u64, document: TaskDocument) -> Result<TaskView, Trouble> {
        let named = document.assignment.map(|doc| AssignmentSeen { doc, rev: document.assignment_rev });
        let assignment = self.footing_of(document.task.plan, document.task.project, document.task.executor);
        // who got the task from somebody else works by the task itself; nothing of its plan need be issued to them.
        let given = document.task.was_given_to(self.me);
        let given = given.then(|| AssignmentSeen { doc: document.task.id.to_string(), rev });
        Ok(TaskView {
            rev: Some(rev),
            executor_name: document.executor_name,
            plan_name: document.plan_name,
            evidence: document.evidence,
            coverage: document.coverage,
            catalogue: document.catalogue,
            practice: self.practice(document.task.project),
            design: self.design_of(document.task.project),
            witness_asked: self
                .project(document.task.project)
                .is_some_and(|held| held.project.asks_witness(&document.task)),
            lead: self.project(document.task.project).and_then(|held| held.project.lead),
            due: document.due,
            reviewers: document.reviewers,
            parked: Vec::new(),
            assignment: given.or_else(|| assignment.map(AssignmentSeen::of)).or(named),
            faults: self.papers.faults_of(document.task.id).to_vec(),
            dispatches: self.cache.dispatches_of(document.task.id)?,
            task: document.task,
        })
    }

    fn fold(
        &self,
        base: Option<TaskView>,
        facts: impl Iterator<Item = LocalFact>,
    ) -> Result<Option<TaskView>, Trouble> {
        let mut view = base;
        let mut pack: Option<Arc<Pack>> = view.as_ref().and_then(|view| self.core.packs.get(view.catalogue));
        for local in facts {
            // Only a collected line cannot be read. The document contains its fact already.
            let Ok(fact) = parse(&local.line) else { continue };
            let counts = local.parked.is_none();
            let note = local.parked.map(|code| ParkedNote { fact: fact.id, kind: fact.kind.clone(), code });
            match &mut view {
                None => {
                    let seen = fact.subject.seen.clone();
                    view = attributed(fact).map_or(Ok(None), |(by, body)| self.started(&by, body, seen))?;
                    pack = view.as_ref().and_then(|view| self.core.packs.get(view.catalogue));
                }
                Some(view) if counts => overlay(view, fact, pack.as_deref()),
                Some(_) => {}
            }
            if let Some(view) = &mut view {
                view.parked.extend(note);
            }
        }
        Ok(view)
    }

    /// What the design of a project prescribes.
    fn design_of(&self, project: ProjectId) -> Arc<[DesignValue]> {
        self.project(project).map(|held| held.project.design_values.as_slice().into()).unwrap_or_default()
    }

    /// The view of a task that this phone has started and not pulled yet. `seen` is what its start acted on.
    pub(crate) fn started(
        &self,
        by: &Attribution,
        body: Body,
        seen: Option<Seen>,
    ) -> Result<Option<TaskView>, Trouble> {
        let Body::TaskStarted(started) = body else { return Ok(None) };
        let (plan, plan_name, pack) = (started.plan, started.plan_name.clone(), started.catalogue);
        let Ok(task) = started.begin(by) else { return Ok(None) };
        let assignment = self.footing_of(plan, by.project, by.account);
        let issued = assignment.filter(|_| plan.is_some());
        let catalogue = pack.or(issued.map(|held| held.body.catalogue)).unwrap_or(Pack::embedded().id);
        let witness_asked = self.project(by.project).is_some_and(|held| held.project.asks_witness(&task));
        Ok(Some(TaskView {
            task,
            witness_asked,
            lead: self.project(by.project).and_then(|held| held.project.lead),
            faults: Vec::new(),
            dispatches: Vec::new(),
            rev: None,
            executor_name: self.papers.session.name.clone(),
            plan_name,
            evidence: EvidenceCount::default(),
            coverage: None,
            catalogue,
            practice: self.practice(by.project),
            design: self.design_of(by.project),
            due: issued.map(|held| Due { last_day: held.body.assignment.deadline, cutoff: Cutoff::default() }),
            reviewers: BTreeMap::new(),
            parked: Vec::new(),
            // The plan of the assignment may be gone since.
            assignment: assignment.map(AssignmentSeen::of).or(seen.map(AssignmentSeen::from)),
        }))
    }
}

/// Splits a fact into its attribution and its body; `None` when it changes no task.
fn attributed(fact: Fact) -> Option<(Attribution, Body)> {
    let at = Stamp::unproved(fact.captured.wall_ms);
    let by = fact.attribution(fact.body.as_ref().ok()?, at).ok().flatten()?;
    Some((by, fact.body.ok()?))
}

/// Applies one local fact to the view. A fact that the machine refuses changes nothing.
fn overlay(view: &mut TaskView, fact: Fact, pack: Option<&Pack>) {
    if let Some((by, body)) = attributed(fact) {
        let design = Arc::clone(&view.design);
        let around = view.circumstances(pack, &design);
        let _ = body.advance(&by, &mut view.task, &mut view.faults, &mut view.dispatches, &around);
    }
}
