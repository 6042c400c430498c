//! What lists ask of a dispatch: a small row that is kept beside each pulled document, so that nothing reads all of them.

use super::{
    CacheError, CacheRows, Stored,
    documents::{parse, raw},
};
use firebee_domain::{
    dispatch::{Dispatch, DispatchState},
    id::{AccountId, DispatchId, ProjectId, TaskId},
};
use firebee_protocol::document::{DispatchDocument, kind};
use rusqlite::params;
use serde::Deserialize;

/// The parts of a document that its row is made of.
#[derive(Deserialize)]
struct Outline {
    dispatch: DispatchOutline,
}

#[derive(Deserialize)]
struct DispatchOutline {
    task: TaskId,
    project: ProjectId,
    team_lead: AccountId,
    state: DispatchState,
}

type Held = Stored<DispatchDocument>;

impl CacheRows<'_> {
    /// A dispatch; `None` when it was not pulled.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn dispatch(&self, id: DispatchId) -> Result<Option<Held>, CacheError> {
        self.document(kind::DISPATCH, &id.to_string())
    }

    /// The dispatches of the faults that a task found, by id.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn dispatches_of(&self, task: TaskId) -> Result<Vec<Dispatch>, CacheError> {
        Ok(self.dispatch_documents_of(task)?.into_iter().map(|held| held.body.dispatch).collect())
    }

    /// As [`dispatches_of`](Self::dispatches_of), with what else their documents say.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn dispatch_documents_of(&self, task: TaskId) -> Result<Vec<Held>, CacheError> {
        let sql = "SELECT d.id, d.rev, d.body FROM sent s JOIN document d ON d.kind = ?1 AND d.id = s.id \
                   WHERE s.task = ?2 ORDER BY d.id";
        Ok(self.many(sql, params![kind::DISPATCH, task.to_string()], raw)?.into_iter().filter_map(parse).collect())
    }

    /// The dispatches that an account is sent by, by id; those that are finished only when `closed`.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn dispatches_to(&self, team_lead: AccountId, closed: bool) -> Result<Vec<Held>, CacheError> {
        let sql = "SELECT d.id, d.rev, d.body FROM sent s JOIN document d ON d.kind = ?1 AND d.id = s.id \
                   WHERE s.team_lead = ?2 AND s.closed <= ?3 ORDER BY d.id";
        let params = params![kind::DISPATCH, team_lead.to_string(), closed];
        Ok(self.many(sql, params, raw)?.into_iter().filter_map(parse).collect())
    }

    /// The dispatches of a project, by id.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn dispatches_in(&self, project: ProjectId) -> Result<Vec<Held>, CacheError> {
        let sql = "SELECT d.id, d.rev, d.body FROM sent s JOIN document d ON d.kind = ?1 AND d.id = s.id \
                   WHERE s.project = ?2 ORDER BY d.id";
        Ok(self.many(sql, params![kind::DISPATCH, project.to_string()], raw)?.into_iter().filter_map(parse).collect())
    }

    /// Keeps the row of a dispatch in step with its document.
    pub(super) fn put_sent(&self, id: &str, body: Option<&str>) -> Result<(), CacheError> {
        // A body that this version cannot read counts as not pulled.
        let Some(Outline { dispatch }) = body.and_then(|body| serde_json::from_str(body).ok()) else {
            return self.execute("DELETE FROM sent WHERE id = ?1", params![id]).map(drop);
        };
        let DispatchOutline { task, project, team_lead, state } = dispatch;
        let sql = "INSERT OR REPLACE INTO sent (id, task, project, team_lead, closed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![id, task.to_string(), project.to_string(), team_lead.to_string(), state.is_closed()];
        self.execute(sql, values).map(drop)
    }

    /// Makes every row anew, after a snapshot has taken the place of the documents.
    pub(super) fn renew_sent(&self) -> Result<(), CacheError> {
        self.execute("DELETE FROM sent", [])?;
        let sql = "SELECT id, rev, body FROM document WHERE kind = ?1";
        for (id, _, body) in self.many(sql, params![kind::DISPATCH], raw)? {
            self.put_sent(&id, Some(&body))?;
        }
        Ok(())
    }
}
