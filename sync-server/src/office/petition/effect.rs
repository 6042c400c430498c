//! What a petition would change now: looked at before the decision, and computed once more with it.

use crate::{
    office::{Refused, Rule},
    org::Org,
    query::{self, project::ProjectRow},
    store::Tx,
};
use firebee_domain::{
    code::Code,
    id::ProjectId,
    petition::{Effect, EffectError, Matter, TaskGround, of_report, of_special_site, of_task},
    project::Project,
    report::{Report, VoidError},
    time::Timestamp,
};
use firebee_protocol::text::{Arg, named::Values};

impl Rule for EffectError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::PlansOpen { count } => vec![("count", Arg::from(*count))],
            Self::TaskReported { task } => vec![("task", Arg::from(task.clone()))],
            Self::Void(VoidError::Reason(error)) => error.values(),
            Self::ProjectTerminated | Self::SpecialAlready | Self::Void(_) | Self::TaskNotApproved => Values::new(),
        }
    }
}

/// What changes: the noun as it becomes, where the row is written whole.
#[derive(Clone, Debug)]
pub enum Found {
    /// The project, with its names.
    Project(Box<ProjectRow>),
    /// The report.
    Report(Box<Report>),
    /// A task, which is changed where it is kept.
    Task,
}

/// What a matter of a project would change, for this reason and at this time. The caller has asked for permission.
///
/// # Errors
/// [`Refused`]: what it names is none of this project; or the store's trouble. What the domain refuses is a value.
pub async fn effect<R>(
    tx: &mut Tx,
    (org, project): (Org, ProjectId),
    matter: Matter,
    (reason, at): (&str, Timestamp),
) -> Result<Result<(Found, Effect), EffectError>, Refused<R>> {
    let site = query::project::project(tx, org, project).await?.ok_or(Refused::NotFound)?;
    Ok(match matter {
        Matter::SpecialSite => {
            let plans = query::petition::plans_without_report(tx, org, project).await?;
            of_special_site(&site.project, plans).map(|(after, effect)| (become_special(site, after), effect))
        }
        Matter::TakeBackReport(id) => {
            let held = query::report::report(tx, org, id).await?.filter(|held| held.report.project == project);
            let held = held.ok_or(Refused::NotFound)?.report;
            of_report(&held, reason, at).map(|(void, effect)| (Found::Report(Box::new(void)), effect))
        }
        Matter::TakeBackApproval(id) => {
            let document = query::task::documents(tx, org, &[id]).await?.pop();
            let task = document.map(|document| document.task).filter(|task| task.project == project);
            let task = task.ok_or(Refused::NotFound)?;
            let reported = query::report::reported(tx, org, &[id]).await?.contains(&id);
            of_task(TaskGround { task: &task, reported }).map(|effect| (Found::Task, effect))
        }
    })
}

fn become_special(site: ProjectRow, project: Project) -> Found {
    Found::Project(Box::new(ProjectRow { project, ..site }))
}
