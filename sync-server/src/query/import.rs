//! Reads about tables that the office brought.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row,
    sheet::Cell,
    sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, RequestId},
    import::{BatchState, Counts, Kind, RowState},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::EnumString;
use uuid::Uuid;

/// The title of a column as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// As somebody wrote it.
    pub title: String,
    /// The column that it means, if it is known.
    pub key: Option<String>,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// The request of the form that brought it.
    pub id: RequestId,
    /// What its rows are.
    pub kind: Kind,
    /// Who brought it.
    pub account: AccountId,
    /// The name of that person.
    pub who: String,
    /// What the file was called.
    pub file: String,
    /// Where it stands.
    pub state: BatchState,
    /// The number of the row with the titles.
    pub head: u32,
    /// The titles.
    pub headings: Vec<Heading>,
    /// When it was brought.
    pub created: Timestamp,
}

/// A row of a batch.
#[derive(Clone, Debug)]
pub struct RowKept {
    /// Its number, as spreadsheets show it.
    pub number: u32,
    /// Where it stands.
    pub state: RowState,
    /// Whether it is worth a second look.
    pub doubt: bool,
    /// A cell for each title.
    pub cells: Vec<Option<Cell>>,
    /// What is wrong with it, as JSON.
    pub told: String,
    /// What it made or changed.
    pub subject: Option<Uuid>,
    /// What that was before, as JSON; `None` of what it made.
    pub earlier: Option<String>,
}

/// The columns of a [`BatchRow`].
macro_rules! columns {
    () => {
        "b.id, b.kind, b.account, COALESCE(n.name, a.login), b.file, b.state, b.head, b.headings, b.created_ms"
    };
}

/// The rows of a [`BatchRow`], up to their conditions.
macro_rules! batches {
    () => {
        "FROM import_batch b JOIN account a ON a.org = b.org AND a.id = b.account
             LEFT JOIN person n ON n.org = a.org AND n.id = a.person"
    };
}

fn read(row: &Row) -> Result<BatchRow, StoreError> {
    Ok(BatchRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        account: row.get(2)?,
        who: row.get(3)?,
        file: row.get(4)?,
        state: row.get(5)?,
        head: row.get(6)?,
        headings: own(row.get(7)?)?,
        created: row.get(8)?,
    })
}

/// One batch; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn batch(tx: &mut Tx, org: Org, id: RequestId) -> Result<Option<BatchRow>, StoreError> {
    let find = sql!(concat!("SELECT ", columns!(), " ", batches!(), " WHERE b.org = ?1 AND b.id = ?2"));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// Whether a batch came by this request.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn is_there(tx: &mut Tx, org: Org, id: RequestId) -> Result<bool, StoreError> {
    let find = sql!("SELECT 1 FROM import_batch WHERE org = ?1 AND id = ?2");
    Ok(tx.query_opt(find, &row![org, &id]).await?.is_some())
}

/// How many rows of a batch stand where.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(tx: &mut Tx, org: Org, id: RequestId) -> Result<Counts, StoreError> {
    let find = sql!("SELECT state, count(*) FROM import_row WHERE org = ?1 AND batch = ?2 GROUP BY state");
    let mut counts = Counts::default();
    for row in tx.query(find, &row![org, &id]).await? {
        counts.add(row.get(0)?, row.get(1)?);
    }
    Ok(counts)
}

/// How many rows of a batch that wait are worth a second look.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn doubts(tx: &mut Tx, org: Org, id: RequestId) -> Result<u64, StoreError> {
    let find =
        sql!("SELECT count(*) FROM import_row WHERE org = ?1 AND batch = ?2 AND doubt = ?3 AND state IN (?4, ?5)");
    let row = tx.query_opt(find, &row![org, &id, true, RowState::New, RowState::Changed]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The first rows of a batch in one of two states at most, by their number; all where none is named.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn rows(
    tx: &mut Tx,
    org: Org,
    id: RequestId,
    states: &[RowState],
    most: u32,
) -> Result<Vec<RowKept>, StoreError> {
    let find = sql!(
        "SELECT number, state, doubt, cells, told, subject, earlier FROM import_row
         WHERE org = ?1 AND batch = ?2 AND (CAST(?3 AS TEXT) IS NULL OR state = ?3 OR state = ?4)
         ORDER BY number LIMIT ?5"
    );
    let word = |state: Option<&RowState>| state.map(|state| <&str>::from(*state));
    let (first, last) = (word(states.first()), word(states.last()));
    let rows = tx.query(find, &row![org, &id, first, last, i64::from(most)]).await?;
    let read = |row: &Row| {
        Ok(RowKept {
            number: row.get(0)?,
            state: row.get(1)?,
            doubt: row.get(2)?,
            cells: own(row.get(3)?)?,
            told: row.get(4)?,
            subject: row.get(5)?,
            earlier: row.get(6)?,
        })
    };
    rows.iter().map(read).collect()
}

/// The orders of a list of batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum BatchSort {
    /// When it was brought.
    #[default]
    Time,
}

/// A page of the batches, for actors who may read all owners.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn batches(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<BatchSort>,
) -> Result<Page<BatchRow>, StoreError> {
    let BatchSort::Time = wanted.sort;
    let order = order!(
        columns!(),
        concat!(batches!(), " WHERE b.org = ?2 AND ", sees_all!()),
        "b.file",
        "b.created_ms": Number,
        "b.id": Id
    );
    let seen = visible(actor, Action::ReadOwner, org);
    page::page(tx, &seen, (&order, wanted), &[], read).await
}
