//! Tells the screens what a pulled page holds.

use super::super::inner::Inner;
use crate::{
    cache::{CacheRows, Changed, PageApplied},
    changes::Change,
    session::Failure,
};
use firebee_domain::id::{AccountId, DispatchId, ProjectId, TaskId};
use firebee_protocol::document::kind;
use serde::Deserialize;

/// The part of a fault's document that says where it was found.
#[derive(Deserialize)]
struct FaultOf {
    fault: Found,
}

#[derive(Deserialize)]
struct Found {
    task: TaskId,
}

/// The part of a dispatch's document that says for which task it was made.
#[derive(Deserialize)]
struct DispatchOf {
    dispatch: Found,
}

/// The part of an assignment's document that says where it belongs.
#[derive(Deserialize)]
struct AssignmentOf {
    assignment: Assigned,
}

#[derive(Deserialize)]
struct Assigned {
    project: ProjectId,
}

/// Announces the changes of a page as narrowly as possible, so that only the screens concerned read again.
pub(super) fn tell(inner: &Inner, applied: &PageApplied) -> Result<(), Failure> {
    let changes = &inner.core.changes;
    if applied.swapped {
        changes.tell(Change::Documents);
        return Ok(());
    }
    let me = inner.server.signed_in()?.account;
    let mut told: Vec<Change> = Vec::new();
    inner.core.cache.read::<_, Failure>(|rows| {
        for changed in &applied.changed {
            for change in of(rows, changed, me)? {
                if !told.contains(&change) {
                    told.push(change);
                }
            }
        }
        Ok(())
    })?;
    told.into_iter().for_each(|change| changes.tell(change));
    Ok(())
}

fn of(rows: &CacheRows<'_>, changed: &Changed, me: Option<AccountId>) -> Result<Vec<Change>, Failure> {
    let id = changed.id.as_str();
    Ok(match changed.kind.as_str() {
        kind::TASK => {
            let Ok(task) = id.parse::<TaskId>() else { return Ok(vec![Change::Documents]) };
            let executor = changed.task.map(|pins| pins.executor);
            let mut told = vec![Change::Task(task)];
            if executor != me {
                told.push(Change::Review);
            }
            told
        }
        kind::FAULT => {
            let held = rows.document::<FaultOf>(kind::FAULT, id)?;
            held.map_or_else(
                || vec![Change::Documents],
                |held| vec![Change::Task(held.body.fault.task), Change::Review],
            )
        }
        kind::DISPATCH => {
            let Ok(dispatch) = id.parse::<DispatchId>() else { return Ok(vec![Change::Documents]) };
            let held = rows.document::<DispatchOf>(kind::DISPATCH, id)?;
            let mut told = vec![Change::Dispatch(dispatch)];
            told.extend(held.map(|held| Change::Task(held.body.dispatch.task)));
            told
        }
        kind::PROJECT => vec![id.parse::<ProjectId>().map_or(Change::Documents, Change::Project)],
        kind::HISTORY => {
            let project = id.split_once(':').and_then(|(project, _)| project.parse::<ProjectId>().ok());
            vec![project.map_or(Change::Documents, Change::Project)]
        }
        kind::ASSIGNMENT => {
            let held = rows.document::<AssignmentOf>(kind::ASSIGNMENT, id)?;
            vec![held.map_or(Change::Documents, |held| Change::Project(held.body.assignment.project))]
        }
        kind::SESSION | kind::CREW => vec![Change::Session],
        kind::PARKED => vec![Change::Sync, Change::Review],
        _ => vec![Change::Documents],
    })
}
