//! The firm in which somebody of the fire service stands, page by page.

use super::visible::is_overseen;
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::id::{AccountId, DispatchId, FaultId, PlanId, ProjectId, ReportId, TaskId};

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A project.
    Project(ProjectId),
    /// A plan.
    Plan(PlanId),
    /// A task.
    Task(TaskId),
    /// A fault.
    Fault(FaultId),
    /// A dispatch.
    Dispatch(DispatchId),
    /// A report.
    Report(ReportId),
}

/// The firm of a row that belongs to a project in the jurisdiction of account ?1; the row's id is ?2.
macro_rules! firm_of {
    ($table:literal) => {
        concat!(
            "SELECT o.org, o.id FROM organisation o JOIN ",
            $table,
            " x ON x.org = o.org AND x.id = ?2 JOIN project p ON p.org = o.org AND p.id = x.project WHERE ",
            is_overseen!("p"),
            " LIMIT 1"
        )
    };
}

/// The firm of something that lies in the jurisdiction of a regulator. `None` where it does not, or is not there.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn firm_of(tx: &mut Tx, account: AccountId, thing: Thing) -> Result<Option<Org>, StoreError> {
    let row = match thing {
        Thing::Project(id) => {
            let find = sql!(concat!(
                "SELECT o.org, o.id FROM organisation o JOIN project p ON p.org = o.org AND p.id = ?2 WHERE ",
                is_overseen!("p"),
                " LIMIT 1"
            ));
            tx.query_opt(find, &row![&account, &id]).await?
        }
        Thing::Plan(id) => tx.query_opt(sql!(firm_of!("plan")), &row![&account, &id]).await?,
        Thing::Task(id) => tx.query_opt(sql!(firm_of!("task")), &row![&account, &id]).await?,
        Thing::Fault(id) => tx.query_opt(sql!(firm_of!("fault")), &row![&account, &id]).await?,
        Thing::Dispatch(id) => tx.query_opt(sql!(firm_of!("dispatch")), &row![&account, &id]).await?,
        Thing::Report(id) => tx.query_opt(sql!(firm_of!("report")), &row![&account, &id]).await?,
    };
    row.map(|row| row.org(0)).transpose()
}

impl Thing {
    /// What an address is about, or what the list at the address is narrowed to.
    pub fn of_address(path: &str, query: &str) -> Option<Self> {
        let mut parts = path.split('/').skip(1);
        let (noun, id) = (parts.next()?, parts.next().unwrap_or_default());
        match noun {
            "projects" => id.parse().ok().map(Self::Project),
            "plans" => id.parse().ok().map(Self::Plan),
            "tasks" => id.parse().ok().map(Self::Task),
            "faults" => id.parse().ok().map(Self::Fault),
            "dispatches" => id.parse().ok().map(Self::Dispatch),
            "reports" => id.parse().ok().map(Self::Report),
            _ => None,
        }
        .or_else(|| {
            let narrowed = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            let project = narrowed("project").and_then(|id| id.parse().ok().map(Self::Project));
            project.or_else(|| narrowed("report").and_then(|id| id.parse().ok().map(Self::Report)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_address_names_what_it_is_about() {
        let id = Uuid::from_u128(7);
        let of = |path: &str, query: &str| Thing::of_address(&path.replace("ID", &id.to_string()), query);
        assert_eq!(of("/projects/ID/pauses/x", ""), Some(Thing::Project(ProjectId(id))));
        assert_eq!(of("/tasks/ID", ""), Some(Thing::Task(TaskId(id))));
        assert_eq!(of("/tasks", &format!("q=a&project={id}")), Some(Thing::Project(ProjectId(id))));
        let faults = format!("report={id}&counter=resolved");
        assert_eq!(of("/faults", &faults), Some(Thing::Report(ReportId(id))));
        assert_eq!(of("/reports/to-file", ""), None);
        assert_eq!(of("/", ""), None);
    }
}
