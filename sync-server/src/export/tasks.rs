//! The table of tasks.

use super::table::{Column, Kind, end, optional, word};
use crate::query::task::TaskRow;
use serde_json::Value;

pub(super) static TASKS: &[Column<TaskRow>] = &[
    Column { name: "id", kind: Kind::Id, says: "The task.", cell: |r| r.id.to_string().into() },
    Column { name: "name", kind: Kind::Text, says: "Its name.", cell: |r| r.name.as_str().into() },
    Column {
        name: "kind",
        kind: Kind::Word,
        says: "What it is for: `planned`, `supplementary`, `mismatch` and others outside the plan.",
        cell: |r| word(r.kind),
    },
    Column {
        name: "state",
        kind: Kind::Word,
        says: "Where it stands: `executing`, `pending_review`, `approved`, `rejected`, `discarded`.",
        cell: |r| word(r.state),
    },
    Column { name: "round", kind: Kind::Number, says: "How often it was handed in.", cell: |r| r.round.into() },
    Column { name: "project_id", kind: Kind::Id, says: "Its project.", cell: |r| r.project.to_string().into() },
    Column { name: "project", kind: Kind::Text, says: "The project's name.", cell: |r| r.project_name.as_str().into() },
    Column {
        name: "executor_id",
        kind: Kind::Id,
        says: "The account of its executor.",
        cell: |r| r.executor.to_string().into(),
    },
    Column {
        name: "executor",
        kind: Kind::Text,
        says: "The executor's name.",
        cell: |r| r.executor_name.as_str().into(),
    },
    Column {
        name: "reviewer",
        kind: Kind::Text,
        says: "The name of who decided about it last; null before.",
        cell: |r| optional(r.reviewer_name.as_deref()),
    },
    Column {
        name: "started_earliest",
        kind: Kind::Instant,
        says: "It was not started before.",
        cell: |r| end(Some(&r.started), |bound| bound.earliest),
    },
    Column {
        name: "started_latest",
        kind: Kind::Instant,
        says: "It was not started after.",
        cell: |r| end(Some(&r.started), |bound| bound.latest),
    },
    Column {
        name: "submitted_earliest",
        kind: Kind::Instant,
        says: "It was not handed in for the last time before; null before that.",
        cell: |r| end(r.submitted.as_ref(), |bound| bound.earliest),
    },
    Column {
        name: "submitted_latest",
        kind: Kind::Instant,
        says: "It was not handed in for the last time after; null before that.",
        cell: |r| end(r.submitted.as_ref(), |bound| bound.latest),
    },
    Column {
        name: "in_time",
        kind: Kind::Word,
        says: "Whether the last round came in time: `in_time`, `late`, `not_provable`; null before, and outside the plan.",
        cell: |r| r.in_time.map_or(Value::Null, word),
    },
];
