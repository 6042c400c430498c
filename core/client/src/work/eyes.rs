//! What a use case sees: the pulled documents, the journal, and who is signed in.

use super::Trouble;
use crate::{
    cache::{CacheRows, Stored},
    client::Core,
    journal::{ClaimState, JournalRows},
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, permit},
    id::{AccountId, PlanId, ProjectId},
};
use firebee_protocol::document::{AssignmentDocument, ProjectDocument, SessionDocument, kind};

/// Who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Me {
    pub(crate) account: AccountId,
    pub(crate) session: SessionDocument,
}

/// One consistent look at cache and journal. The documents are read before the journal, which only grows, so a fact
/// that a document contains is never missing from both.
pub(crate) struct Eyes<'a> {
    pub(crate) core: &'a Core,
    pub(crate) cache: &'a CacheRows<'a>,
    pub(crate) journal: &'a JournalRows<'a>,
    pub(crate) me: Me,
    pub(crate) generation: u64,
}

impl Core {
    /// Looks without writing.
    pub(crate) fn look<T, E: From<Trouble>>(&self, see: impl FnOnce(&Eyes<'_>) -> Result<T, E>) -> Result<T, E> {
        let generation = self.cache.generation();
        let seen = self
            .cache
            .read(|cache| self.journal.read("look", |journal| Ok(see(&Eyes::open(self, cache, journal, generation)?))));
        seen.map_err(|trouble: Trouble| E::from(trouble))?
    }
}

impl<'a> Eyes<'a> {
    pub(super) fn open(
        core: &'a Core,
        cache: &'a CacheRows<'a>,
        journal: &'a JournalRows<'a>,
        generation: u64,
    ) -> Result<Self, Trouble> {
        let signed_in = journal.session()?.filter(|held| held.state == ClaimState::SignedIn);
        let account = signed_in.and_then(|held| held.account).ok_or(Trouble::NotSignedIn)?;
        let session = cache.document::<SessionDocument>(kind::SESSION, &account.to_string())?;
        let me = Me { account, session: session.ok_or(Trouble::NotSignedIn)?.body };
        Ok(Self { core, cache, journal, me, generation })
    }

    pub(crate) fn project(&self, id: ProjectId) -> Result<Option<ProjectDocument>, Trouble> {
        Ok(self.cache.document(kind::PROJECT, &id.to_string())?.map(|held| held.body))
    }

    pub(crate) fn leads(&self, project: &ProjectDocument) -> bool {
        project.project.lead == Some(self.me.account)
    }

    /// What is issued to this account, one assignment a plan.
    pub(crate) fn assignments(&self) -> Result<Vec<Stored<AssignmentDocument>>, Trouble> {
        let all = self.cache.documents::<AssignmentDocument>(kind::ASSIGNMENT)?;
        Ok(all.into_iter().filter(|held| held.body.assignment.executor == self.me.account).collect())
    }

    /// What is issued to an account in a plan.
    pub(crate) fn assignment(
        &self,
        plan: PlanId,
        executor: AccountId,
    ) -> Result<Option<Stored<AssignmentDocument>>, Trouble> {
        let all = self.cache.documents::<AssignmentDocument>(kind::ASSIGNMENT)?;
        let of = |held: &Stored<AssignmentDocument>| {
            held.body.assignment.plan == plan && held.body.assignment.executor == executor
        };
        Ok(all.into_iter().find(of))
    }

    /// Asks the domain's one answer to every permission; own = the signed-in account wrote or executes it.
    pub(crate) fn permit(&self, action: Action, project: ProjectId, own: bool) -> Result<(), Trouble> {
        let mut relations = Vec::new();
        if own {
            relations.push(Relation::Own);
        }
        if self.assignments()?.iter().any(|held| held.body.assignment.project == project) {
            relations.push(Relation::Assigned);
        }
        if self.project(project)?.is_some_and(|held| self.leads(&held)) {
            relations.push(Relation::Lead);
        }
        let subject = Subject { organisation: self.me.session.organisation, relations };
        Ok(permit(&self.actor(), action, &subject)?)
    }

    fn actor(&self) -> Actor {
        Actor {
            account: self.me.account,
            organisation: Some(self.me.session.organisation),
            role: self.me.session.category.into(),
            technical_director: false,
            enabled: true,
        }
    }
}
