//! The columns of the two lists. Page, file and PDF have the same.

use crate::{
    console::list::{Cell, Column, List},
    text::Text as T,
    view::hazard::{HazardLine, Repaired},
};

/// The hazard summary.
pub(super) static HAZARDS: List<HazardLine> = List {
    href: "/hazards",
    file: "hazards",
    none: T::HazardNone,
    usual: ("number", false),
    filters: &["project", "counter", "from", "to"],
    month: None,
    columns: &[
        NUMBER,
        Column {
            title: T::HazardReport,
            sort: None,
            cell: |row| match &row.report {
                Some((id, name)) => Cell::Link { href: format!("/reports/{id}"), name: name.clone() },
                None => Cell::Data(String::new()),
            },
        },
        FACILITY,
        ITEM,
        Column { title: T::HazardCriterion, sort: None, cell: |row| Cell::Data(row.criterion.clone()) },
        RESULT,
        FOUND,
        Column {
            title: T::HazardHandledAt,
            sort: None,
            cell: |row| Cell::Fact(row.handled.as_ref().map(|last| last.at.clone())),
        },
        Column {
            title: T::HazardHandledBy,
            sort: None,
            cell: |row| Cell::Data(row.handled.as_ref().map(|last| last.by.clone()).unwrap_or_default()),
        },
        Column {
            title: T::HazardWay,
            sort: None,
            cell: |row| Cell::Words(row.handled.as_ref().map(|last| last.way.clone()).unwrap_or_default()),
        },
        STATE,
        Column { title: T::HazardHistory, sort: None, cell: |row| Cell::Below(row.history.join("\n")) },
        Column { title: T::TaskRecordStopped, sort: None, cell: |row| point(row, 0) },
        Column { title: T::TaskRecordTold, sort: None, cell: |row| point(row, 1) },
        Column { title: T::TaskRecordMeasures, sort: None, cell: |row| point(row, 2) },
        Column { title: T::TaskRecordOpinion, sort: None, cell: |row| point(row, 3) },
        Column { title: T::TaskRecordRemoval, sort: None, cell: |row| point(row, 4) },
    ],
};

/// The repair records, in the columns of table B.1 of GB 25201.
pub(super) static REPAIRS: List<HazardLine> = List {
    href: "/repair-records",
    file: "repair-records",
    none: T::HazardRepairsNone,
    usual: ("number", false),
    filters: &["project", "counter", "from", "to"],
    month: None,
    columns: &[
        NUMBER,
        FOUND,
        Column { title: T::HazardFinder, sort: None, cell: |row| Cell::Data(row.finder.clone()) },
        FACILITY,
        ITEM,
        RESULT,
        STATE,
        Column { title: T::HazardRepairedBy, sort: None, cell: |row| Cell::Data(repair(row, |held| held.by.clone())) },
        Column {
            title: T::HazardRepairedAt,
            sort: None,
            cell: |row| Cell::Fact(row.repair.as_ref().and_then(|held| held.at.clone())),
        },
        Column {
            title: T::HazardRepairState,
            sort: None,
            cell: |row| Cell::Words(repair(row, |held| held.state.clone())),
        },
        Column { title: T::TaskRecordStopped, sort: None, cell: |row| point(row, 0) },
        Column { title: T::TaskRecordTold, sort: None, cell: |row| point(row, 1) },
        Column { title: T::TaskRecordMeasures, sort: None, cell: |row| point(row, 2) },
        Column { title: T::TaskRecordOpinion, sort: None, cell: |row| point(row, 3) },
        Column { title: T::HazardPlan, sort: None, cell: |row| Cell::Below(repair(row, |held| held.plan.clone())) },
        Column {
            title: T::HazardDetails,
            sort: None,
            cell: |row| Cell::Below(repair(row, |held| held.details.clone())),
        },
        Column { title: T::TaskRecordRemoval, sort: None, cell: |row| point(row, 4) },
    ],
};

const NUMBER: Column<HazardLine> = Column {
    title: T::HazardNumber,
    sort: Some("number"),
    cell: |row| Cell::Counted { href: format!("/faults/{}", row.id), count: row.number },
};
const FACILITY: Column<HazardLine> =
    Column { title: T::HazardFacility, sort: None, cell: |row| Cell::Data(row.facility.clone()) };
const ITEM: Column<HazardLine> =
    Column { title: T::FaultItem, sort: Some("name"), cell: |row| Cell::Data(row.item.clone()) };
const RESULT: Column<HazardLine> =
    Column { title: T::HazardResult, sort: None, cell: |row| Cell::Data(row.result.clone()) };
const FOUND: Column<HazardLine> =
    Column { title: T::FaultFound, sort: None, cell: |row| Cell::Fact(Some(row.found.clone())) };
const STATE: Column<HazardLine> =
    Column { title: T::PartState, sort: Some("state"), cell: |row| Cell::State(row.state.clone()) };

/// A point of the record.
fn point(row: &HazardLine, at: usize) -> Cell {
    Cell::Below(row.record.get(at).cloned().unwrap_or_default())
}

/// A text of the repair; empty where none was ordered.
fn repair(row: &HazardLine, of: impl Fn(&Repaired) -> String) -> String {
    row.repair.as_ref().map(of).unwrap_or_default()
}
