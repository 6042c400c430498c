//! Reads about contracts.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, Value, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    contract::{Contract, ContractKind, ContractStatus, EndKind},
    id::{ContractId, OwnerId, ProjectId},
};
use std::collections::HashMap;
use strum::{EnumString, VariantArray as _};

/// A contract with what is shown beside it.
#[derive(Clone, Debug)]
pub struct ContractRow {
    /// The contract.
    pub contract: Contract,
    /// The owner's name.
    pub owner_name: String,
    /// How many projects it has.
    pub projects: u64,
}

fn read(row: &Row) -> Result<ContractRow, StoreError> {
    Ok(ContractRow { contract: own(row.get(0)?)?, owner_name: row.get(1)?, projects: row.get(2)? })
}

/// The columns of a [`ContractRow`].
macro_rules! columns {
    () => {
        "k.body, w.name, (SELECT count(*) FROM project p WHERE p.org = k.org AND p.contract = k.id)"
    };
}

/// One contract; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contract(tx: &mut Tx, org: Org, id: ContractId) -> Result<Option<ContractRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT ",
        columns!(),
        " FROM contract k JOIN owner w ON w.org = k.org AND w.id = k.owner WHERE k.org = ?1 AND k.id = ?2"
    ));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// The contracts of an owner that have a name, letter by letter.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_name(tx: &mut Tx, org: Org, owner: OwnerId, name: &str) -> Result<Vec<Contract>, StoreError> {
    let rows = tx.query(sql!("SELECT body FROM contract WHERE org = ?1 AND owner = ?2"), &row![org, &owner]).await?;
    let all = rows.iter().map(|row| own::<Contract>(row.get(0)?)).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|contract| contract.name == name).collect())
}

/// The projects of a contract with their names, by name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn projects(tx: &mut Tx, org: Org, contract: ContractId) -> Result<Vec<(ProjectId, String)>, StoreError> {
    let find = sql!("SELECT id, name FROM project WHERE org = ?1 AND contract = ?2 ORDER BY sort, id");
    tx.query(find, &row![org, &contract]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Whether a project of a contract has a plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn has_plans(tx: &mut Tx, org: Org, contract: ContractId) -> Result<bool, StoreError> {
    let find = sql!(
        "SELECT l.id FROM plan l JOIN project p ON p.org = l.org AND p.id = l.project
         WHERE p.org = ?1 AND p.contract = ?2 LIMIT 1"
    );
    Ok(tx.query_opt(find, &row![org, &contract]).await?.is_some())
}

/// The orders of a list of contracts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ContractSort {
    /// The name.
    #[default]
    Name,
    /// The owner's name.
    Owner,
    /// The day of signing.
    Signed,
    /// The last day.
    Ends,
}

/// Which contracts a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so, on the day.
    pub status: Option<(ContractStatus, NaiveDate)>,
    /// Only those of this kind.
    pub kind: Option<ContractKind>,
    /// Only those of this owner.
    pub owner: Option<OwnerId>,
    /// The words, the order, the page.
    pub wanted: Wanted<ContractSort>,
}

/// The rows of the list. Its own parameters: ?10 how it was ended before its time, empty for not at all, `NULL` for
/// whichever; ?11 whether its last day is before the day ?12; ?13 the kind, ?14 the owner.
macro_rules! rows {
    () => {
        concat!(
            "FROM contract k JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE k.org = ?2 AND ",
            sees_all!(),
            " AND (CAST(?10 AS TEXT) IS NULL OR (k.ended = ?10 AND (?10 <> ''
                  OR (CAST(?11 AS BIGINT) = 1 AND k.end_date < ?12) OR (?11 = 0 AND k.end_date >= ?12))))
              AND (CAST(?13 AS TEXT) IS NULL OR k.kind = ?13) AND (CAST(?14 AS BYTEA) IS NULL OR k.owner = ?14)"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(k.find || ' ' || w.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(columns!(), rows!(), find!(), $key: $kind, "k.id": Id)
    };
}

/// A page of the contracts, for actors who may read all of them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn contracts(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ContractRow>, StoreError> {
    let order = match filter.wanted.sort {
        ContractSort::Name => by!("k.sort": Text),
        ContractSort::Owner => by!("w.sort": Text),
        ContractSort::Signed => by!("k.sign_date": Text),
        ContractSort::Ends => by!("k.end_date": Text),
    };
    let (seen, day) = (visible(actor, Action::ReadContract, org), filter.day());
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(&day), read).await
}

/// How many of these contracts stand in each state on a day, whatever state the filter names.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
    today: NaiveDate,
) -> Result<HashMap<ContractStatus, i64>, StoreError> {
    let seen = visible(actor, Action::ReadContract, org);
    let mut counts = HashMap::new();
    for status in ContractStatus::VARIANTS {
        let filter = Filter { status: Some((*status, today)), ..filter.clone() };
        let day = filter.day();
        let find = tally!("k.org", rows!(), find!());
        let found: HashMap<i64, i64> = page::counts(tx, &seen, (find, &filter.wanted), &filter.own(&day)).await?;
        counts.insert(*status, found.values().sum());
    }
    Ok(counts)
}

impl Filter {
    fn day(&self) -> String {
        self.status.map(|(_, day)| day.to_string()).unwrap_or_default()
    }

    fn own<'d>(&'d self, day: &'d String) -> [Value<'d>; 5] {
        let ended = self.status.map(|(status, _)| match status {
            ContractStatus::Running | ContractStatus::Completed => "",
            ContractStatus::Terminated => EndKind::Terminated.into(),
            ContractStatus::Cancelled => EndKind::Cancelled.into(),
        });
        let over = self.status.is_some_and(|(status, _)| status == ContractStatus::Completed);
        row![ended, over, day, self.kind, self.owner.as_ref()]
    }
}
