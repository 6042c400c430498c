//! Reads the work log: the acts of a firm, each as its line says it, with the names of who and what it is about.

use super::{
    page::{self, Page, Wanted, instants, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, StoreError, Tx, Ty},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, ProjectId},
    time::Month,
};
use firebee_protocol::act::OfficeAct;
use std::collections::{HashMap, HashSet};
use strum::EnumString;
use uuid::Uuid;

/// An act, with the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// What its line says.
    pub act: OfficeAct,
    /// The name of who acted; `None` is the administrator at the server itself.
    pub who: Option<String>,
    /// What it was done to, where that is still there.
    pub about: Option<AboutRow>,
}

/// What an act was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutRow {
    /// What it is.
    pub noun: Noun,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// What acts are done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// The firm as a whole.
    Firm,
    /// An account, by its holder's name.
    Account,
    /// Somebody on the personnel list.
    Person,
    /// A phone.
    Store,
    /// A project.
    Project,
    /// A plan.
    Plan,
    /// A task.
    Task,
    /// An owner.
    Owner,
    /// A contract.
    Contract,
    /// A contact of an owner.
    Contact,
    /// A repair request, by the name of its project.
    Repair,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum LogSort {
    /// When it was done.
    #[default]
    Time,
}

/// Which acts are read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of this account, or about it or its holder.
    pub account: Option<AccountId>,
    /// Only those of this kind.
    pub kind: Option<String>,
    /// Only those of this month, in UTC+8.
    pub month: Option<Month>,
    /// Only those that concern this project.
    pub project: Option<ProjectId>,
    /// The words, the order and the page.
    pub wanted: Wanted<LogSort>,
}

/// A page of the acts of a firm, for those who may read its work log.
///
/// # Errors
/// As [`StoreError`] says, also when a line cannot be read.
pub async fn acts(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<LogRow>, StoreError> {
    let order = order!(
        "a.line, COALESCE(n.name, t.name)",
        concat!(
            "FROM act_entry e JOIN act a ON a.org = e.org AND a.seq = e.seq
                 LEFT JOIN account c ON c.org = e.org AND c.id = e.account
                 LEFT JOIN person n ON n.org = c.org AND n.id = c.person
                 LEFT JOIN contact t ON t.org = c.org AND t.account = c.id
             WHERE e.org = ?2 AND ",
            sees_all!(),
            " AND (CAST(?10 AS BYTEA) IS NULL OR e.account = ?10 OR e.subject = ?11 OR e.subject = ?12)
              AND (CAST(?13 AS TEXT) IS NULL OR e.kind = ?13)
              AND (CAST(?14 AS BIGINT) IS NULL OR (e.at_ms >= ?14 AND e.at_ms < ?15))
              AND (CAST(?16 AS BYTEA) IS NULL OR e.project = ?16)"
        ),
        "COALESCE(n.find, t.find, '')",
        "e.seq": Number,
        "e.seq": Number
    );
    let seen = visible(actor, Action::ReadWorkLog, org);
    let account = filter.account.map(|account| account.to_string()).unwrap_or_default();
    let holder = match filter.account {
        Some(account) => holder(tx, org, account).await?,
        None => String::new(),
    };
    let (from, to) = filter.month.map(instants).unzip();
    let about = row![filter.account.as_ref(), &account, &holder];
    let narrowed = row![filter.kind.as_deref(), from, to, filter.project.as_ref()];
    let own = [&about[..], &narrowed].concat();
    let mut page = page::page(tx, &seen, (&order, &filter.wanted), &own, |row| {
        let act = OfficeAct::read(row.get(0)?).map_err(|error| StoreError::Bug(error.to_string()))?;
        Ok(LogRow { act, who: row.get(1)?, about: None })
    })
    .await?;
    name(tx, org, &mut page.rows).await?;
    for row in page.rows.iter_mut().filter(|row| row.who.is_none()) {
        // The fire service acts in the chain of a firm as a unit: its people are none of the firm's.
        if let Some(account) = row.act.account {
            row.who = super::firm::unit_of(tx, account).await?;
        }
    }
    Ok(page)
}

/// The id of an account's holder on the personnel list.
async fn holder(tx: &mut Tx, org: Org, account: AccountId) -> Result<String, StoreError> {
    let find = sql!("SELECT person FROM account WHERE org = ?1 AND id = ?2");
    let row = tx.query_opt(find, &row![org, &account]).await?;
    let person: Option<Uuid> = row.map(|row| row.get(0)).transpose()?.flatten();
    Ok(person.map(|person| person.to_string()).unwrap_or_default())
}

/// The nouns of [`NAMES`], by the numbers that it gives them.
const NOUNS: [Noun; 11] = [
    Noun::Firm,
    Noun::Account,
    Noun::Person,
    Noun::Store,
    Noun::Project,
    Noun::Plan,
    Noun::Task,
    Noun::Owner,
    Noun::Contract,
    Noun::Contact,
    Noun::Repair,
];
static NAMES: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT o.id, 0, o.name FROM p JOIN organisation o ON o.org = p.org AND o.id = p.id
     UNION ALL SELECT a.id, 1, n.name FROM p JOIN account a ON a.org = p.org AND a.id = p.id
         JOIN person n ON n.org = a.org AND n.id = a.person
     UNION ALL SELECT n.id, 2, n.name FROM p JOIN person n ON n.org = p.org AND n.id = p.id
     UNION ALL SELECT d.store_id, 3, d.device FROM p JOIN device_store d ON d.org = p.org AND d.store_id = p.id
     UNION ALL SELECT j.id, 4, j.name FROM p JOIN project j ON j.org = p.org AND j.id = p.id
     UNION ALL SELECT l.id, 5, l.name FROM p JOIN plan l ON l.org = p.org AND l.id = p.id
     UNION ALL SELECT t.id, 6, t.name FROM p JOIN task t ON t.org = p.org AND t.id = p.id
     UNION ALL SELECT w.id, 7, w.name FROM p JOIN owner w ON w.org = p.org AND w.id = p.id
     UNION ALL SELECT k.id, 8, w.name FROM p JOIN contract k ON k.org = p.org AND k.id = p.id
         JOIN owner w ON w.org = k.org AND w.id = k.owner
     UNION ALL SELECT c.account, 9, c.name FROM p JOIN contact c ON c.org = p.org AND c.account = p.id
     UNION ALL SELECT r.id, 10, j.name FROM p JOIN repair r ON r.org = p.org AND r.id = p.id
         JOIN project j ON j.org = r.org AND j.id = r.project",
    [Ty::Int, Ty::Blob],
);

/// Finds what the acts were done to. A plan that was deleted has no name any more.
async fn name(tx: &mut Tx, org: Org, rows: &mut [LogRow]) -> Result<(), StoreError> {
    let subject = |row: &LogRow| row.act.subject.parse::<Uuid>().ok();
    let ids: HashSet<Uuid> = rows.iter().filter_map(subject).collect();
    let mut known = HashMap::new();
    for row in tx.many(&NAMES, ids.iter().map(|id| row![org, id])).await? {
        let number = usize::try_from(row.get::<i64>(1)?).unwrap_or(usize::MAX);
        let noun = *NOUNS.get(number).ok_or_else(|| StoreError::Bug("an unknown noun".into()))?;
        let id: Uuid = row.get(0)?;
        known.insert(id, AboutRow { noun, id, name: row.get(2)? });
    }
    for row in rows {
        row.about = subject(row).and_then(|id| known.get(&id).cloned());
    }
    Ok(())
}

/// The kinds of the acts that a firm has written down, in the order of their words.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn kinds(tx: &mut Tx, org: Org) -> Result<Vec<String>, StoreError> {
    let find = sql!("SELECT DISTINCT kind FROM act_entry WHERE org = ?1 ORDER BY kind");
    tx.query(find, &row![org]).await?.iter().map(|row| row.get(0)).collect()
}
