//! Reads about projects.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    contract::{Contract, ContractKind},
    dispatch::DispatchState,
    history::History,
    id::{AccountId, ContractId, ProjectId, RegulatorUnitId},
    owner::Owner,
    project::{Particulars, Project, ProjectStatus},
    task::TaskState,
};
use std::collections::HashMap;
use strum::{EnumString, VariantArray as _};

/// A project with the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct ProjectRow {
    /// The project. Its lead comes from the row.
    pub project: Project,
    /// Its lead's account.
    pub lead: AccountId,
    /// The lead's name.
    pub lead_name: String,
    /// The owner's name.
    pub owner_name: String,
}

fn read(row: &Row) -> Result<ProjectRow, StoreError> {
    let lead = row.get(1)?;
    let mut project: Project = own(row.get(0)?)?;
    project.lead = Some(lead);
    Ok(ProjectRow { project, lead, lead_name: row.get(2)?, owner_name: row.get(3)? })
}

/// One project; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn project(tx: &mut Tx, org: Org, id: ProjectId) -> Result<Option<ProjectRow>, StoreError> {
    let find = sql!(
        "SELECT p.body, p.lead, n.name, w.name FROM project p
             JOIN account a ON a.org = p.org AND a.id = p.lead JOIN person n ON n.org = a.org AND n.id = a.person
             JOIN contract c ON c.org = p.org AND c.id = p.contract JOIN owner w ON w.org = c.org AND w.id = c.owner
         WHERE p.org = ?1 AND p.id = ?2"
    );
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// What the office keeps of a project besides; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn particulars(tx: &mut Tx, org: Org, id: ProjectId) -> Result<Particulars, StoreError> {
    let find = sql!("SELECT particulars FROM project WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map_or_else(|| Ok(Particulars::default()), |row| own(row.get(0)?))
}

/// A contract with its owner.
///
/// # Errors
/// As [`StoreError`] says, also when it is gone.
pub async fn contract(tx: &mut Tx, org: Org, id: ContractId) -> Result<(Owner, Contract), StoreError> {
    let find = sql!(
        "SELECT w.body, c.body FROM contract c JOIN owner w ON w.org = c.org AND w.id = c.owner
         WHERE c.org = ?1 AND c.id = ?2"
    );
    let row = tx.query_opt(find, &row![org, &id]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a contract is gone".into()))?;
    Ok((own(row.get(0)?)?, own(row.get(1)?)?))
}

/// The name of a unit of the fire rescue service.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn unit(tx: &mut Tx, id: RegulatorUnitId) -> Result<Option<String>, StoreError> {
    let find = sql!("SELECT name FROM regulator_unit WHERE id = ?1");
    tx.query_opt(find, &row![&id]).await?.map(|row| row.get(0)).transpose()
}

/// Everybody with something to do in a project: with an assignment, with a task that is not at its end, or with a dispatch
/// that is issued and not finished.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn executors(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<AccountId>, StoreError> {
    let find = sql!(
        "SELECT executor FROM assignment WHERE org = ?1 AND project = ?2
         UNION SELECT executor FROM task WHERE org = ?1 AND project = ?2 AND state NOT IN (?3, ?4)
         UNION SELECT team_lead FROM dispatch WHERE org = ?1 AND project = ?2 AND state IN (?5, ?6, ?7)"
    );
    let over = row![TaskState::Approved, TaskState::Discarded];
    let under_way = row![DispatchState::Issued, DispatchState::Received, DispatchState::Executing];
    let rows = tx.query(find, &[&row![org, &project][..], &over, &under_way].concat()).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// What is known of a facility of a project; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn history(tx: &mut Tx, org: Org, project: ProjectId, facility: &str) -> Result<Option<History>, StoreError> {
    let find = sql!("SELECT body FROM history WHERE org = ?1 AND project = ?2 AND facility = ?3");
    tx.query_opt(find, &row![org, &project, facility]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// The units in which projects of the firm lie, with their names.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn units(tx: &mut Tx, org: Org) -> Result<Vec<(RegulatorUnitId, String)>, StoreError> {
    let find = sql!(
        "SELECT u.id, u.name FROM regulator_unit u
         WHERE EXISTS (SELECT 1 FROM project p WHERE p.org = ?1 AND p.unit = u.id) ORDER BY u.name, u.id"
    );
    tx.query(find, &row![org]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The orders of a list of projects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ProjectSort {
    /// Its name.
    #[default]
    Name,
    /// The owner's name.
    Owner,
    /// The lead's name.
    Lead,
}

/// Which projects a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so, on the day.
    pub status: Option<(ProjectStatus, NaiveDate)>,
    /// Only those of contracts of this kind.
    pub kind: Option<ContractKind>,
    /// Only those in this jurisdiction.
    pub unit: Option<RegulatorUnitId>,
    /// The words, the order, the page.
    pub wanted: Wanted<ProjectSort>,
}

/// The rows of the list. Its own parameters: ?10 whether it is narrowed by state, ?11 whether to those that are
/// terminated, ?12 whether to those whose end is before the day ?13; ?14 the kind of their contracts, ?15 their unit.
macro_rules! rows {
    () => {
        concat!(
            "FROM project p
                 JOIN account a ON a.org = p.org AND a.id = p.lead
                 JOIN person n ON n.org = a.org AND n.id = a.person
                 JOIN contract c ON c.org = p.org AND c.id = p.contract
                 JOIN owner w ON w.org = c.org AND w.id = c.owner
             WHERE p.org = ?2 AND ",
            sees!("p", "NULL", "?3"),
            " AND (CAST(?10 AS BIGINT) = 0 OR (p.terminated = ?11
                  AND (?11 = 1 OR (CAST(?12 AS BIGINT) = 1 AND p.end_date < ?13) OR (?12 = 0 AND p.end_date >= ?13))))
              AND (CAST(?14 AS TEXT) IS NULL OR c.kind = ?14) AND (CAST(?15 AS BYTEA) IS NULL OR p.unit = ?15)"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(p.find || ' ' || w.find || ' ' || n.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!("p.body, p.lead, n.name, w.name", rows!(), find!(), $key: $kind, "p.id": Id)
    };
}

/// A page of the projects whose plans an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn projects(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ProjectRow>, StoreError> {
    let order = match filter.wanted.sort {
        ProjectSort::Name => by!("p.sort": Text),
        ProjectSort::Owner => by!("w.sort": Text),
        ProjectSort::Lead => by!("n.sort": Text),
    };
    let (seen, day) = (visible(actor, Action::ReadPlan, org), filter.day());
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(&day), read).await
}

/// How many of these projects stand in each state on a day, whatever state the filter names.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
    today: NaiveDate,
) -> Result<HashMap<ProjectStatus, i64>, StoreError> {
    let seen = visible(actor, Action::ReadPlan, org);
    let mut counts = HashMap::new();
    for status in ProjectStatus::VARIANTS {
        let filter = Filter { status: Some((*status, today)), ..filter.clone() };
        let day = filter.day();
        let find = tally!("p.org", rows!(), find!());
        let found: HashMap<i64, i64> = page::counts(tx, &seen, (find, &filter.wanted), &filter.own(&day)).await?;
        counts.insert(*status, found.values().sum());
    }
    Ok(counts)
}

impl Filter {
    fn day(&self) -> String {
        self.status.map(|(_, day)| day.to_string()).unwrap_or_default()
    }

    fn own<'d>(&'d self, day: &'d String) -> [Value<'d>; 6] {
        let is = |status| self.status.is_some_and(|(wanted, _)| wanted == status);
        let status = row![self.status.is_some(), is(ProjectStatus::Terminated), is(ProjectStatus::Completed), day];
        let [narrowed, terminated, completed, day] = status;
        [narrowed, terminated, completed, day, self.kind.into(), self.unit.as_ref().into()]
    }
}
