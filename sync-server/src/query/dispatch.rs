//! Reads about dispatches: lists from the rows, dispatches from their documents.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    account::{Action, Actor},
    dispatch::{DispatchKind, DispatchState},
    id::{AccountId, DispatchId, ProjectId, TaskId},
    task::Stamp,
};
use firebee_protocol::document::{DispatchDocument, kind};
use std::collections::HashMap;
use strum::EnumString;

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
    let rows = tx.many(&OF_TASKS, [row![org, &task]]).await?;
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

/// Which dispatches are meant; nothing that is `None` narrows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Of {
    /// Only for this.
    pub kind: Option<DispatchKind>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// Only of this team lead.
    pub team_lead: Option<AccountId>,
}

/// Which dispatches a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this state; all when it is `None`.
    pub state: Option<DispatchState>,
    /// Only of these.
    pub of: Of,
    /// The words, the order, the page.
    pub wanted: Wanted<DispatchSort>,
}

/// What [`Of`] narrows: ?4, ?5 and ?6.
macro_rules! of {
    () => {
        " AND (CAST(?4 AS TEXT) IS NULL OR d.kind = ?4) AND (CAST(?5 AS BYTEA) IS NULL OR d.project = ?5)
          AND (CAST(?6 AS BYTEA) IS NULL OR d.team_lead = ?6)"
    };
}

/// The statement of one order.
macro_rules! dispatches_by {
    ($key:literal, $type:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT d.id, d.kind, d.name, d.project, j.name, d.team_lead, n.name, d.state, d.made, ",
            $key,
            " FROM dispatch d JOIN project j ON j.org = d.org AND j.id = d.project
                 JOIN account a ON a.org = d.org AND a.id = d.team_lead
                 JOIN person n ON n.org = a.org AND n.id = a.person
             WHERE d.org = ?2 AND ",
            sees!("j", "d.team_lead", "?3"),
            of!(),
            " AND (CAST(?7 AS TEXT) IS NULL OR d.state = ?7)",
            holds!("d.name || ' ' || j.name || ' ' || n.name", "?8"),
            page!($key, $type, "d.id", $way, $beyond, "?9", "?10", "?11")
        ))
    };
}

/// Both directions of one order.
macro_rules! both_ways {
    ($descending:expr, $key:literal, $type:literal) => {
        if $descending { dispatches_by!($key, $type, "DESC", "<") } else { dispatches_by!($key, $type, "ASC", ">") }
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
    let wanted = &filter.wanted;
    let (find, by_number) = match wanted.sort {
        DispatchSort::Time => (both_ways!(wanted.descending, "d.made_ms", "BIGINT"), true),
        DispatchSort::Name => (both_ways!(wanted.descending, "d.name", "TEXT"), false),
        DispatchSort::Kind => (both_ways!(wanted.descending, "d.kind", "TEXT"), false),
        DispatchSort::Project => (both_ways!(wanted.descending, "j.name", "TEXT"), false),
        DispatchSort::TeamLead => (both_ways!(wanted.descending, "n.name", "TEXT"), false),
        DispatchSort::State => (both_ways!(wanted.descending, "d.state", "TEXT"), false),
    };
    let seen = visible(actor, Action::ReadDispatch, org);
    let place = wanted.after.as_ref();
    let (pattern, id) = (wanted.pattern(), place.and_then(|place| place.id.parse::<DispatchId>().ok()));
    let Of { kind, project, team_lead } = &filter.of;
    let asked = row![*kind, project.as_ref(), team_lead.as_ref(), filter.state, &pattern];
    let numbers = row![wanted.after_number(), id.as_ref(), wanted.limit()];
    let texts = row![wanted.after_text(), id.as_ref(), wanted.limit()];
    let page = if by_number { &numbers } else { &texts };
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.values()[..], &asked, page].concat()).await? {
        let key = if by_number { row.get::<i64>(9)?.to_string() } else { row.get(9)? };
        let dispatch = read(&row)?;
        let place = Place { key, id: dispatch.id.to_string() };
        found.push((dispatch, place));
    }
    Ok(wanted.page(found))
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

/// How many dispatches an actor may read in each state.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(tx: &mut Tx, org: Org, actor: &Actor, of: &Of) -> Result<HashMap<DispatchState, i64>, StoreError> {
    let find = sql!(concat!(
        "SELECT d.state, count(d.id) FROM dispatch d JOIN project j ON j.org = d.org AND j.id = d.project
         WHERE d.org = ?2 AND ",
        sees!("j", "d.team_lead", "?3"),
        of!(),
        " GROUP BY d.state"
    ));
    let seen = visible(actor, Action::ReadDispatch, org);
    let asked = row![of.kind, of.project.as_ref(), of.team_lead.as_ref()];
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
