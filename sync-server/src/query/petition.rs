//! Reads about what firms ask the fire service for.

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
    id::{PlanId, ProjectId, ReportId, RequestId, TaskId},
    petition::{Matter, MatterKind, Petition, PetitionState},
    report::Report,
    ruling::Ruling,
    task::TaskState,
};
use std::collections::HashMap;
use strum::EnumString;

/// A petition with its id, and the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct PetitionRow {
    /// The id: that of the form that asked.
    pub id: RequestId,
    /// The petition.
    pub petition: Petition,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PetitionSort {
    /// When it was sent.
    #[default]
    Time,
    /// The project's name.
    Project,
}

/// Which petitions the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<PetitionState>,
    /// Only those of this kind.
    pub kind: Option<MatterKind>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// The words, the order, the page.
    pub wanted: Wanted<PetitionSort>,
}

fn read(row: &Row) -> Result<PetitionRow, StoreError> {
    let (project_name, firm) = (row.get(2)?, row.get(3)?);
    Ok(PetitionRow { id: row.get(0)?, petition: own(row.get(1)?)?, project_name, firm })
}

/// The rows of the list. Its own parameters: ?10 the state, ?11 the kind, ?12 the project.
macro_rules! rows {
    () => {
        concat!(
            "FROM organisation o JOIN petition q ON q.org = o.org
                 JOIN project j ON j.org = q.org AND j.id = q.project WHERE ",
            sees_sites!("o", "j"),
            " AND (CAST(?10 AS TEXT) IS NULL OR q.state = ?10) AND (CAST(?11 AS TEXT) IS NULL OR q.kind = ?11)
              AND (CAST(?12 AS BYTEA) IS NULL OR q.project = ?12)"
        )
    };
}

/// A page of the petitions that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn petitions(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<PetitionRow>, StoreError> {
    let order = match filter.wanted.sort {
        PetitionSort::Time => {
            order!("q.id, q.body, j.name, o.name", rows!(), "j.find", "q.asked_ms": Number, "q.id": Id)
        }
        PetitionSort::Project => order!("q.id, q.body, j.name, o.name", rows!(), "j.find", "j.sort": Text, "q.id": Id),
    };
    let seen = visible(actor, Action::ReadPlan, org);
    let own = row![filter.state, filter.kind, filter.project.as_ref()];
    page::page(tx, &seen, (&order, &filter.wanted), &own, read).await
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
) -> Result<HashMap<PetitionState, i64>, StoreError> {
    let seen = visible(actor, Action::ReadPlan, org);
    let own = row![None::<PetitionState>, filter.kind, filter.project.as_ref()];
    page::counts(tx, &seen, (tally!("q.state", rows!(), "j.find"), &filter.wanted), &own).await
}

/// A petition of a firm; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn petition(tx: &mut Tx, org: Org, id: RequestId) -> Result<Option<PetitionRow>, StoreError> {
    let find = sql!(
        "SELECT q.id, q.body, j.name, o.name FROM petition q JOIN project j ON j.org = q.org AND j.id = q.project
             JOIN organisation o ON o.org = q.org
         WHERE q.org = ?1 AND q.id = ?2"
    );
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// What is asked for in a project and waits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn waiting(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<Matter>, StoreError> {
    let find = sql!("SELECT body FROM petition WHERE org = ?1 AND project = ?2 AND state = ?3");
    let rows = tx.query(find, &row![org, &project, PetitionState::Pending]).await?;
    rows.iter().map(|row| Ok(own::<Petition>(row.get(0)?)?.matter)).collect()
}

/// The decision by which the project became a special site, the latest one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn special_site(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Option<Ruling>, StoreError> {
    let find = sql!(
        "SELECT body FROM petition WHERE org = ?1 AND project = ?2 AND kind = ?3 AND state = ?4
         ORDER BY asked_ms DESC, id LIMIT 1"
    );
    let values = row![org, &project, MatterKind::SpecialSite, PetitionState::Approved];
    let row = tx.query_opt(find, &values).await?;
    row.map_or(Ok(None), |row| Ok(own::<Petition>(row.get(0)?)?.ruling))
}

/// How many plans of a project have no report that counts.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn plans_without_report(tx: &mut Tx, org: Org, project: ProjectId) -> Result<u32, StoreError> {
    let find = sql!(
        "SELECT l.id FROM plan l WHERE l.org = ?1 AND l.project = ?2
             AND NOT EXISTS (SELECT 1 FROM report r WHERE r.org = ?1 AND r.plan = l.id AND r.voided IS NULL)"
    );
    let plans: Vec<PlanId> =
        tx.query(find, &row![org, &project]).await?.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    Ok(u32::try_from(plans.len()).unwrap_or(u32::MAX))
}

/// The filed reports of a project that count, the latest first: a petition names one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn filed(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<(ReportId, String)>, StoreError> {
    let find = sql!(
        "SELECT body FROM report WHERE org = ?1 AND project = ?2 AND filed IS NOT NULL AND voided IS NULL
         ORDER BY report_date DESC, id"
    );
    let of = |report: Report| (report.id, format!("{} \u{b7} {}", report.code, report.name));
    tx.query(find, &row![org, &project]).await?.iter().map(|row| Ok(of(own(row.get(0)?)?))).collect()
}

/// The approved tasks of a project that no report has, the latest first: a petition names one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn approved(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<(TaskId, String)>, StoreError> {
    let find = sql!(
        "SELECT t.id, t.name FROM task t WHERE t.org = ?1 AND t.project = ?2 AND t.state = ?3
             AND NOT EXISTS (SELECT 1 FROM report_task r WHERE r.org = ?1 AND r.task = t.id)
         ORDER BY t.started_ms DESC, t.id"
    );
    let rows = tx.query(find, &row![org, &project, TaskState::Approved]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
