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
    id::{AccountId, ContractId, OwnerId, ProjectId, RegulatorUnitId},
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

/// The projects of a name, letter by letter, each with the names of its owner and its contract.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_name(tx: &mut Tx, org: Org, name: &str) -> Result<Vec<(ProjectId, String, String)>, StoreError> {
    let find = sql!(
        "SELECT p.id, w.name, c.body FROM project p
             JOIN contract c ON c.org = p.org AND c.id = p.contract JOIN owner w ON w.org = c.org AND w.id = c.owner
         WHERE p.org = ?1 AND p.name = ?2"
    );
    let rows = tx.query(find, &row![org, name]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, own::<Contract>(row.get(2)?)?.name))).collect()
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

/// The units in which projects of the firm lie and those above them, with their names: whoever chooses a corps sees all below
/// it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn units(tx: &mut Tx, org: Org) -> Result<Vec<(RegulatorUnitId, String)>, StoreError> {
    let find = sql!(
        "WITH RECURSIVE above(id) AS (SELECT p.unit FROM project p WHERE p.org = ?1 AND p.unit IS NOT NULL
             UNION SELECT u.parent FROM regulator_unit u JOIN above ON above.id = u.id WHERE u.parent IS NOT NULL)
         SELECT u.id, u.name FROM regulator_unit u JOIN above ON above.id = u.id ORDER BY u.name, u.id"
    );
    tx.query(find, &row![org]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The words by which the projects of a firm can be narrowed.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The cities.
    pub cities: Vec<String>,
    /// The kinds of unit.
    pub unit_types: Vec<String>,
    /// The units of the fire rescue service.
    pub units: Vec<(RegulatorUnitId, String)>,
    /// Who leads.
    pub leads: Vec<(AccountId, String)>,
}

/// The words by which the projects that an actor may read can be narrowed.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn known(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Known, StoreError> {
    let cities = sql!(concat!(
        "SELECT DISTINCT p.city FROM project p WHERE p.org = ?2 AND p.city <> '' AND ",
        sees!("p", "NULL", "?3"),
        " ORDER BY p.city"
    ));
    let types = sql!(concat!(
        "SELECT DISTINCT p.unit_type FROM project p WHERE p.org = ?2 AND p.unit_type <> '' AND ",
        sees!("p", "NULL", "?3"),
        " ORDER BY p.unit_type"
    ));
    let leads = sql!(concat!(
        "SELECT DISTINCT p.lead, n.name, n.sort FROM project p JOIN account a ON a.org = p.org AND a.id = p.lead
             JOIN person n ON n.org = a.org AND n.id = a.person WHERE p.org = ?2 AND ",
        sees!("p", "NULL", "?3"),
        " ORDER BY n.sort, p.lead"
    ));
    let seen = visible(actor, Action::ReadPlan, org);
    let word = |row: &Row| row.get(0);
    Ok(Known {
        cities: tx.query(cities, &seen.values()).await?.iter().map(word).collect::<Result<_, _>>()?,
        unit_types: tx.query(types, &seen.values()).await?.iter().map(word).collect::<Result<_, _>>()?,
        units: units(tx, org).await?,
        leads: tx
            .query(leads, &seen.values())
            .await?
            .iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?)))
            .collect::<Result<_, StoreError>>()?,
    })
}

/// The names of the owner and of the contract that a filter shows alone. For actors who may read them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn only(tx: &mut Tx, org: Org, filter: &Filter) -> Result<(Option<String>, Option<String>), StoreError> {
    let owner = match filter.owner {
        Some(id) => super::owner::owner(tx, org, id).await?.map(|row| row.owner.name),
        None => None,
    };
    let contract = match filter.contract {
        Some(id) => super::contract::contract(tx, org, id).await?.map(|row| row.contract.name),
        None => None,
    };
    Ok((owner, contract))
}

/// The orders of a list of projects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ProjectSort {
    /// Its id, which never changes: the order of what programs read.
    Id,
    /// Its name.
    #[default]
    Name,
    /// The owner's name.
    Owner,
    /// The lead's name.
    Lead,
    /// The day of signing.
    Signed,
    /// The last day.
    Ends,
}

/// Days from and to, both inclusive; either may be missing.
pub type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Which projects a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so, on the day.
    pub status: Option<(ProjectStatus, NaiveDate)>,
    /// Only those of contracts of this kind.
    pub kind: Option<ContractKind>,
    /// Only those in this jurisdiction, or in one below it.
    pub unit: Option<RegulatorUnitId>,
    /// Only those in this city.
    pub city: Option<String>,
    /// Only those of this kind of unit.
    pub unit_type: Option<String>,
    /// Only those where phones are not allowed on site, or only the others.
    pub special: Option<bool>,
    /// Only those signed in these days.
    pub signed: Days,
    /// Only those whose last day is one of these.
    pub ends: Days,
    /// Only those of this owner.
    pub owner: Option<OwnerId>,
    /// Only those of this contract.
    pub contract: Option<ContractId>,
    /// Only those of this lead.
    pub lead: Option<AccountId>,
    /// The words, the order, the page.
    pub wanted: Wanted<ProjectSort>,
}

/// The rows of the list. Its own parameters: ?10 whether it is narrowed by state, ?11 whether to those that are
/// terminated, ?12 whether to those whose end is before the day ?13; ?14 the kind of their contracts, ?15 their unit; ?16 to
/// ?25 the rest of a [`Filter`].
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
              AND (CAST(?14 AS TEXT) IS NULL OR c.kind = ?14)
              AND (CAST(?15 AS BYTEA) IS NULL OR p.unit IN (WITH RECURSIVE below(id) AS (
                  SELECT v.id FROM regulator_unit v WHERE v.id = ?15
                  UNION SELECT u.id FROM regulator_unit u JOIN below ON u.parent = below.id) SELECT id FROM below))
              AND (CAST(?16 AS TEXT) IS NULL OR p.city = ?16) AND (CAST(?17 AS TEXT) IS NULL OR p.unit_type = ?17)
              AND (CAST(?18 AS BIGINT) IS NULL OR p.special = ?18)
              AND (CAST(?19 AS TEXT) IS NULL OR c.sign_date >= ?19)
              AND (CAST(?20 AS TEXT) IS NULL OR c.sign_date <= ?20)
              AND (CAST(?21 AS TEXT) IS NULL OR p.end_date >= ?21)
              AND (CAST(?22 AS TEXT) IS NULL OR p.end_date <= ?22)
              AND (CAST(?23 AS BYTEA) IS NULL OR c.owner = ?23) AND (CAST(?24 AS BYTEA) IS NULL OR c.id = ?24)
              AND (CAST(?25 AS BYTEA) IS NULL OR p.lead = ?25)"
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
    listed(tx, (org, actor, Action::ReadPlan), filter).await
}

/// A page of the projects for which an actor may make plans.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_plan(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ProjectRow>, StoreError> {
    listed(tx, (org, actor, Action::CreatePlan), filter).await
}

async fn listed(
    tx: &mut Tx,
    (org, actor, action): (Org, &Actor, Action),
    filter: &Filter,
) -> Result<Page<ProjectRow>, StoreError> {
    let order = match filter.wanted.sort {
        ProjectSort::Id => by!("p.id": Id),
        ProjectSort::Name => by!("p.sort": Text),
        ProjectSort::Owner => by!("w.sort": Text),
        ProjectSort::Lead => by!("n.sort": Text),
        ProjectSort::Signed => by!("c.sign_date": Text),
        ProjectSort::Ends => by!("p.end_date": Text),
    };
    let (seen, days) = (visible(actor, action, org), filter.days());
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(&days), read).await
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
        let days = filter.days();
        let find = tally!("p.org", rows!(), find!());
        let found: HashMap<i64, i64> = page::counts(tx, &seen, (find, &filter.wanted), &filter.own(&days)).await?;
        counts.insert(*status, found.values().sum());
    }
    Ok(counts)
}

/// The days of a [`Filter`] as texts: that of its state, and the bounds.
struct Texts {
    day: String,
    bounds: [Option<String>; 4],
}

impl Filter {
    fn days(&self) -> Texts {
        let bounds = [self.signed.0, self.signed.1, self.ends.0, self.ends.1];
        Texts {
            day: self.status.map(|(_, day)| day.to_string()).unwrap_or_default(),
            bounds: bounds.map(|day| day.map(|day| day.to_string())),
        }
    }

    fn own<'d>(&'d self, days: &'d Texts) -> Vec<Value<'d>> {
        let is = |status| self.status.is_some_and(|(wanted, _)| wanted == status);
        let (terminated, completed) = (is(ProjectStatus::Terminated), is(ProjectStatus::Completed));
        let status = row![self.status.is_some(), terminated, completed, &days.day, self.kind, self.unit.as_ref()];
        let special = self.special.map(i64::from);
        let kept = row![self.city.as_ref(), self.unit_type.as_ref(), special];
        let [signed_from, signed_to, ends_from, ends_to] = days.bounds.each_ref().map(Option::as_ref);
        let bounds = row![signed_from, signed_to, ends_from, ends_to];
        let of = row![self.owner.as_ref(), self.contract.as_ref(), self.lead.as_ref()];
        [&status[..], &kept, &bounds, &of].concat()
    }
}
