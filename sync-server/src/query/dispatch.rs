//! Reads about dispatches: lists from the rows, dispatches from their documents.

use super::{
    page::{self, Page, Wanted, instants, order, tally},
    visible::{Visible, sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, Value, own},
};
use firebee_domain::{
    account::Actor,
    dispatch::{DispatchKind, DispatchState, reading},
    id::{AccountId, DispatchId, ProjectId, TaskId},
    task::Stamp,
    time::Month,
};
use firebee_protocol::document::{DispatchDocument, kind};
use std::collections::HashMap;
use strum::EnumString;

/// Whether an actor may read a dispatch. The parameter is for those whose team lead is not told, which fewer people may
/// read.
macro_rules! sees_dispatch {
    ($untold:literal) => {
        concat!(sees!("j", "d.team_lead", "?3"), " AND (d.told = 1 OR ", sees!("j", "d.team_lead", $untold), ")")
    };
}

static OF_TASKS: Batch<2> = Batch::new("SELECT id FROM dispatch WHERE (org, task) IN ({rows})", [Ty::Int, Ty::Blob]);
static DOCUMENTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// The dispatches of a task, by id. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_task(tx: &mut Tx, org: Org, task: TaskId) -> Result<Vec<DispatchDocument>, StoreError> {
    of_tasks(tx, org, &[task]).await
}

/// The dispatches of some tasks, by id. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_tasks(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<Vec<DispatchDocument>, StoreError> {
    let rows = tx.many(&OF_TASKS, tasks.iter().map(|task| row![org, task])).await?;
    documents(tx, org, &rows).await
}

/// The dispatches of a project, by id. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<DispatchDocument>, StoreError> {
    let find = sql!("SELECT id FROM dispatch WHERE org = ?1 AND project = ?2");
    let rows = tx.query(find, &row![org, &project]).await?;
    documents(tx, org, &rows).await
}

async fn documents(tx: &mut Tx, org: Org, rows: &[Row]) -> Result<Vec<DispatchDocument>, StoreError> {
    let ids = rows.iter().map(|row| Ok(DispatchId(row.get(0)?).to_string())).collect::<Result<Vec<_>, StoreError>>()?;
    let rows = tx.many(&DOCUMENTS, ids.iter().map(|id| row![org, kind::DISPATCH, id])).await?;
    let read = rows.iter().map(|row| own(&row.get::<Packed>(0)?.0));
    let mut found = read.collect::<Result<Vec<DispatchDocument>, StoreError>>()?;
    found.sort_by_key(|document| document.dispatch.id);
    Ok(found)
}

/// A dispatch. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn document(tx: &mut Tx, org: Org, id: DispatchId) -> Result<Option<DispatchDocument>, StoreError> {
    let id = id.to_string();
    let rows = tx.many(&DOCUMENTS, [row![org, kind::DISPATCH, &id]]).await?;
    rows.first().map(|row| own(&row.get::<Packed>(0)?.0)).transpose()
}

/// The task whose fault a dispatch is for.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn task(tx: &mut Tx, org: Org, dispatch: DispatchId) -> Result<Option<TaskId>, StoreError> {
    let find = sql!("SELECT task FROM dispatch WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &dispatch]).await?.map(|row| row.get(0)).transpose()
}

/// A row of a list of dispatches.
#[derive(Clone, Debug)]
pub struct DispatchRow {
    /// The dispatch.
    pub id: DispatchId,
    /// What for.
    pub kind: DispatchKind,
    /// The name of the item, in Chinese.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its team lead.
    pub team_lead: AccountId,
    /// The team lead's name.
    pub team_lead_name: String,
    /// Where it stands.
    pub state: DispatchState,
    /// When it was made.
    pub made: Stamp,
}

/// The orders of a list of dispatches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum DispatchSort {
    /// When it was made.
    #[default]
    Time,
    /// The name of the item.
    Name,
    /// What for.
    Kind,
    /// The name of its project.
    Project,
    /// The name of its team lead.
    TeamLead,
    /// Its state.
    State,
}

/// Which dispatches a list shows; nothing that is `None` narrows them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this state.
    pub state: Option<DispatchState>,
    /// Only for this.
    pub kind: Option<DispatchKind>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// Only of this team lead.
    pub team_lead: Option<AccountId>,
    /// Only those that were made in this month, in UTC+8.
    pub month: Option<Month>,
    /// The words, the order, the page.
    pub wanted: Wanted<DispatchSort>,
}

/// The rows of the list. Its own parameters, from ?10 on, are what a [`Filter`] narrows.
macro_rules! rows {
    () => {
        concat!(
            "FROM dispatch d JOIN project j ON j.org = d.org AND j.id = d.project
                 JOIN account a ON a.org = d.org AND a.id = d.team_lead
                 JOIN person n ON n.org = a.org AND n.id = a.person
                 JOIN contract k ON k.org = j.org AND k.id = j.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE d.org = ?2 AND ",
            sees_dispatch!("?16"),
            " AND (CAST(?10 AS TEXT) IS NULL OR d.kind = ?10) AND (CAST(?11 AS BYTEA) IS NULL OR d.project = ?11)
              AND (CAST(?12 AS BYTEA) IS NULL OR d.team_lead = ?12)
              AND (CAST(?13 AS TEXT) IS NULL OR d.state = ?13)
              AND (CAST(?14 AS BIGINT) IS NULL OR (d.made_ms >= ?14 AND d.made_ms < ?15))"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(d.find || ' ' || j.find || ' ' || w.find || ' ' || n.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "d.id, d.kind, d.name, d.project, j.name, d.team_lead, n.name, d.state, d.made",
            rows!(),
            find!(),
            $key: $kind,
            "d.id": Id
        )
    };
}

/// A page of the dispatches that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn dispatches(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<Page<DispatchRow>, StoreError> {
    let order = match filter.wanted.sort {
        DispatchSort::Time => by!("d.made_ms": Number),
        DispatchSort::Name => by!("d.sort": Text),
        DispatchSort::Kind => by!("d.kind": Text),
        DispatchSort::Project => by!("j.sort": Text),
        DispatchSort::TeamLead => by!("n.sort": Text),
        DispatchSort::State => by!("d.state": Text),
    };
    let (seen, untold) = seen(actor, org);
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(untold), read).await
}

fn read(row: &Row) -> Result<DispatchRow, StoreError> {
    Ok(DispatchRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        project: row.get(3)?,
        project_name: row.get(4)?,
        team_lead: row.get(5)?,
        team_lead_name: row.get(6)?,
        state: row.get(7)?,
        made: own(&row.get::<String>(8)?)?,
    })
}

/// How many dispatches an actor may read in each state, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<DispatchState, i64>, StoreError> {
    let filter = Filter { state: None, ..filter.clone() };
    let find = tally!("d.state", rows!(), find!());
    let (seen, untold) = seen(actor, org);
    page::counts(tx, &seen, (find, &filter.wanted), &filter.own(untold)).await
}

/// How many there are for each purpose, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn kinds(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<DispatchKind, i64>, StoreError> {
    let filter = Filter { kind: None, ..filter.clone() };
    let find = tally!("d.kind", rows!(), find!());
    let (seen, untold) = seen(actor, org);
    page::counts(tx, &seen, (find, &filter.wanted), &filter.own(untold)).await
}

/// The rows that an actor may see, and which of those whose team lead is not told.
fn seen(actor: &Actor, org: Org) -> (Visible, i64) {
    (visible(actor, reading(true), org), visible(actor, reading(false), org).by())
}

impl Filter {
    fn own(&self, untold: i64) -> [Value<'_>; 7] {
        let (from, to) = self.month.map(instants).unzip();
        row![self.kind, self.project.as_ref(), self.team_lead.as_ref(), self.state, from, to, untold]
    }
}
