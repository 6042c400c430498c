//! Starts a planned task, self-created from a plan.

use crate::{
    cache::Stored,
    changes::Change,
    work::{Tasks, Trouble, acting::Acting, brief::holders},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{FactId, PlanId, PlanItemId, ProjectId, TaskId},
    task::{Stamp, StartedItem, TaskError, TaskKind, TaskStarted},
};
use firebee_protocol::{
    document::AssignmentDocument,
    fact::{Body, Envelope, Seen, Subject, compose},
};

/// Which items of which plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTask {
    /// The plan.
    pub plan: PlanId,
    /// The items, at least one, each once, all issued to this account.
    pub items: Vec<PlanItemId>,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// Why a task is not started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartTaskError {
    /// without the location permission there is no track.
    #[error("the location permission is missing")]
    LocationRequired,
    /// nothing of the plan, or not this item, is issued to this account.
    #[error("the item is not issued to this account")]
    ItemNotIssued,
    /// a live task has the item.
    #[error("the item is in a live task")]
    ItemAlreadyInTask {
        /// The item.
        item: PlanItemId,
        /// The task that has it.
        task: TaskId,
    },
    /// the plan's last day is over.
    #[error("the plan has expired")]
    PlanExpired,
    /// the project is terminated, as far as this phone knows.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// No item, or one twice.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(StartTaskError);

impl StartTaskError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::LocationRequired => Code::LocationRequired,
            Self::ItemNotIssued => Code::ItemNotIssued,
            Self::ItemAlreadyInTask { .. } => Code::ItemAlreadyInTask,
            Self::PlanExpired => Code::PlanExpired,
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Starts a task on items of one plan, without network. Durable when it returns.
    ///
    /// # Errors
    /// See [`StartTaskError`]; nothing was recorded.
    pub fn start(&self, input: &StartTask) -> Result<TaskId, StartTaskError> {
        if !input.location_allowed {
            return Err(StartTaskError::LocationRequired);
        }
        let task = self.0.act("start_task", |acting| {
            let issued = acting.issue(input.plan, acting.me).ok_or(StartTaskError::ItemNotIssued)?;
            let assignment = &issued.head.body.assignment;
            acting.permit(Action::StartTask, assignment.project, true)?;
            let whole = acting.assignment(input.plan, acting.me)?.ok_or(StartTaskError::ItemNotIssued)?;
            let briefs = acting.briefs_of_plan(input.plan)?;
            let holding = holders(&briefs);
            let mut items = Vec::with_capacity(input.items.len());
            for wanted in &input.items {
                let item = whole.assignment.granted(*wanted).ok_or(StartTaskError::ItemNotIssued)?;
                if let Some(held) = holding.get(wanted) {
                    return Err(StartTaskError::ItemAlreadyInTask { item: *wanted, task: held.id });
                }
                items.push(StartedItem { item: item.plan_item, item_id: item.item_id.clone() });
            }
            check_runs(acting, assignment.project)?;
            if acting.is_surely_over(assignment.deadline)? {
                return Err(StartTaskError::PlanExpired);
            }
            let started = TaskStarted {
                kind: TaskKind::Planned,
                plan: Some(input.plan),
                plan_name: issued.head.body.plan_name.clone(),
                items,
                catalogue: None,
                demands: assignment.demands.clone(),
                event: None,
            };
            begin(acting, &issued.head, acting.fact_id()?, started)
        })?;
        self.0.changes.tell(Change::Task(task));
        Ok(task)
    }
}

/// whether new tasks may begin in a project.
pub(super) fn check_runs(acting: &Acting<'_>, project: ProjectId) -> Result<(), StartTaskError> {
    let ended = acting.project(project).is_some_and(|held| held.project.termination.is_some());
    if ended { Err(StartTaskError::ProjectTerminated) } else { Ok(()) }
}

/// Records the start of a task as the fact `id`. It acts on this revision of an assignment.
pub(super) fn begin(
    acting: &Acting<'_>,
    issued: &Stored<AssignmentDocument>,
    id: FactId,
    started: TaskStarted,
) -> Result<TaskId, StartTaskError> {
    let envelope = Envelope {
        project: Some(issued.body.assignment.project),
        id,
        account: acting.me,
        captured: acting.tx.captured(&acting.clocks).map_err(Trouble::from)?,
        subject: Subject {
            plan: started.plan,
            task: Some(id.into()),
            seen: Some(Seen { doc: issued.id.clone(), rev: issued.rev }),
        },
        blobs: Vec::new(),
    };
    let body = Body::TaskStarted(started);
    let (kind, line) = (body.kind(), compose(&envelope, &body).map_err(Trouble::from)?);
    let by = envelope.attribution(&body, Stamp::unproved(acting.clocks.wall_ms)).ok().flatten();
    // The function that makes the view also asks the state machine.
    let seen = envelope.subject.seen.clone();
    by.map_or(Ok(None), |by| acting.started(&by, body, seen))?.ok_or(TaskError::ItemsInvalid)?;
    acting.tx.append_line(&envelope, kind, line).map_err(Trouble::from)?;
    Ok(TaskId::from(id))
}
