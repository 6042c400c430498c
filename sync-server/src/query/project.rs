//! Reads about projects.

use super::{
    page::{Page, Place, Wanted, holds, page},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    dispatch::DispatchState,
    history::History,
    id::{AccountId, ProjectId},
    project::Project,
    task::TaskState,
};
use strum::EnumString;

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

/// The statement of one order.
macro_rules! projects_by {
    ($key:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT p.body, p.lead, n.name, w.name, ",
            $key,
            " FROM project p
                 JOIN account a ON a.org = p.org AND a.id = p.lead JOIN person n ON n.org = a.org AND n.id = a.person
                 JOIN contract c ON c.org = p.org AND c.id = p.contract JOIN owner w ON w.org = c.org AND w.id = c.owner
             WHERE p.org = ?2 AND ",
            sees!("p", "NULL", "?3"),
            holds!("p.name || ' ' || w.name || ' ' || n.name", "?4"),
            page!($key, "TEXT", "p.id", $way, $beyond, "?5", "?6", "?7")
        ))
    };
}

/// A page of the projects whose plans an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn projects(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<ProjectSort>,
) -> Result<Page<ProjectRow>, StoreError> {
    let find = match (wanted.sort, wanted.descending) {
        (ProjectSort::Name, false) => projects_by!("p.name", "ASC", ">"),
        (ProjectSort::Name, true) => projects_by!("p.name", "DESC", "<"),
        (ProjectSort::Owner, false) => projects_by!("w.name", "ASC", ">"),
        (ProjectSort::Owner, true) => projects_by!("w.name", "DESC", "<"),
        (ProjectSort::Lead, false) => projects_by!("n.name", "ASC", ">"),
        (ProjectSort::Lead, true) => projects_by!("n.name", "DESC", "<"),
    };
    let seen = visible(actor, Action::ReadPlan, org);
    let (pattern, id) = (wanted.pattern(), wanted.after.as_ref().and_then(|place| place.id.parse::<ProjectId>().ok()));
    let asked = row![&pattern, wanted.after_text(), id.as_ref(), wanted.limit()];
    let mut found = Vec::new();
    for row in tx.query(find, &[&seen.values()[..], &asked].concat()).await? {
        let project = read(&row)?;
        let place = Place { key: row.get(4)?, id: project.project.id.to_string() };
        found.push((project, place));
    }
    Ok(wanted.page(found))
}
