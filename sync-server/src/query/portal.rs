//! What an owner's contact is told first: how its buildings stand, and what is new to it.

use super::{
    look::LookKind,
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    fault::{Fault, FaultState},
    id::{FaultId, ProjectId, ReportId},
    report::Report,
    task::{Stamp, TaskState},
    time::{Month, Timestamp},
};
use firebee_protocol::document::{FaultDocument, kind};
use std::collections::HashMap;

static FAULTS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT d.body FROM p JOIN document d ON d.org = p.org AND d.kind = p.kind AND d.id = p.id
     WHERE d.body IS NOT NULL",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// The faults that an actor may read and that are not at their end, the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn open_faults(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<Fault>, StoreError> {
    let find = sql!(concat!(
        "SELECT f.id FROM fault f JOIN project j ON j.org = f.org AND j.id = f.project
         WHERE f.org = ?2 AND f.state NOT IN (?4, ?5, ?6) AND ",
        sees!("j", "NULL", "?3"),
        " ORDER BY f.found_ms DESC, f.id"
    ));
    let closed = row![FaultState::Resolved, FaultState::OutOfScope, FaultState::Withdrawn];
    let seen = visible(actor, Action::ReadFault, org);
    let rows = tx.query(find, &[&seen.values()[..], &closed].concat()).await?;
    let ids = rows.iter().map(|row| row.get::<FaultId>(0)).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut faults = HashMap::new();
    for row in tx.many(&FAULTS, texts.iter().map(|id| row![org, kind::FAULT, id])).await? {
        let document: FaultDocument = own(&row.get::<Packed>(0)?.0)?;
        faults.insert(document.fault.id, document.fault);
    }
    Ok(ids.iter().filter_map(|id| faults.remove(id)).collect())
}

/// When the last approved work in each project that an actor may read was handed in.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn maintained(tx: &mut Tx, org: Org, actor: &Actor) -> Result<HashMap<ProjectId, Timestamp>, StoreError> {
    let find = sql!(concat!(
        "SELECT t.project, max(t.submitted_ms) FROM task t JOIN project j ON j.org = t.org AND j.id = t.project
         WHERE t.org = ?2 AND t.state = ?4 AND t.submitted_ms IS NOT NULL AND ",
        sees!("j", "NULL", "?3"),
        " GROUP BY t.project"
    ));
    let seen = visible(actor, Action::ReadProject, org);
    let rows = tx.query(find, &[&seen.values()[..], &row![TaskState::Approved]].concat()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The months of which an actor may read the report, by project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn reported(tx: &mut Tx, org: Org, actor: &Actor) -> Result<HashMap<ProjectId, Vec<Month>>, StoreError> {
    let find = sql!(concat!(
        "SELECT r.project, l.period FROM report r JOIN plan l ON l.org = r.org AND l.id = r.plan
             JOIN project j ON j.org = r.org AND j.id = r.project
         WHERE r.org = ?2 AND l.nature = ?4 AND r.voided IS NULL AND ",
        sees!("j", "NULL", "?3")
    ));
    let seen = visible(actor, Action::ReadReport, org);
    let mut months: HashMap<ProjectId, Vec<Month>> = HashMap::new();
    for row in tx.query(find, &[&seen.values()[..], &row![Nature::Month]].concat()).await? {
        months.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(months)
}

/// A report that an actor has not looked at yet.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// The report.
    pub id: ReportId,
    /// Its name.
    pub name: String,
    /// When it was generated.
    pub at: Timestamp,
}

/// The reports that an actor may read, has not looked at, and that count; the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn new_reports(tx: &mut Tx, org: Org, actor: &Actor, most: u32) -> Result<Vec<NewReport>, StoreError> {
    let find = sql!(concat!(
        "SELECT r.body FROM report r JOIN project j ON j.org = r.org AND j.id = r.project
         WHERE r.org = ?2 AND r.voided IS NULL AND ",
        sees!("j", "NULL", "?3"),
        " AND NOT EXISTS (SELECT 1 FROM look l WHERE l.org = ?2 AND l.kind = ?4 AND l.subject = r.id AND l.account = ?1)
         ORDER BY r.report_date DESC, r.id LIMIT ?5"
    ));
    let seen = visible(actor, Action::ReadReport, org);
    let rows = tx.query(find, &[&seen.values()[..], &row![LookKind::Report, i64::from(most)]].concat()).await?;
    let read = |report: Report| NewReport { id: report.id, name: report.name, at: report.at };
    rows.iter().map(|row| Ok(read(own(row.get(0)?)?))).collect()
}

/// A fault that an actor has not looked at yet.
#[derive(Clone, Debug)]
pub struct NewFault {
    /// The fault.
    pub id: FaultId,
    /// The name of its item, in Chinese.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// When it was found.
    pub found: Stamp,
}

/// The faults that an actor may read and has not looked at, the latest first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn new_faults(tx: &mut Tx, org: Org, actor: &Actor, most: u32) -> Result<Vec<NewFault>, StoreError> {
    let find = sql!(concat!(
        "SELECT f.id, f.name, j.name, f.found FROM fault f JOIN project j ON j.org = f.org AND j.id = f.project
         WHERE f.org = ?2 AND f.state <> ?6 AND ",
        sees!("j", "NULL", "?3"),
        " AND NOT EXISTS (SELECT 1 FROM look l WHERE l.org = ?2 AND l.kind = ?4 AND l.subject = f.id AND l.account = ?1)
         ORDER BY f.found_ms DESC, f.id LIMIT ?5"
    ));
    let seen = visible(actor, Action::ReadFault, org);
    let own_values = row![LookKind::Fault, i64::from(most), FaultState::Withdrawn];
    let rows = tx.query(find, &[&seen.values()[..], &own_values].concat()).await?;
    rows.iter()
        .map(|row| {
            let found = own(&row.get::<String>(3)?)?;
            Ok(NewFault { id: row.get(0)?, name: row.get(1)?, project: row.get(2)?, found })
        })
        .collect()
}
