//! What a petition changes: computed before the decision, to be looked at, and again with it.

use crate::{
    code::Code,
    id::AccountId,
    project::Project,
    report::{Report, VoidError},
    task::{Task, TaskState},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What changes, with what was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The project becomes a special site. Its facilities are unticked, because only the site record is left to tick
    /// its reports are uploaded from now on.
    SpecialSite {
        /// The facilities that were ticked.
        facilities: Vec<String>,
    },
    /// The report counts no more; its tasks can be in the report that revises it.
    ReportVoid {
        /// Its code.
        code: String,
        /// Who filed it.
        by: AccountId,
        /// When.
        at: Timestamp,
        /// How many tasks it has.
        tasks: u32,
    },
    /// The task waits for its review again.
    ApprovalOpen {
        /// Its name.
        task: String,
        /// The round that was approved.
        round: u32,
        /// Who approved it.
        by: AccountId,
        /// When.
        at: Timestamp,
        /// How many items it has.
        items: u32,
    },
}

/// Why nothing can change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EffectError {
    /// the project is terminated.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// It is a special site already.
    #[error("the project is a special site already")]
    SpecialAlready,
    /// Plans of the project have no report yet. They were made for the other kind of site.
    #[error("{count} plans have no report yet")]
    PlansOpen {
        /// How many.
        count: u32,
    },
    /// The report is not filed, or counts no more already.
    #[error(transparent)]
    Void(#[from] VoidError),
    /// The task is not approved.
    #[error("the task is not approved")]
    TaskNotApproved,
    /// A report has the task: it is deleted, or taken back, first.
    #[error("the task {task} is in a report")]
    TaskReported {
        /// Its name.
        task: String,
    },
}

impl EffectError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::SpecialAlready => Code::SpecialSiteAlready,
            Self::PlansOpen { .. } => Code::PlansWithoutReport,
            Self::Void(error) => error.code(),
            Self::TaskNotApproved => Code::TaskNotApproved,
            Self::TaskReported { .. } => Code::TaskInReport,
        }
    }
}

/// the project as a special site. `plans` is how many of its plans have no report: what was planned for testing every
/// facility is reported, or deleted, first.
///
/// # Errors
/// See [`EffectError`].
pub fn of_special_site(project: &Project, plans: u32) -> Result<(Project, Effect), EffectError> {
    if project.termination.is_some() {
        return Err(EffectError::ProjectTerminated);
    }
    if project.special_site {
        return Err(EffectError::SpecialAlready);
    }
    if plans > 0 {
        return Err(EffectError::PlansOpen { count: plans });
    }
    let special = Project { special_site: true, facilities: Vec::new(), ..project.clone() };
    Ok((special, Effect::SpecialSite { facilities: project.facilities.clone() }))
}

/// the report as it counts no more.
///
/// # Errors
/// See [`EffectError`].
pub fn of_report(report: &Report, reason: &str, at: Timestamp) -> Result<(Report, Effect), EffectError> {
    let mut void = report.clone();
    void.take_back(reason, at)?;
    let filing = report.filing.as_ref().ok_or(VoidError::NotFiled)?;
    let tasks = u32::try_from(report.tasks.len()).unwrap_or(u32::MAX);
    let effect = Effect::ReportVoid { code: report.code.clone(), by: filing.by, at: filing.at, tasks };
    Ok((void, effect))
}

/// A task whose approval is to be taken back.
#[derive(Clone, Copy, Debug)]
pub struct TaskGround<'a> {
    /// The task.
    pub task: &'a Task,
    /// Whether a report has it.
    pub reported: bool,
}

/// what taking an approval back changes.
///
/// # Errors
/// See [`EffectError`].
pub fn of_task(ground: TaskGround<'_>) -> Result<Effect, EffectError> {
    let task = ground.task;
    let approval = task.reviews.last().filter(|_| task.state == TaskState::Approved);
    let approval = approval.ok_or(EffectError::TaskNotApproved)?;
    if ground.reported {
        return Err(EffectError::TaskReported { task: task.name.clone() });
    }
    Ok(Effect::ApprovalOpen {
        task: task.name.clone(),
        round: task.round,
        by: approval.reviewer,
        at: approval.at.latest(),
        items: u32::try_from(task.items.len()).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        project::fixture::project,
        report::{Filing, fixture::report},
        suspension::tests::termination,
    };
    use uuid::Uuid;

    /// a project becomes a special site between its plans; what was ticked is kept with the decision.
    #[test]
    fn r_300_a_project_becomes_a_special_site_between_its_plans() {
        let before = project();
        let (after, effect) = of_special_site(&before, 0).unwrap();
        assert!(after.special_site && after.facilities.is_empty());
        assert_eq!(effect, Effect::SpecialSite { facilities: before.facilities.clone() });
        assert_eq!(of_special_site(&before, 2), Err(EffectError::PlansOpen { count: 2 }));
        assert_eq!(of_special_site(&after, 0), Err(EffectError::SpecialAlready));
        let ended = Project { termination: Some(termination()), ..before };
        assert_eq!(of_special_site(&ended, 0).unwrap_err().code(), Code::ProjectTerminated);
    }

    /// what was filed stays known, and only a filed report is taken back.
    #[test]
    fn r_246_a_report_taken_back_keeps_who_filed_it() {
        let mut held = report();
        let at = Timestamp(9);
        assert_eq!(of_report(&held, "误备案", at).unwrap_err().code(), Code::ReportNotFiled);
        let by = AccountId(Uuid::from_u128(7));
        held.filing = Some(Filing { by, at: Timestamp(8), opinion: "同意备案".into(), late: false });
        let (void, effect) = of_report(&held, "误备案", at).unwrap();
        assert!(void.void.is_some() && void.filing.is_some());
        assert_eq!(effect, Effect::ReportVoid { code: held.code, by, at: Timestamp(8), tasks: 0 });
        assert_eq!(of_report(&void, "再次", at).unwrap_err().code(), Code::AlreadyDone);
    }
}
