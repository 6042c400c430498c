//! Reads the reports that count, each with its faults by where they stand.

use super::{
    page::{self, Page, Wanted, order},
    visible::{Visible, sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, Value, number},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    fault::{FaultState, Tally},
    id::{OwnerId, ProjectId, ReportId},
};
use std::collections::HashMap;
use strum::EnumString;

/// A report with its faults counted.
#[derive(Clone, Debug)]
pub struct TrackedRow {
    /// The report.
    pub id: ReportId,
    /// Its name.
    pub name: String,
    /// The day of the report.
    pub date: NaiveDate,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The project's owner.
    pub owner: OwnerId,
    /// The owner's name.
    pub owner_name: String,
    /// What could not be tested, and the faults by where they stand now.
    pub tally: Tally,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum TrackedSort {
    /// The day of the report.
    #[default]
    Date,
    /// Its name.
    Name,
    /// The project's name.
    Project,
    /// The owner's name.
    Owner,
}

/// Which reports the list shows; nothing that is `None` narrows them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// Only those of this owner's projects.
    pub owner: Option<OwnerId>,
    /// Only those whose day is one of these, both inclusive.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// The words, the order, the page.
    pub wanted: Wanted<TrackedSort>,
}

/// The rows of the list: the reports that are not void. ?10 is the project, ?11 the owner, ?12 and ?13 are the days.
macro_rules! rows {
    () => {
        concat!(
            "FROM report r JOIN project j ON j.org = r.org AND j.id = r.project
                 JOIN contract k ON k.org = j.org AND k.id = j.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE r.org = ?2 AND r.voided IS NULL AND ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR r.project = ?10) AND (CAST(?11 AS BYTEA) IS NULL OR k.owner = ?11)
              AND (CAST(?12 AS TEXT) IS NULL OR r.report_date >= ?12)
              AND (CAST(?13 AS TEXT) IS NULL OR r.report_date <= ?13)"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(r.find || ' ' || j.find || ' ' || w.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "r.id, r.name, r.report_date, r.project, j.name, k.owner, w.name, r.untestable",
            rows!(),
            find!(),
            $key: $kind,
            "r.id": Id
        )
    };
}

static TALLIES: Batch<2> = Batch::new(
    "WITH p(org, report) AS ({rows})
     SELECT p.report, f.state, count(*) FROM p JOIN report_task t ON t.org = p.org AND t.report = p.report
         JOIN fault f ON f.org = t.org AND f.task = t.task
     GROUP BY p.report, f.state",
    [Ty::Int, Ty::Blob],
);

fn seen(actor: &Actor, org: Org) -> Visible {
    visible(actor, Action::ReadReport, org)
}

/// A page of the reports that an actor may read and that count.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn reports(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<TrackedRow>, StoreError> {
    let order = match filter.wanted.sort {
        TrackedSort::Date => by!("r.report_date": Text),
        TrackedSort::Name => by!("r.sort": Text),
        TrackedSort::Project => by!("j.sort": Text),
        TrackedSort::Owner => by!("w.sort": Text),
    };
    let (from, to) = (filter.days.0.map(|day| day.to_string()), filter.days.1.map(|day| day.to_string()));
    let own: [Value<'_>; 4] = row![filter.project.as_ref(), filter.owner.as_ref(), from.as_ref(), to.as_ref()];
    let mut page = page::page(tx, &seen(actor, org), (&order, &filter.wanted), &own, read).await?;
    let ids: Vec<ReportId> = page.rows.iter().map(|row| row.id).collect();
    let mut places: HashMap<ReportId, &mut Tally> = page.rows.iter_mut().map(|row| (row.id, &mut row.tally)).collect();
    for row in tx.many(&TALLIES, ids.iter().map(|id| row![org, id])).await? {
        if let Some(tally) = places.get_mut(&row.get::<ReportId>(0)?) {
            tally.count(row.get::<FaultState>(1)?, number(row.get(2)?)?);
        }
    }
    Ok(page)
}

fn read(row: &Row) -> Result<TrackedRow, StoreError> {
    Ok(TrackedRow {
        id: row.get(0)?,
        name: row.get(1)?,
        date: row.get(2)?,
        project: row.get(3)?,
        project_name: row.get(4)?,
        owner: row.get(5)?,
        owner_name: row.get(6)?,
        tally: Tally::new(number(row.get(7)?)?),
    })
}

/// The name of an owner that the list is narrowed to, if the actor may read a report of it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn owner(tx: &mut Tx, org: Org, actor: &Actor, id: OwnerId) -> Result<Option<String>, StoreError> {
    let find = sql!(concat!(
        "SELECT w.name FROM owner w JOIN contract k ON k.org = w.org AND k.owner = w.id
             JOIN project j ON j.org = k.org AND j.contract = k.id
         WHERE w.org = ?2 AND w.id = ?4 AND ",
        sees!("j", "NULL", "?3"),
        " LIMIT 1"
    ));
    let row = tx.query_opt(find, &[&seen(actor, org).values()[..], &row![&id]].concat()).await?;
    row.map(|row| row.get(0)).transpose()
}
