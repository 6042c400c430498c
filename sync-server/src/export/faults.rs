//! The table of faults.

use super::table::{Column, Kind, end, word};
use crate::query::fault::FaultRow;

pub(super) static FAULTS: &[Column<FaultRow>] = &[
    Column { name: "id", kind: Kind::Id, says: "The fault.", cell: |r| r.id.to_string().into() },
    Column { name: "name", kind: Kind::Text, says: "The item that failed.", cell: |r| r.name.as_str().into() },
    Column {
        name: "state",
        kind: Kind::Word,
        says: "Where it stands: `unhandled`, `negotiating`, `resolving`, `owner_refused`, `resolved`, `out_of_scope`, \
               `withdrawn`.",
        cell: |r| word(r.state),
    },
    Column { name: "project_id", kind: Kind::Id, says: "Its project.", cell: |r| r.project.to_string().into() },
    Column { name: "project", kind: Kind::Text, says: "The project's name.", cell: |r| r.project_name.as_str().into() },
    Column {
        name: "task",
        kind: Kind::Text,
        says: "The name of the task that found it.",
        cell: |r| r.task_name.as_str().into(),
    },
    Column {
        name: "found_earliest",
        kind: Kind::Instant,
        says: "It was not found before.",
        cell: |r| end(Some(&r.found), |bound| bound.earliest),
    },
    Column {
        name: "found_latest",
        kind: Kind::Instant,
        says: "It was not found after.",
        cell: |r| end(Some(&r.found), |bound| bound.latest),
    },
];
