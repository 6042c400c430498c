//! A task in a list.

use super::{coming, unhandled};
use crate::{query::task::TaskRow, text::Text as T, view::Reader};
use firebee_domain::{
    account::{Action, Relation, Subject},
    fault::Fault,
    id::TaskId,
    task::TaskState,
};
use firebee_protocol::{
    document::TaskDocument,
    text::{Chip, When},
};

/// A task in a list.
pub struct TaskLine {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project's name.
    pub project: String,
    /// Its executor's name.
    pub executor: String,
    /// What it is for, and whether it is part of the plan.
    pub kind: Chip,
    /// Its state.
    pub state: Chip,
    /// When it was submitted last.
    pub submitted: Option<When>,
    /// Whether it came in time, once it is submitted.
    pub in_time: Option<Chip>,
    /// Who leads its project; may be empty.
    pub lead: String,
    /// Who decided about it last; empty before a review.
    pub reviewer: String,
    /// When it was submitted last, or started where it never was.
    pub when: When,
    /// What a row offers: to look at it, to read its decisions, and to delete it while it is at work.
    pub ways: Vec<(TaskWay, String)>,
}

/// What the row of a task offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskWay {
    /// What it holds.
    Look,
    /// What was decided about it, and when.
    Log,
    /// Its deletion.
    Delete,
}

/// deletion is offered while a task is at work, to those who may.
fn ways(reader: Reader<'_>, row: &TaskRow) -> Vec<(TaskWay, String)> {
    let relations = if row.lead == Some(reader.actor.account) { &[Relation::Lead][..] } else { &[] };
    let subject = Subject { organisation: row.organisation, relations: relations.to_vec() };
    let deletes = row.state == TaskState::Executing && reader.may(Action::DeleteTask, &subject);
    let offered = [
        (TaskWay::Look, true, T::TaskWayLook),
        (TaskWay::Log, true, T::TaskWayLog),
        (TaskWay::Delete, deletes, T::TaskWayDelete),
    ];
    offered.into_iter().filter(|(_, offered, _)| *offered).map(|(way, _, text)| (way, reader.t(text))).collect()
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &TaskRow) -> TaskLine {
    TaskLine {
        id: row.id,
        name: row.name.clone(),
        project: row.project_name.clone(),
        executor: row.executor_name.clone(),
        kind: super::kind(reader, row.kind),
        state: Chip::task(reader.language, row.state),
        submitted: row.submitted.map(|at| reader.recorded(&at)),
        in_time: row.in_time.map(|verdict| Chip::in_time(reader.language, verdict)),
        lead: row.lead_name.clone().unwrap_or_default(),
        reviewer: row.reviewer_name.clone().unwrap_or_default(),
        when: reader.recorded(&row.submitted.unwrap_or(row.started)),
        ways: ways(reader, row),
    }
}

/// What a submitted task waits for before it can be approved.
#[must_use]
pub fn waiting(reader: Reader<'_>, document: &TaskDocument, faults: &[Fault]) -> Vec<Chip> {
    unhandled(reader, faults).into_iter().chain(coming(reader, document)).collect()
}
