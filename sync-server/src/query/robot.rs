//! Reads about the robots of chat groups, and what these are told.

use super::{
    fault,
    page::{self, Page, Wanted, order},
    repair, report, task,
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    fault::FaultState,
    id::RobotId,
    repair::RepairState,
    robot::{Digest, Robot},
    time::Timestamp,
};
use strum::EnumString;

/// A robot with what is shown beside it.
#[derive(Clone, Debug)]
pub struct RobotRow {
    /// The robot.
    pub robot: Robot,
    /// When it said something last.
    pub said: Option<Timestamp>,
    /// How that ended.
    pub answer: String,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum RobotSort {
    /// Its name.
    Name,
    /// When it was made known.
    #[default]
    Made,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "b.body, b.said_ms, b.answer",
            concat!("FROM robot b WHERE b.org = ?2 AND ", sees_all!()),
            "b.find",
            $key: $kind,
            "b.id": Id
        )
    };
}

/// A page of the robots, for actors who keep them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn robots(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<RobotSort>,
) -> Result<Page<RobotRow>, StoreError> {
    let order = match wanted.sort {
        RobotSort::Name => by!("b.sort": Text),
        RobotSort::Made => by!("b.made_ms": Number),
    };
    let seen = visible(actor, Action::ManagePrograms, org);
    page::page(tx, &seen, (&order, wanted), &[], read).await
}

fn read(row: &Row) -> Result<RobotRow, StoreError> {
    Ok(RobotRow { robot: own(row.get(0)?)?, said: row.get(1)?, answer: row.get(2)? })
}

/// One robot; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn robot(tx: &mut Tx, org: Org, id: RobotId) -> Result<Option<Robot>, StoreError> {
    let find = sql!("SELECT body FROM robot WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// How many robots of a firm say something.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn told(tx: &mut Tx, org: Org) -> Result<u32, StoreError> {
    let row = tx.query_opt(sql!("SELECT count(*) FROM robot WHERE org = ?1 AND told = ?2"), &row![org, true]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A robot whose quarter of an hour has come.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The robot.
    pub robot: Robot,
    /// Its secrets, sealed.
    pub sealed: Vec<u8>,
    /// What the group knows.
    pub said: Option<Digest>,
}

/// The firms of which a robot was not looked at in this quarter of an hour.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn firms(tx: &mut Tx, slot: i64) -> Result<Vec<Org>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id FROM organisation o WHERE EXISTS (SELECT 1 FROM robot b
             WHERE b.org = o.org AND b.told = ?2 AND (b.slot IS NULL OR b.slot < ?1))"
    );
    tx.query(find, &row![slot, true]).await?.iter().map(|row| row.org(0)).collect()
}

/// The robots of a firm that were not looked at in this quarter of an hour, at most so many.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn due(tx: &mut Tx, org: Org, (slot, most): (i64, usize)) -> Result<Vec<DueRow>, StoreError> {
    let find = sql!(
        "SELECT body, sealed, said FROM robot WHERE org = ?1 AND told = ?2 AND (slot IS NULL OR slot < ?3) ORDER BY id LIMIT ?4"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.query(find, &row![org, true, slot, most]).await?;
    let said = |row: &Row| row.get::<Option<&str>>(2)?.map(own).transpose();
    rows.iter().map(|row| Ok(DueRow { robot: own(row.get(0)?)?, sealed: row.get(1)?, said: said(row)? })).collect()
}

/// What waits for somebody, of what this actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn digest(tx: &mut Tx, org: Org, actor: &Actor, today: NaiveDate) -> Result<Digest, StoreError> {
    let count = |count: Option<&i64>| count.map_or(0, |count| count.unsigned_abs());
    let to_review = task::waiting(tx, org, actor).await?.unsigned_abs();
    let faults = fault::counts(tx, org, actor, &fault::Filter::default()).await?;
    let filter = report::Filter { today, ..report::Filter::default() };
    let reports = report::counts(tx, org, actor, &filter).await?;
    let repairs = repair::counts(tx, org, actor, &repair::Filter::default()).await?;
    Ok(Digest {
        to_review,
        unhandled: count(faults.get(&FaultState::Unhandled)),
        to_file: count(reports.get(&report::FilingState::Waiting)),
        late: count(reports.get(&report::FilingState::Late)),
        repairs: count(repairs.get(&RepairState::Sent)),
    })
}
