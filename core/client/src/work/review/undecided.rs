//! The work that the server received and does not count, and that waits for this lead.

use crate::work::{Trouble, eyes::Eyes};
use firebee_domain::{
    code::{Again, Code},
    id::{FactId, ProjectId, TaskId},
    time::Timestamp,
};
use firebee_protocol::{
    document::{ParkedDocument, kind},
    fact::{Body, parse},
};
use std::collections::BTreeSet;

/// A fact that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The fact.
    pub fact: FactId,
    /// The revision of its document.
    pub rev: u64,
    /// Its project.
    pub project: ProjectId,
    /// The task it is about.
    pub task: TaskId,
    /// Who recorded it.
    pub author_name: String,
    /// What it says.
    pub body: Body,
    /// When it was recorded, by the clock of the author's phone.
    pub wall_ms: Timestamp,
    /// Since when it waits.
    pub since: Timestamp,
    /// Why it does not count.
    pub code: Code,
}

impl Eyes<'_> {
    /// What waits in the projects that this account leads, the longest waiting first. What this phone has decided on, waits
    /// no more.
    pub(crate) fn undecided(&self) -> Result<Vec<Undecided>, Trouble> {
        let through = self.cache.applied(self.core.journal.identity().store_id)?;
        let mut decided = BTreeSet::new();
        for line in self.journal.parked_decisions(through)? {
            if let Ok(Body::ParkedDecided(said)) = parse(&line).map_err(drop).and_then(|fact| fact.body.map_err(drop)) {
                decided.extend(said.facts);
            }
        }
        let mut found = Vec::new();
        for held in self.cache.documents::<ParkedDocument>(kind::PARKED)? {
            let document = held.body;
            let (Some(fact), Some(project), Some(task)) = (document.fact, document.project, document.task) else {
                continue;
            };
            let (Some(recorded), Some(code)) = (document.recorded, document.code.known()) else { continue };
            let waits = document.decision.is_none()
                && code.again() == Again::Adopted
                && !decided.contains(&fact)
                && held.id == fact.to_string();
            if !waits || !self.project(project).is_some_and(|held| self.leads(held)) {
                continue;
            }
            // A kind of a later version has no words here; the office decides on it.
            let Some(kind) = document.kind.as_deref().and_then(|kind| kind.parse().ok()) else { continue };
            let Ok(body) = Body::read(kind, recorded.body) else { continue };
            found.push(Undecided {
                fact,
                rev: held.rev,
                project,
                task,
                author_name: recorded.author_name,
                body,
                wall_ms: recorded.wall_ms,
                since: document.since,
                code,
            });
        }
        found.sort_by_key(|waits| (waits.since, waits.task, waits.wall_ms, waits.fact));
        Ok(found)
    }
}
