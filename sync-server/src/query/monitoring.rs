//! Reads about what connected fire systems told.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, ProjectId, RepairId, TaskId},
    monitoring::{Signal, TestOrder},
    time::Timestamp,
};
use std::collections::HashMap;
use strum::EnumString;
use uuid::Uuid;

/// An event with the name of its project.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its id.
    pub id: Uuid,
    /// What it tells of.
    pub signal: Signal,
    /// When it was, by the clock of its source.
    pub at: Timestamp,
    /// When it came.
    pub received: Timestamp,
    /// Where.
    pub place: String,
    /// What its source says.
    pub says: String,
    /// Its source.
    pub source: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The repair request that it was turned into.
    pub repair: Option<RepairId>,
    /// Who leads the project.
    pub lead: AccountId,
    /// Of whom a supplementary test was ordered because of it.
    pub ordered: Option<AccountId>,
    /// The task that tests it, once its executor has begun.
    pub task: Option<TaskId>,
}

impl EventRow {
    /// Whether somebody turned it into a request or an order.
    #[must_use]
    pub const fn is_turned(&self) -> bool {
        self.repair.is_some() || self.ordered.is_some()
    }
}

/// The columns of an [`EventRow`].
macro_rules! columns {
    () => {
        "e.signal, e.at_ms, e.received_ms, e.place, e.says, e.source, e.project, j.name, e.id, e.repair, j.lead,
         e.executor, (SELECT t.id FROM task t WHERE t.org = e.org AND t.event = e.id AND t.project = e.project
                      ORDER BY t.started_ms DESC, t.id DESC LIMIT 1)"
    };
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum EventSort {
    /// When it was.
    #[default]
    Time,
    /// When it came.
    Received,
}

/// Which events a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that tell of this.
    pub signal: Option<Signal>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// The words, the order, the page.
    pub wanted: Wanted<EventSort>,
}

/// The rows of the list. Its own parameters: ?10 the project, ?11 the signal.
macro_rules! rows {
    () => {
        concat!(
            "FROM monitoring_event e JOIN project j ON j.org = e.org AND j.id = e.project WHERE e.org = ?2 AND ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR e.project = ?10)
              AND (CAST(?11 AS TEXT) IS NULL OR e.signal = ?11)"
        )
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            columns!(),
            rows!(),
            "e.find",
            $key: $kind,
            "e.id": Id
        )
    };
}

/// A page of the events that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn events(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<EventRow>, StoreError> {
    let order = match filter.wanted.sort {
        EventSort::Time => by!("e.at_ms": Number),
        EventSort::Received => by!("e.received_ms": Number),
    };
    let seen = visible(actor, Action::ReadMonitoring, org);
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(), read).await
}

fn read(row: &Row) -> Result<EventRow, StoreError> {
    Ok(EventRow {
        signal: row.get(0)?,
        at: row.get(1)?,
        received: row.get(2)?,
        place: row.get(3)?,
        says: row.get(4)?,
        source: row.get(5)?,
        project: row.get(6)?,
        project_name: row.get(7)?,
        id: row.get(8)?,
        repair: row.get(9)?,
        lead: row.get(10)?,
        ordered: row.get(11)?,
        task: row.get(12)?,
    })
}

/// One event; permission is asked with its project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn event(tx: &mut Tx, org: Org, id: Uuid) -> Result<Option<EventRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT ",
        columns!(),
        " FROM monitoring_event e JOIN project j ON j.org = e.org AND j.id = e.project WHERE e.org = ?1 AND e.id = ?2"
    ));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// The most orders that the phones of a project know, the latest ones.
const ORDERS_MAX: i64 = 50;

/// The tests that were ordered in a project because of events, the first first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn orders(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<TestOrder>, StoreError> {
    let find = sql!(
        "SELECT e.id, e.executor, p.name, e.ordered_ms, e.place, e.says
         FROM monitoring_event e JOIN account a ON a.org = e.org AND a.id = e.ordered_by
         JOIN person p ON p.org = a.org AND p.id = a.person
         WHERE e.org = ?1 AND e.project = ?2 AND e.executor IS NOT NULL ORDER BY e.ordered_ms DESC, e.id DESC LIMIT ?3"
    );
    let rows = tx.query(find, &row![org, &project, ORDERS_MAX]).await?;
    let read = |row: &Row| {
        Ok(TestOrder {
            event: row.get(0)?,
            executor: row.get(1)?,
            by: row.get(2)?,
            at: row.get(3)?,
            place: row.get(4)?,
            says: row.get(5)?,
        })
    };
    rows.iter().rev().map(read).collect()
}

/// To whom something of a project is issued: who can begin a task outside its plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn workers(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<AccountId>, StoreError> {
    let find = sql!(
        "SELECT DISTINCT i.executor FROM plan_item i JOIN plan p ON p.org = i.org AND p.id = i.plan
         WHERE p.org = ?1 AND p.project = ?2 AND i.executor IS NOT NULL"
    );
    tx.query(find, &row![org, &project]).await?.iter().map(|row| row.get(0)).collect()
}

/// How many events tell of what, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<HashMap<Signal, i64>, StoreError> {
    let filter = Filter { signal: None, ..filter.clone() };
    let find = tally!("e.signal", rows!(), "e.find");
    let seen = visible(actor, Action::ReadMonitoring, org);
    page::counts(tx, &seen, (find, &filter.wanted), &filter.own()).await
}

impl Filter {
    fn own(&self) -> [Value<'_>; 2] {
        row![self.project.as_ref(), self.signal]
    }
}
