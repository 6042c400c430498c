//! The tasks that wait for this lead.

use crate::{
    cache::TaskBrief,
    work::{Review, TaskView, Trouble, task::FormError},
};
use firebee_domain::{
    account::Action,
    id::{ProjectId, TaskId},
    task::{TaskError, TaskState},
    time::Timestamp,
};

/// A task that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedTask {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The executor's name.
    pub executor_name: String,
    /// The round that waits.
    pub round: u32,
    /// When it was submitted, by the executor's phone.
    pub submitted_wall_ms: Timestamp,
    /// Results that do not conform.
    pub nonconform: u32,
    /// Faults that nobody has handled.
    pub faults_unhandled: u32,
    /// Blobs verified on the server.
    pub evidence_verified: u32,
    /// Blobs that the task's facts announce.
    pub evidence_total: u32,
    /// This account executed it itself: a warning, no refusal.
    pub own: bool,
}

impl Review {
    /// The tasks that wait for a decision in the projects that this account leads, the oldest submission first.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn queue(&self) -> Result<Vec<QueuedTask>, Trouble> {
        self.0.look(|eyes| {
            let led = |project| eyes.project(project).filter(|held| eyes.leads(held));
            let (mut waiting, _) = eyes.listed(false)?;
            waiting.retain(|held| held.state == TaskState::PendingReview && led(held.project).is_some());
            let ids: Vec<TaskId> = waiting.iter().map(|held| held.id).collect();
            let briefs = eyes.briefs_of(&ids)?;
            let row =
                |brief: &TaskBrief| Some(queued(brief, &led(brief.project)?.project.name, brief.executor == eyes.me));
            let mut queue: Vec<QueuedTask> = briefs.iter().filter_map(row).collect();
            queue.sort_by_key(|task| (task.submitted_wall_ms, task.id));
            Ok(queue)
        })
    }

    /// One task in detail, of a project that this account leads.
    ///
    /// # Errors
    /// The task is not known here, or the account may not read it.
    pub fn get(&self, task: TaskId) -> Result<TaskView, FormError> {
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            eyes.permit(Action::ReadTask, view.task.project, view.task.executor == eyes.me)?;
            Ok(view)
        })
    }
}

fn queued(brief: &TaskBrief, project_name: &str, own: bool) -> QueuedTask {
    QueuedTask {
        id: brief.id,
        name: brief.name.clone(),
        project: brief.project,
        project_name: project_name.to_owned(),
        executor_name: brief.executor_name.clone(),
        round: brief.round,
        submitted_wall_ms: brief.submitted.unwrap_or(brief.started),
        nonconform: brief.nonconform,
        faults_unhandled: brief.faults_unhandled,
        evidence_verified: brief.evidence_verified,
        evidence_total: brief.evidence_total,
        own,
    }
}
