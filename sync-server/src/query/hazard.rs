//! Reads the faults of a project as its hazard summary and its repair records list them.

use super::{
    act, catalogue, dispatch, fault, member,
    page::{self, Order, Page, Wanted, order},
    task,
    visible::{Visible, sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value, number, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Catalogue,
    dispatch::{DispatchKind, DispatchState},
    fault::{Counter, Fault, FaultState},
    id::{AccountId, FaultId, ProjectId, ReportId, TaskId},
    task::Stamp,
    time::{Timestamp, china_midnight},
};
use firebee_protocol::document::{DispatchDocument, TaskDocument};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use strum::EnumString;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// The hazard summary: the faults of filed reports.
    Hazards,
    /// The repair records: the faults that were found or repaired in a period.
    Repairs,
}

impl Summary {
    /// What somebody may do who reads it.
    pub const fn actions(self) -> &'static [Action] {
        match self {
            Self::Hazards => &[Action::ReadFault, Action::ReadReport],
            Self::Repairs => &[Action::ReadFault, Action::ReadDispatch],
        }
    }
}

/// A fault in one of the lists.
#[derive(Clone, Debug)]
pub struct HazardRow {
    /// Its number, from 1, in the order in which the faults were found.
    pub number: u64,
    /// The fault.
    pub fault: FaultId,
    /// The task that found it.
    pub task: TaskId,
    /// When its result was recorded.
    pub found: Stamp,
    /// The report that has it, with its name; only in the hazard summary.
    pub report: Option<(ReportId, String)>,
}

/// The orders of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum HazardSort {
    /// When it was found.
    #[default]
    Number,
    /// The name of its item.
    Name,
    /// Its state.
    State,
}

/// Which faults a list shows.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Which list.
    pub of: Summary,
    /// Of this project.
    pub project: ProjectId,
    /// Only those that are counted there.
    pub counter: Option<Counter>,
    /// Only those of these days, both inclusive, in UTC+8: found then, and for repair records also those whose repair was
    /// ordered or ended then.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// The words, the order, the page.
    pub wanted: Wanted<HazardSort>,
}

/// Whether an instant lies in the days ?12 and ?13, the last one excluded.
macro_rules! in_days {
    ($at:literal) => {
        concat!(
            "((CAST(?12 AS BIGINT) IS NULL OR ",
            $at,
            " >= ?12) AND (CAST(?13 AS BIGINT) IS NULL OR ",
            $at,
            " < ?13))"
        )
    };
}

/// The faults of the filed reports of the project ?10, without those in the state ?11. A number does not change with what is
/// searched.
macro_rules! hazards {
    () => {
        concat!(
            "FROM (SELECT f.org, f.project, f.id, f.task, f.state, f.found, f.found_ms, f.sort,
                       f.find || ' ' || r.find AS find, r.id AS report, r.name AS report_name,
                       row_number() OVER (ORDER BY f.found_ms, f.id) AS number
                   FROM report r JOIN report_task h ON h.org = r.org AND h.report = r.id
                       JOIN fault f ON f.org = h.org AND f.task = h.task
                   WHERE r.org = ?2 AND r.project = ?10 AND r.filed IS NOT NULL AND r.voided IS NULL AND f.state <> ?11) f
                 JOIN project j ON j.org = f.org AND j.id = f.project
             WHERE ",
            sees!("j", "NULL", "?3"),
            " AND ",
            in_days!("f.found_ms"),
            " AND (CAST(?14 AS TEXT) IS NULL OR f.state IN (?14, ?15)) AND CAST(?16 AS TEXT) IS NOT NULL
              AND CAST(?17 AS TEXT) IS NOT NULL"
        )
    };
}

/// The faults of the project ?10 that were found or repaired in some days, without those in the state ?11. ?16 is a repair,
/// ?17 the state of one that was given up.
macro_rules! repairs {
    () => {
        concat!(
            "FROM (SELECT f.org, f.project, f.id, f.task, f.state, f.found, f.found_ms, f.sort, f.find,
                       CAST(NULL AS BYTEA) AS report, CAST(NULL AS TEXT) AS report_name,
                       row_number() OVER (ORDER BY f.found_ms, f.id) AS number
                   FROM fault f
                   WHERE f.org = ?2 AND f.project = ?10 AND f.state <> ?11 AND (",
            in_days!("f.found_ms"),
            " OR EXISTS (SELECT 1 FROM dispatch d WHERE d.org = f.org AND d.task = f.task AND d.fault = f.id
                             AND d.kind = ?16 AND d.state <> ?17 AND (",
            in_days!("d.made_ms"),
            " OR (d.ended_ms IS NOT NULL AND ",
            in_days!("d.ended_ms"),
            "))))) f
                 JOIN project j ON j.org = f.org AND j.id = f.project
             WHERE ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?14 AS TEXT) IS NULL OR f.state IN (?14, ?15))"
        )
    };
}

/// The order that is asked for.
macro_rules! by {
    ($rows:expr, $sort:expr) => {
        match $sort {
            HazardSort::Number => by!(@ $rows, "f.number": Number),
            HazardSort::Name => by!(@ $rows, "f.sort": Text),
            HazardSort::State => by!(@ $rows, "f.state": Text),
        }
    };
    (@ $rows:expr, $key:literal: $kind:ident) => {
        order!("f.number, f.id, f.task, f.found, f.report, f.report_name", $rows, "f.find", $key: $kind, "f.id": Id)
    };
}

fn seen(actor: &Actor, org: Org, of: Summary) -> Visible {
    let action = match of {
        Summary::Hazards => Action::ReadReport,
        Summary::Repairs => Action::ReadDispatch,
    };
    visible(actor, action, org)
}

/// A page of one of the lists. The caller has asked for permission to the project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn hazards(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<HazardRow>, StoreError> {
    let sort = filter.wanted.sort;
    let order: Order = match filter.of {
        Summary::Hazards => by!(hazards!(), sort),
        Summary::Repairs => by!(repairs!(), sort),
    };
    let mut states = filter.counter.into_iter().flat_map(Counter::states);
    let first = states.next();
    let second = states.next().or(first);
    let from = filter.days.0.map(china_midnight);
    let to: Option<Timestamp> = filter.days.1.and_then(|day| day.succ_opt()).map(china_midnight);
    let own: [Value<'_>; 8] = row![
        &filter.project,
        FaultState::Withdrawn,
        from,
        to,
        first,
        second,
        DispatchKind::Repair,
        DispatchState::Cancelled
    ];
    page::page(tx, &seen(actor, org, filter.of), (&order, &filter.wanted), &own, read).await
}

fn read(row: &Row) -> Result<HazardRow, StoreError> {
    let report: Option<ReportId> = row.get(4)?;
    let name: Option<String> = row.get(5)?;
    Ok(HazardRow {
        number: number(row.get(0)?)?,
        fault: row.get(1)?,
        task: row.get(2)?,
        found: own(&row.get::<String>(3)?)?,
        report: report.zip(name),
    })
}

/// What is known of the tasks that found some faults.
pub struct Around {
    /// The tasks, with their faults and the dispatches of these.
    pub tasks: HashMap<TaskId, Found>,
    /// The names of the firm's people.
    pub names: HashMap<AccountId, String>,
}

/// A task, what it found and who was sent for it.
pub struct Found {
    /// The task.
    pub document: TaskDocument,
    /// What it found.
    pub faults: Vec<Fault>,
    /// The dispatches of these.
    pub dispatches: Vec<DispatchDocument>,
    /// The pack of tests that it was made with.
    pub catalogue: Arc<Catalogue>,
}

/// What the rows of a page tell of their faults: history and record as the lines of their acts say them. The caller has asked
/// for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn around(tx: &mut Tx, org: Org, rows: &[HazardRow]) -> Result<Around, StoreError> {
    let ids: BTreeSet<TaskId> = rows.iter().map(|row| row.task).collect();
    let ids: Vec<TaskId> = ids.into_iter().collect();
    let mut faults = fault::of_tasks(tx, org, &ids).await?;
    let mut dispatches: HashMap<TaskId, Vec<DispatchDocument>> = HashMap::new();
    for held in dispatch::of_tasks(tx, org, &ids).await? {
        dispatches.entry(held.dispatch.task).or_default().push(held);
    }
    let mut tasks = HashMap::new();
    for mut document in task::documents(tx, org, &ids).await? {
        let id = document.task.id;
        let mut faults = faults.remove(&id).unwrap_or_default();
        let mut dispatches = dispatches.remove(&id).unwrap_or_default();
        act::as_written(tx, org, &mut document.task, &mut faults, &mut dispatches).await?;
        let catalogue = catalogue::pack(tx, document.catalogue).await?;
        tasks.insert(id, Found { document, faults, dispatches, catalogue });
    }
    Ok(Around { tasks, names: member::names(tx, org).await? })
}
