//! What an act is about, and the project that it concerns.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::id::{
    AccountId, ContractId, OrganisationId, OwnerId, PersonId, PlanId, ProjectId, RepairId, ReportId, StoreId, TaskId,
};
use std::fmt;

/// The subject of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office) enum About {
    /// The firm as a whole.
    Firm(OrganisationId),
    /// An account.
    Account(AccountId),
    /// Somebody on the personnel list.
    Person(PersonId),
    /// An owner.
    Owner(OwnerId),
    /// A contract.
    Contract(ContractId),
    /// A phone's journal.
    Store(StoreId),
    /// A project.
    Project(ProjectId),
    /// A plan.
    Plan(PlanId),
    /// A task.
    Task(TaskId),
    /// A report.
    Report(ReportId),
    /// A repair request.
    Repair(RepairId),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Firm(id) => id.fmt(f),
            Self::Account(id) => id.fmt(f),
            Self::Person(id) => id.fmt(f),
            Self::Owner(id) => id.fmt(f),
            Self::Contract(id) => id.fmt(f),
            Self::Store(id) => id.fmt(f),
            Self::Project(id) => id.fmt(f),
            Self::Plan(id) => id.fmt(f),
            Self::Task(id) => id.fmt(f),
            Self::Report(id) => id.fmt(f),
            Self::Repair(id) => id.fmt(f),
        }
    }
}

macro_rules! subjects { ($($id:ident => $variant:ident),* $(,)?) => { $(
    impl From<$id> for About {
        fn from(id: $id) -> Self {
            Self::$variant(id)
        }
    }
)* }; }
subjects! {
    OrganisationId => Firm,
    AccountId => Account,
    PersonId => Person,
    OwnerId => Owner,
    ContractId => Contract,
    StoreId => Store,
    ProjectId => Project,
    PlanId => Plan,
    TaskId => Task,
    ReportId => Report,
    RepairId => Repair,
}

impl About {
    /// The project that the subject belongs to. `None` means that it belongs to the firm as a whole, or is not there.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub(super) async fn project(self, tx: &mut Tx, org: Org) -> Result<Option<ProjectId>, StoreError> {
        let row = match self {
            Self::Project(project) => return Ok(Some(project)),
            Self::Plan(plan) => {
                tx.query_opt(sql!("SELECT project FROM plan WHERE org = ?1 AND id = ?2"), &row![org, &plan]).await?
            }
            Self::Task(task) => {
                tx.query_opt(sql!("SELECT project FROM task WHERE org = ?1 AND id = ?2"), &row![org, &task]).await?
            }
            Self::Report(report) => {
                tx.query_opt(sql!("SELECT project FROM report WHERE org = ?1 AND id = ?2"), &row![org, &report]).await?
            }
            Self::Repair(repair) => {
                tx.query_opt(sql!("SELECT project FROM repair WHERE org = ?1 AND id = ?2"), &row![org, &repair]).await?
            }
            Self::Firm(_)
            | Self::Account(_)
            | Self::Person(_)
            | Self::Owner(_)
            | Self::Contract(_)
            | Self::Store(_) => None,
        };
        row.map(|row| row.get(0)).transpose()
    }
}
