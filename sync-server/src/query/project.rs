//! Reads about projects.

use super::visible::{sees, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, ProjectId},
    project::Project,
};

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

/// The projects whose plans an actor may read, by name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn projects(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<ProjectRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT p.body, p.lead, n.name, w.name FROM project p
             JOIN account a ON a.org = p.org AND a.id = p.lead JOIN person n ON n.org = a.org AND n.id = a.person
             JOIN contract c ON c.org = p.org AND c.id = p.contract JOIN owner w ON w.org = c.org AND w.id = c.owner
         WHERE p.org = ?2 AND ",
        sees!("p", "NULL", "?3"),
        " ORDER BY p.name, p.id"
    ));
    let rows = tx.query(find, &visible(actor, Action::ReadPlan, org).values()).await?;
    rows.iter().map(read).collect()
}
