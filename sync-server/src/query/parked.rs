//! Reads about what was received and does not count.

use super::visible::{sees, visible};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{ProjectId, TaskId},
};
use firebee_protocol::document::ParkedDocument;

/// A parked fact with the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct ParkedRow {
    /// What its document says.
    pub document: ParkedDocument,
    /// The author's name.
    pub author: String,
    /// The name of the project, if the fact names a project of the same firm.
    pub project: Option<String>,
}

/// The parked facts that wait for a decision and that an actor may read, the newest first: of all those the
/// `limit` behind the first `offset`.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn parked(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    project: Option<ProjectId>,
    task: Option<TaskId>,
    (offset, limit): (u32, u32),
) -> Result<Vec<ParkedRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT d.body, n.name, j.name FROM parked k JOIN account a ON a.org = k.org AND a.id = k.account
             JOIN person n ON n.org = a.org AND n.id = a.person
             JOIN document d ON d.org = k.org AND d.kind = 'parked' AND d.id = k.document
             LEFT JOIN project j ON j.org = k.org AND j.id = k.project
         WHERE k.org = ?2 AND k.decision IS NULL AND d.body IS NOT NULL AND ",
        sees!("j", "k.account", "?3"),
        " AND (CAST(?4 AS BYTEA) IS NULL OR k.project = ?4) AND (CAST(?5 AS BYTEA) IS NULL OR k.task = ?5)
         ORDER BY k.since_ms DESC, k.store_id, k.seq DESC LIMIT ?6 OFFSET ?7"
    ));
    let seen = visible(actor, Action::ReadParked, org);
    let asked = row![project.as_ref(), task.as_ref(), i64::from(limit), i64::from(offset)];
    let rows = tx.query(find, &[&seen.values()[..], &asked].concat()).await?;
    let read = |row: &Row| Ok(ParkedRow { document: own(row.get(0)?)?, author: row.get(1)?, project: row.get(2)? });
    rows.iter().map(read).collect()
}
