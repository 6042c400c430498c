//! What lists of tasks are narrowed and sorted by: the columns of the briefs.

use super::{CacheError, CacheRows, TaskBrief};
use firebee_domain::{
    id::{AccountId, ProjectId, TaskId},
    spelling::Spelled,
    task::TaskState,
    time::Timestamp,
};
use firebee_protocol::catalogue::spelled_at;
use rusqlite::Row;
use std::collections::BTreeSet;

/// What a list is narrowed and sorted by, of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The task.
    pub id: TaskId,
    /// Its project.
    pub project: ProjectId,
    /// Who executes it.
    pub executor: AccountId,
    /// Where it stands.
    pub state: TaskState,
    /// When it was started, by the phone's wall clock.
    pub started: Timestamp,
    /// When the last round was submitted, by the phone's wall clock.
    pub submitted: Option<Timestamp>,
    /// When the office deleted it.
    pub deleted: Option<Timestamp>,
    /// The catalogue's codes of its facilities, a space between two.
    pub facilities: String,
    /// How its name is sorted, and how it is found: by its name, its executor and its facilities. `find` is empty
    /// where nothing is searched for.
    pub spelled: Spelled,
}

impl Listed {
    /// That of a task.
    pub fn of(brief: &TaskBrief) -> Self {
        let ids = || brief.items.iter().map(|item| item.item_id.as_str());
        let codes: BTreeSet<&str> = ids().filter_map(|id| Some(id.rsplit_once('.')?.0)).collect();
        let names = [brief.name.as_str(), brief.executor_name.as_str()];
        Self {
            id: brief.id,
            project: brief.project,
            executor: brief.executor,
            state: brief.state,
            started: brief.started,
            submitted: brief.submitted,
            deleted: brief.deleted.as_ref().map(|(at, _)| *at),
            facilities: codes.into_iter().collect::<Vec<_>>().join(" "),
            spelled: spelled_at(names, ids()),
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let id = |index| row.get::<_, String>(index);
        let state: String = row.get(3)?;
        let found = (id(0)?.parse().ok(), id(1)?.parse().ok(), id(2)?.parse().ok(), state.parse().ok());
        let (Some(id), Some(project), Some(executor), Some(state)) = found else { return Ok(None) };
        Ok(Some(Self {
            id,
            project,
            executor,
            state,
            started: Timestamp(row.get(4)?),
            submitted: row.get::<_, Option<i64>>(5)?.map(Timestamp),
            deleted: row.get::<_, Option<i64>>(6)?.map(Timestamp),
            facilities: row.get(7)?,
            spelled: Spelled { sort: row.get(8)?, find: row.get(9)? },
        }))
    }
}

impl CacheRows<'_> {
    /// What lists are narrowed and sorted by, of all pulled tasks, by id. What is searched is read only for a search.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn listed(&self, searched: bool) -> Result<Vec<Listed>, CacheError> {
        let find = if searched { "find" } else { "''" };
        let sql = format!(
            "SELECT id, project, executor, state, started_ms, submitted_ms, deleted_ms, facilities, sort, {find} \
             FROM brief ORDER BY id"
        );
        Ok(self.many(&sql, [], Listed::read)?.into_iter().flatten().collect())
    }
}
