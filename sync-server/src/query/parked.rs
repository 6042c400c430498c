//! Reads about what was received and does not count.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Packed, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{ProjectId, TaskId},
};
use firebee_protocol::document::{ParkedDocument, kind};
use strum::EnumString;

/// A parked fact with the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct ParkedRow {
    /// The id of its document: the fact's own, or `store:seq` where it has none.
    pub id: String,
    /// What its document says.
    pub document: ParkedDocument,
    /// The author's name.
    pub author: String,
    /// The name of the project, if the fact names a project of the same firm.
    pub project: Option<String>,
}

/// The orders of a list of parked facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ParkedSort {
    /// Since when it waits.
    #[default]
    Since,
    /// The author's name.
    Author,
}

/// Which parked facts are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Of {
    /// Only those that name this project.
    pub project: Option<ProjectId>,
    /// Only those that name this task.
    pub task: Option<TaskId>,
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "d.body, n.name, j.name, k.document",
            concat!(
                "FROM parked k JOIN account a ON a.org = k.org AND a.id = k.account
                     JOIN person n ON n.org = a.org AND n.id = a.person
                     JOIN document d ON d.org = k.org AND d.kind = ?12 AND d.id = k.document
                     LEFT JOIN project j ON j.org = k.org AND j.id = k.project
                 WHERE k.org = ?2 AND k.decision IS NULL AND d.body IS NOT NULL AND ",
                sees!("j", "k.account", "?3"),
                " AND (CAST(?10 AS BYTEA) IS NULL OR k.project = ?10) AND (CAST(?11 AS BYTEA) IS NULL OR k.task = ?11)"
            ),
            "(n.find || ' ' || COALESCE(j.find, ''))",
            $key: $kind,
            "k.document": Text
        )
    };
}

/// How many parked facts wait for a decision that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn count(tx: &mut Tx, org: Org, actor: &Actor) -> Result<i64, StoreError> {
    let find = sql!(concat!(
        "SELECT count(k.document) FROM parked k
             JOIN document d ON d.org = k.org AND d.kind = ?4 AND d.id = k.document
             LEFT JOIN project j ON j.org = k.org AND j.id = k.project
         WHERE k.org = ?2 AND k.decision IS NULL AND d.body IS NOT NULL AND ",
        sees!("j", "k.account", "?3")
    ));
    let seen = visible(actor, Action::ReadParked, org);
    let asked = row![kind::PARKED];
    tx.query_opt(find, &[&seen.values()[..], &asked].concat()).await?.map_or(Ok(0), |row| row.get(0))
}

/// A page of the parked facts that wait for a decision and that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn parked(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    of: Of,
    wanted: &Wanted<ParkedSort>,
) -> Result<Page<ParkedRow>, StoreError> {
    let order = match wanted.sort {
        ParkedSort::Since => by!("k.since_ms": Number),
        ParkedSort::Author => by!("n.sort": Text),
    };
    let narrowed = row![of.project.as_ref(), of.task.as_ref(), kind::PARKED];
    let seen = visible(actor, Action::ReadParked, org);
    page::page(tx, &seen, (&order, wanted), &narrowed, |row| {
        let document = own(&row.get::<Packed>(0)?.0)?;
        Ok(ParkedRow { id: row.get(3)?, document, author: row.get(1)?, project: row.get(2)? })
    })
    .await
}
