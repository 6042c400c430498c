//! The documents that every act reads: who is signed in, the heads of the assignments, the projects, the faults. The phone
//! reads them once for each state of the cache, so that an answer costs the same however much is issued.

use super::{Desk, Trouble};
use crate::cache::{CacheRows, Facility, Issue, IssueCounts};
use firebee_domain::{
    fault::Fault,
    history::History,
    id::{AccountId, ProjectId, TaskId},
};
use firebee_protocol::document::{
    AssignmentDocument, CrewDocument, FaultDocument, HandedDocument, HistoryDocument, ProjectDocument, SessionDocument,
    kind,
};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Arc, Mutex, PoisonError},
};

/// What was read at one state of the cache.
pub(crate) struct Papers {
    account: AccountId,
    generation: u64,
    pub(crate) session: SessionDocument,
    /// What a task may name; empty until it is pulled.
    pub(crate) firm: CrewDocument,
    /// One a plan and executor, by the ids of the documents.
    pub(crate) issues: Vec<Issue>,
    pub(crate) projects: BTreeMap<ProjectId, ProjectDocument>,
    /// The tasks that went to somebody else, the latest first.
    pub(crate) handed: Vec<HandedDocument>,
    /// The faults that each task found, by id.
    faults: BTreeMap<TaskId, Vec<Fault>>,
    /// The histories that were asked for, by the ids of their documents; `None` where there is none.
    histories: Mutex<BTreeMap<String, Option<Arc<History>>>>,
    /// The assignments that were asked for with their items, by the ids of their documents.
    assignments: Mutex<BTreeMap<String, Option<Arc<AssignmentDocument>>>>,
    /// How far the facilities of the projects are that were asked for.
    facilities: Mutex<BTreeMap<ProjectId, Arc<BTreeMap<Facility, IssueCounts>>>>,
}

impl Papers {
    /// The papers of the account at this generation; reads them unless they are read already. The caller takes the
    /// generation before the snapshot of `cache` begins, so the papers are never older than their generation.
    pub(super) fn of(
        desk: &Desk,
        cache: &CacheRows<'_>,
        account: AccountId,
        generation: u64,
    ) -> Result<Arc<Self>, Trouble> {
        let mut held = desk.papers();
        if let Some(papers) = held.as_ref().filter(|held| held.generation == generation && held.account == account) {
            return Ok(Arc::clone(papers));
        }
        let papers = Arc::new(Self::read(cache, account, generation)?);
        *held = Some(Arc::clone(&papers));
        Ok(papers)
    }

    fn read(cache: &CacheRows<'_>, account: AccountId, generation: u64) -> Result<Self, Trouble> {
        let session = cache.document::<SessionDocument>(kind::SESSION, &account.to_string())?;
        let session = session.ok_or(Trouble::NotSignedIn)?.body;
        let firm = cache.document::<CrewDocument>(kind::CREW, &session.organisation.to_string())?;
        let firm = firm.map(|held| held.body).unwrap_or_default();
        let issues = cache.issues()?;
        let projects = cache.documents::<ProjectDocument>(kind::PROJECT)?;
        let projects = projects.into_iter().map(|held| (held.body.project.id, held.body)).collect();
        let mut faults: BTreeMap<TaskId, Vec<Fault>> = BTreeMap::new();
        for held in cache.documents::<FaultDocument>(kind::FAULT)? {
            faults.entry(held.body.fault.task).or_default().push(held.body.fault);
        }
        for faults in faults.values_mut() {
            faults.sort_by_key(|fault| fault.id);
        }
        let handed = cache.documents::<HandedDocument>(kind::HANDED)?;
        let mut handed: Vec<HandedDocument> = handed.into_iter().map(|held| held.body).collect();
        handed.sort_by_key(|held| std::cmp::Reverse(held.at.wall_ms));
        Ok(Self {
            account,
            generation,
            session,
            firm,
            issues,
            projects,
            handed,
            faults,
            histories: Mutex::default(),
            assignments: Mutex::default(),
            facilities: Mutex::default(),
        })
    }

    /// What is known of a facility of a project, read when it is first asked for: a project can have a hundred of them.
    pub(super) fn history(
        &self,
        cache: &CacheRows<'_>,
        project: ProjectId,
        facility: &str,
    ) -> Result<Option<Arc<History>>, Trouble> {
        let mut held = self.histories.lock().unwrap_or_else(PoisonError::into_inner);
        match held.entry(HistoryDocument::id(project, facility)) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(place) => {
                let found = cache.document::<HistoryDocument>(kind::HISTORY, place.key())?;
                Ok(place.insert(found.map(|held| Arc::new(held.body.history))).clone())
            }
        }
    }

    /// An assignment with its items, read when it is first asked for: one can hold five hundred of them.
    pub(super) fn assignment(
        &self,
        cache: &CacheRows<'_>,
        id: &str,
    ) -> Result<Option<Arc<AssignmentDocument>>, Trouble> {
        let mut held = self.assignments.lock().unwrap_or_else(PoisonError::into_inner);
        match held.entry(id.to_owned()) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(place) => {
                let found = cache.document::<AssignmentDocument>(kind::ASSIGNMENT, place.key())?;
                Ok(place.insert(found.map(|held| Arc::new(held.body))).clone())
            }
        }
    }

    /// How far the facilities of a project are, of what is issued to the account, by the pulled tasks.
    pub(super) fn facilities(
        &self,
        cache: &CacheRows<'_>,
        project: ProjectId,
    ) -> Result<Arc<BTreeMap<Facility, IssueCounts>>, Trouble> {
        let mut held = self.facilities.lock().unwrap_or_else(PoisonError::into_inner);
        match held.entry(project) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(place) => {
                let found = cache.facilities_issued(project, self.account)?;
                Ok(place.insert(Arc::new(found)).clone())
            }
        }
    }

    /// The faults that a task found, as they were pulled.
    pub(super) fn faults_of(&self, task: TaskId) -> &[Fault] {
        self.faults.get(&task).map_or(&[], Vec::as_slice)
    }
}
