//! A fault in a list.

use super::Reader;
use crate::query::fault::FaultRow;
use firebee_domain::id::{FaultId, ProjectId};
use firebee_protocol::text::{Chip, When};

/// A fault in a list.
pub struct FaultLine {
    /// The fault.
    pub id: FaultId,
    /// The name of its item, in Chinese.
    pub name: String,
    /// The task that found it, by its name.
    pub task: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its state.
    pub state: Chip,
    /// When it was found.
    pub found: When,
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &FaultRow) -> FaultLine {
    FaultLine {
        id: row.id,
        name: row.name.clone(),
        task: row.task_name.clone(),
        project: row.project,
        project_name: row.project_name.clone(),
        state: Chip::fault(reader.language, row.state),
        found: reader.recorded(&row.found),
    }
}
