//! The data that a use case reads: the pulled documents, the journal, and the signed-in account.

use super::{Desk, Trouble, papers::Papers};
use crate::{
    cache::{CacheRows, Issue, Stored},
    journal::{ClaimState, JournalRows, Session},
    ports::Clocks,
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, permit},
    contract::ContractKind,
    history::History,
    id::{AccountId, PlanId, ProjectId, TaskId},
    monitoring::TestOrder,
    project::Practice,
    task::{TaskError, TaskKind, TaskState},
};
use firebee_protocol::document::{AssignmentDocument, HandedDocument, ProjectDocument};
use std::sync::Arc;

/// One consistent look at cache and journal. Documents are read first and the journal only grows, so every fact is seen
/// in at least one of the two.
pub(crate) struct Eyes<'a> {
    pub(crate) core: &'a Desk,
    pub(crate) cache: &'a CacheRows<'a>,
    pub(crate) journal: &'a JournalRows<'a>,
    /// Who is signed in.
    pub(crate) me: AccountId,
    pub(crate) papers: Arc<Papers>,
    pub(crate) generation: u64,
    /// By how much the time that is looked at is ahead of the clocks, in milliseconds: 0 but for what is foreseen.
    pub(crate) ahead_ms: i64,
}

impl Desk {
    /// Looks without writing.
    pub(crate) fn look<T, E: From<Trouble>>(&self, see: impl FnOnce(&Eyes<'_>) -> Result<T, E>) -> Result<T, E> {
        let generation = self.generation();
        let seen = self.cache.read(|cache| {
            self.journal.read("look", |journal| {
                let session = journal.session()?;
                Ok(see(&Eyes::open(self, (cache, journal), generation, session)?))
            })
        });
        seen.map_err(|trouble: Trouble| E::from(trouble))?
    }
}

impl<'a> Eyes<'a> {
    /// Opens the eyes of whoever the journal's session says is signed in.
    pub(super) fn open(
        core: &'a Desk,
        (cache, journal): (&'a CacheRows<'a>, &'a JournalRows<'a>),
        generation: u64,
        session: Option<Session>,
    ) -> Result<Self, Trouble> {
        let signed_in = session.filter(|held| held.state == ClaimState::SignedIn);
        let account = signed_in.and_then(|held| held.account).ok_or(Trouble::NotSignedIn)?;
        let papers = Papers::of(core, cache, account, generation)?;
        Ok(Self { core, cache, journal, me: account, papers, generation, ahead_ms: 0 })
    }

    /// The same state of the stores, as it is looked at so much later.
    pub(crate) fn later(&self, ahead_ms: i64) -> Self {
        Self { papers: Arc::clone(&self.papers), ahead_ms, ..*self }
    }

    /// The phone's clocks at the time that is looked at.
    pub(crate) fn clocks(&self) -> Clocks {
        let now = self.core.ports.clock.now();
        Clocks {
            wall_ms: now.wall_ms.plus_ms(self.ahead_ms),
            boot_ms: now.boot_ms.saturating_add(self.ahead_ms),
            ..now
        }
    }

    pub(crate) fn project(&self, id: ProjectId) -> Option<&ProjectDocument> {
        self.papers.projects.get(&id)
    }

    /// The tests that were ordered of this account in a project and that it has not begun, the first first.
    pub(crate) fn orders(&self, project: ProjectId) -> Result<Vec<TestOrder>, Trouble> {
        let all = self.project(project).map_or(&[][..], |held| &held.orders);
        let mut mine: Vec<TestOrder> = all.iter().filter(|order| order.executor == self.me).cloned().collect();
        if !mine.is_empty() {
            let briefs = self.briefs_in_project(project)?;
            // A test that was begun and discarded is still to be done.
            let tests = briefs.iter().filter(|brief| brief.kind == TaskKind::Supplementary);
            for brief in tests.filter(|brief| brief.state != TaskState::Discarded) {
                let event = self.see_task(brief.id, |view| view.task.event)?.flatten();
                mine.retain(|order| Some(order.event) != event);
            }
        }
        Ok(mine)
    }

    pub(crate) fn leads(&self, project: &ProjectDocument) -> bool {
        project.project.lead == Some(self.me)
    }

    /// What is issued to this account, one for each plan.
    pub(crate) fn issues(&self) -> impl Iterator<Item = &Issue> {
        self.papers.issues.iter().filter(|held| held.head.body.assignment.executor == self.me)
    }

    /// What is issued to an account in a plan, without the items.
    pub(crate) fn issue(&self, plan: PlanId, executor: AccountId) -> Option<&Issue> {
        let of = |held: &&Issue| {
            let assignment = &held.head.body.assignment;
            assignment.plan == plan && assignment.executor == executor
        };
        self.papers.issues.iter().find(of)
    }

    /// What is issued to an account in a plan, with the items.
    pub(crate) fn assignment(
        &self,
        plan: PlanId,
        executor: AccountId,
    ) -> Result<Option<Arc<AssignmentDocument>>, Trouble> {
        let Some(issue) = self.issue(plan, executor) else { return Ok(None) };
        self.papers.assignment(self.cache, &issue.head.id)
    }

    /// How the work of a project goes; while it is not known here, as maintenance, which asks for most.
    pub(crate) fn practice(&self, project: ProjectId) -> Practice {
        let held = self.project(project).map(|held| held.project.practice());
        held.unwrap_or_else(|| Practice::of(ContractKind::Maintenance, false))
    }

    /// The assignment that the facts of a task act on: that of its plan or, outside the plan, the one by which its
    /// executor works in the project. Its items are left out.
    pub(crate) fn footing_of(
        &self,
        plan: Option<PlanId>,
        project: ProjectId,
        executor: AccountId,
    ) -> Option<&Stored<AssignmentDocument>> {
        match plan {
            Some(plan) => self.issue(plan, executor).map(|held| &held.head),
            None => self.membership(project, executor).map(|held| &held.head),
        }
    }

    /// The assignment by which an account works in a project: of those that grant something the one with the
    /// latest deadline, else the latest of those that were taken back.
    pub(crate) fn membership(&self, project: ProjectId, account: AccountId) -> Option<&Issue> {
        let of = |held: &&Issue| {
            let assignment = &held.head.body.assignment;
            assignment.project == project && assignment.executor == account
        };
        let order = |held: &&Issue| {
            let assignment = &held.head.body.assignment;
            (held.counts.total > 0, assignment.deadline, assignment.plan)
        };
        self.papers.issues.iter().filter(of).max_by_key(order)
    }

    /// What is known of a facility of a project.
    pub(crate) fn history(&self, project: ProjectId, facility: &str) -> Result<Option<Arc<History>>, Trouble> {
        self.papers.history(self.cache, project, facility)
    }

    /// Why a task is not here: it went to somebody else, or it was never known.
    pub(crate) fn gone(&self, task: TaskId) -> TaskError {
        if self.handed(task).is_some() { TaskError::HandedOver } else { TaskError::Unknown }
    }

    /// What is known of a task that went to somebody else.
    pub(crate) fn handed(&self, task: TaskId) -> Option<&HandedDocument> {
        self.papers.handed.iter().find(|held| held.task == task)
    }

    /// Asks the domain for a permission. `own` means that the signed-in account wrote or executes the subject.
    pub(crate) fn permit(&self, action: Action, project: ProjectId, own: bool) -> Result<(), Trouble> {
        let mut relations = Vec::new();
        if own {
            relations.push(Relation::Own);
        }
        if self.issues().any(|held| held.head.body.assignment.project == project) {
            relations.push(Relation::Assigned);
        }
        if self.project(project).is_some_and(|held| self.leads(held)) {
            relations.push(Relation::Lead);
        }
        let subject = Subject { organisation: self.papers.session.organisation, relations };
        Ok(permit(&self.actor(), action, &subject)?)
    }

    fn actor(&self) -> Actor {
        Actor {
            account: self.me,
            organisation: Some(self.papers.session.organisation),
            role: self.papers.session.category.into(),
            technical_director: false,
            enabled: true,
        }
    }
}
