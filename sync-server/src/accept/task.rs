//! Writes the tasks of the board: the rows that are asked by query, and the documents.

use super::board::{Board, TaskEntry};
use crate::{
    evidence,
    feed::Publication,
    row,
    store::{Batch, StoreError, Tx, Ty, Value, json},
};
use firebee_domain::{
    id::{OrganisationId, TaskId},
    task::Task,
    time::{Bound, Timestamp, submission_instant},
};
use firebee_protocol::{
    blob::EvidenceCount,
    document::{TaskDocument, kind},
};

static TASKS: Batch<13> = Batch::new(
    "INSERT INTO task (id, organisation, project, plan, executor, state, round, name, day, number, started_ms,
                       submitted_ms, judged) {rows}
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, round = excluded.round, submitted_ms = excluded.submitted_ms,
         judged = excluded.judged",
    [
        Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Text, Ty::Text, Ty::Int, Ty::Int,
        Ty::Int, Ty::Int,
    ],
);

/// The day that a task is counted under: the latest of its bound, in UTC+8.
pub(super) fn day_of(bound: Bound) -> String {
    bound.latest.china_day().to_string()
}

/// Plan name and `MMDD_n`.
pub(super) fn name(plan_name: &str, bound: Bound, number: i64) -> String {
    format!("{plan_name} {}_{number}", bound.latest.china_day().format("%m%d"))
}

fn row_of<'a>(
    organisation: &'a OrganisationId,
    entry: &'a TaskEntry,
    task: &'a Task,
    now: Timestamp,
) -> [Value<'a>; 13] {
    let instant = |at: firebee_domain::task::Stamp| submission_instant(at.bound, now).0;
    row![
        &task.id.0,
        &organisation.0,
        &task.project.0,
        task.plan.as_ref().map(|id| &id.0),
        &task.executor.0,
        task.state.code(),
        i64::from(task.round),
        &task.name,
        &entry.day,
        entry.number,
        instant(task.started),
        task.last_submission().map(|submission| instant(submission.at)),
        entry.coverage.is_some()
    ]
}

/// Writes every task that changed; gives its documents, and the tasks whose track can be judged now.
pub(super) async fn write(tx: &mut Tx, board: &Board) -> Result<(Vec<Publication>, Vec<TaskId>), StoreError> {
    let changed: Vec<(&TaskEntry, &Task)> =
        board.tasks.values().filter(|entry| entry.changed).map(|entry| (entry, &entry.task)).collect();
    let rows = changed.iter().map(|(entry, task)| row_of(&board.organisation, entry, task, board.now));
    tx.many(&TASKS, rows).await?;
    let tasks: Vec<&Task> = changed.iter().map(|(_, task)| *task).collect();
    let mut counts = evidence::count(tx, board.organisation, &tasks).await?;
    let (mut publications, mut tracks) = (Vec::with_capacity(changed.len()), Vec::new());
    for (entry, task) in changed {
        let evidence = counts.remove(&task.id).unwrap_or_default();
        if entry.coverage.is_none() && evidence::track_is_complete(task, &evidence) {
            tracks.push(task.id);
        }
        publications.push(publication(board, entry, task, evidence)?);
    }
    Ok((publications, tracks))
}

fn publication(
    board: &Board,
    entry: &TaskEntry,
    task: &Task,
    evidence: EvidenceCount,
) -> Result<Publication, StoreError> {
    let assignment = task.plan.and_then(|plan| board.assignments.get(&(plan, task.executor)));
    let document = TaskDocument {
        task: task.clone(),
        executor_name: entry.executor_name.clone(),
        plan_name: entry.plan_name.clone(),
        evidence,
        coverage: entry.coverage.clone(),
        catalogue: entry.catalogue,
        assignment: assignment.map(|(id, _)| id.to_string()),
        assignment_rev: assignment.map_or(0, |(_, rev)| *rev),
    };
    let lead = board.sites.get(&task.project).map(|site| site.lead);
    Ok(Publication {
        kind: kind::TASK,
        id: task.id.to_string(),
        body: Some(json(&document)?),
        to: std::iter::once(task.executor).chain(lead).collect(),
    })
}
