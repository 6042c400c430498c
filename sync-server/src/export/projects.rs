//! The table of projects.

use super::table::{Column, Kind, day, optional, word};
use crate::query::project::ProjectRow;
use firebee_domain::time::Timestamp;
use serde_json::Value;

/// A project, and when it was asked for: from that follows where it stands.
pub(super) struct Row {
    pub(super) row: ProjectRow,
    pub(super) now: Timestamp,
}

pub(super) static PROJECTS: &[Column<Row>] = &[
    Column { name: "id", kind: Kind::Id, says: "The project.", cell: |r| r.row.project.id.to_string().into() },
    Column { name: "name", kind: Kind::Text, says: "Its name.", cell: |r| r.row.project.name.as_str().into() },
    Column {
        name: "kind",
        kind: Kind::Word,
        says: "What its contract is about: `maintenance`, `inspection`, `evaluation`.",
        cell: |r| word(r.row.project.kind),
    },
    Column {
        name: "state",
        kind: Kind::Word,
        says: "Where it stands today: `active`, `completed`, `terminated`.",
        cell: |r| word(r.row.project.status(r.now.china_day())),
    },
    Column {
        name: "contract_id",
        kind: Kind::Id,
        says: "Its contract.",
        cell: |r| r.row.project.contract.to_string().into(),
    },
    Column { name: "owner_id", kind: Kind::Id, says: "The owner.", cell: |r| r.row.project.owner.to_string().into() },
    Column { name: "owner", kind: Kind::Text, says: "The owner's name.", cell: |r| r.row.owner_name.as_str().into() },
    Column {
        name: "lead_id",
        kind: Kind::Id,
        says: "The account of its lead.",
        cell: |r| r.row.lead.to_string().into(),
    },
    Column { name: "lead", kind: Kind::Text, says: "The lead's name.", cell: |r| r.row.lead_name.as_str().into() },
    Column { name: "city", kind: Kind::Text, says: "The city.", cell: |r| r.row.project.city.as_str().into() },
    Column { name: "address", kind: Kind::Text, says: "The address.", cell: |r| r.row.project.address.as_str().into() },
    Column {
        name: "signed_on",
        kind: Kind::Day,
        says: "The first day of its contract.",
        cell: |r| day(r.row.project.sign_date),
    },
    Column {
        name: "ends_on",
        kind: Kind::Day,
        says: "The last day of its contract, inclusive.",
        cell: |r| day(r.row.project.end_date),
    },
    Column {
        name: "jurisdiction_id",
        kind: Kind::Id,
        says: "The unit of the fire service in whose jurisdiction it lies; null where none does.",
        cell: |r| optional(r.row.project.jurisdiction),
    },
    Column {
        name: "special_site",
        kind: Kind::Flag,
        says: "Whether phones are not allowed on site.",
        cell: |r| Value::Bool(r.row.project.special_site),
    },
    Column {
        name: "training",
        kind: Kind::Flag,
        says: "Whether it is for training and counts nowhere.",
        cell: |r| Value::Bool(r.row.project.training),
    },
];
