//! Reads about repair requests.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{Visible, sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value, own, stored_words},
};
use firebee_domain::{
    account::{Action, Actor, Role},
    fault::FaultState,
    id::{FaultId, ProjectId, RepairId},
    repair::{Repair, RepairState},
    time::Timestamp,
};
use std::collections::HashMap;
use strum::EnumString;

stored_words!(RepairState);

/// A request with what is shown beside it.
#[derive(Clone, Debug)]
pub struct RepairRow {
    /// The request.
    pub repair: Repair,
    /// The project's name.
    pub project_name: String,
    /// When somebody asked.
    pub at: Timestamp,
    /// Where the fault stands that the firm took it up as.
    pub fault: Option<FaultState>,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum RepairSort {
    /// When somebody asked.
    #[default]
    Time,
    /// The project's name.
    Project,
}

/// Which requests a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<RepairState>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// The words, the order, the page.
    pub wanted: Wanted<RepairSort>,
}

/// The rows of the list. ?10 is the project, ?11 the state. What the unit handles itself stays with the owner's contacts
/// ?12 says whether the reader is one, ?13 and ?14 are the states that reach the firm.
macro_rules! rows {
    () => {
        concat!(
            "FROM repair r JOIN project j ON j.org = r.org AND j.id = r.project
                 LEFT JOIN fault f ON f.org = r.org AND f.id = r.fault
             WHERE r.org = ?2 AND ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR r.project = ?10)
              AND (CAST(?11 AS TEXT) IS NULL OR r.state = ?11)
              AND (CAST(?12 AS BIGINT) = 1 OR r.state IN (?13, ?14))"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(r.find || ' ' || j.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!("r.body, j.name, r.at_ms, f.state", rows!(), find!(), $key: $kind, "r.id": Id)
    };
}

fn seen(actor: &Actor, org: Org) -> Visible {
    visible(actor, Action::ReadRepair, org)
}

/// Whether somebody sees what the owner's unit handles itself.
pub const fn sees_inside(role: Role) -> bool {
    matches!(role, Role::OwnerContact)
}

impl Filter {
    fn own(&self, actor: &Actor) -> [Value<'_>; 5] {
        let inside = sees_inside(actor.role);
        row![self.project.as_ref(), self.state, inside, RepairState::Sent, RepairState::TakenUp]
    }
}

/// A page of the requests that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn repairs(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<RepairRow>, StoreError> {
    let order = match filter.wanted.sort {
        RepairSort::Time => by!("r.at_ms": Number),
        RepairSort::Project => by!("j.sort": Text),
    };
    page::page(tx, &seen(actor, org), (&order, &filter.wanted), &filter.own(actor), read).await
}

/// How many requests stand where, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<RepairState, i64>, StoreError> {
    let filter = Filter { state: None, ..filter.clone() };
    let find = tally!("r.state", rows!(), find!());
    page::counts(tx, &seen(actor, org), (find, &filter.wanted), &filter.own(actor)).await
}

fn read(row: &Row) -> Result<RepairRow, StoreError> {
    Ok(RepairRow { repair: own(row.get(0)?)?, project_name: row.get(1)?, at: row.get(2)?, fault: row.get(3)? })
}

/// One request. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn repair(tx: &mut Tx, org: Org, id: RepairId) -> Result<Option<RepairRow>, StoreError> {
    let find = sql!(
        "SELECT r.body, j.name, r.at_ms, f.state FROM repair r JOIN project j ON j.org = r.org AND j.id = r.project
             LEFT JOIN fault f ON f.org = r.org AND f.id = r.fault
         WHERE r.org = ?1 AND r.id = ?2"
    );
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// The request that a fault came of, if it came of one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_fault(tx: &mut Tx, org: Org, fault: FaultId) -> Result<Option<RepairId>, StoreError> {
    let find = sql!("SELECT id FROM repair WHERE org = ?1 AND fault = ?2");
    tx.query_opt(find, &row![org, &fault]).await?.map(|row| row.get(0)).transpose()
}
