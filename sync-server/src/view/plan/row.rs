//! A plan in a list.

use super::super::Reader;
use crate::query::plan::ListedPlan;
use firebee_domain::{
    id::{PlanId, ProjectId},
    plan::Progress,
};
use firebee_protocol::text::{Chip, When, when::month, word};

/// A plan in a list.
pub struct ListedPlanLine {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Month, quarter or year, in a word.
    pub nature: String,
    /// The month it is for.
    pub period: String,
    /// Its state.
    pub state: Chip,
    /// How far it is.
    pub progress: Progress,
    /// When it was made.
    pub created: When,
}

/// A row in words.
#[must_use]
pub fn listed(reader: Reader<'_>, row: &ListedPlan) -> ListedPlanLine {
    ListedPlanLine {
        id: row.id,
        name: row.name.clone(),
        project: row.project,
        project_name: row.project_name.clone(),
        nature: word::nature(reader.language, row.nature),
        period: month(reader.language, row.period),
        state: Chip::plan(reader.language, row.progress.status),
        progress: row.progress,
        created: reader.when(row.created),
    }
}
