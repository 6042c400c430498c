//! Reads about requests to pause a month.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees_sites, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{ProjectId, RequestId},
    suspension::{PauseRequest, PauseState},
};
use std::collections::HashMap;
use strum::EnumString;

/// A request with its id, and the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct PauseRow {
    /// The id: that of the form that asked.
    pub id: RequestId,
    /// The request.
    pub request: PauseRequest,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PauseSort {
    /// When it was asked for.
    #[default]
    Time,
    /// The month.
    Month,
}

/// Which requests the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<PauseState>,
    /// The words, the order, the page.
    pub wanted: Wanted<PauseSort>,
}

fn read(row: &Row) -> Result<PauseRow, StoreError> {
    let (project_name, firm) = (row.get(2)?, row.get(3)?);
    Ok(PauseRow { id: row.get(0)?, request: own(row.get(1)?)?, project_name, firm })
}

/// The requests of a project, the latest month first; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_project(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<PauseRow>, StoreError> {
    let find = sql!(
        "SELECT q.id, q.body, j.name, o.name FROM suspension q JOIN project j ON j.org = q.org AND j.id = q.project
             JOIN organisation o ON o.org = q.org
         WHERE q.org = ?1 AND q.project = ?2 ORDER BY q.month DESC, q.id"
    );
    tx.query(find, &row![org, &project]).await?.iter().map(read).collect()
}

/// The rows of the list. Its own parameter: ?10 the state.
macro_rules! rows {
    () => {
        concat!(
            "FROM organisation o JOIN suspension q ON q.org = o.org
                 JOIN project j ON j.org = q.org AND j.id = q.project WHERE ",
            sees_sites!("o", "j"),
            " AND (CAST(?10 AS TEXT) IS NULL OR q.state = ?10)"
        )
    };
}

/// A page of the requests that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn requests(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<PauseRow>, StoreError> {
    let order = match filter.wanted.sort {
        PauseSort::Time => order!("q.id, q.body, j.name, o.name", rows!(), "j.find", "q.asked_ms": Number, "q.id": Id),
        PauseSort::Month => order!("q.id, q.body, j.name, o.name", rows!(), "j.find", "q.month": Text, "q.id": Id),
    };
    let seen = visible(actor, Action::ReadPlan, org);
    page::page(tx, &seen, (&order, &filter.wanted), &row![filter.state], read).await
}

/// How many there are by state, whatever state the list is narrowed to.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<PauseState, i64>, StoreError> {
    let seen = visible(actor, Action::ReadPlan, org);
    let find = tally!("q.state", rows!(), "j.find");
    page::counts(tx, &seen, (find, &filter.wanted), &row![None::<PauseState>]).await
}
