//! Judges the rows of a table and keeps them as a batch that has changed nothing yet.

use super::{
    Column, ImportError, Row, Told,
    column::known_by,
    columns,
    deed::{Found, find},
    request,
};
use crate::{
    office::{Act, Office, Refused},
    query::import::{Heading, is_there},
    row,
    sheet::Cell,
    sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::{Subject, may},
    code::Code,
    id::RequestId,
    import::{BatchState, Kind, RowState},
};
use firebee_protocol::text::Arg;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A table as it was brought.
#[derive(Clone, Debug)]
pub struct Bring {
    /// What its rows are.
    pub kind: Kind,
    /// What the file was called.
    pub file: String,
    /// The number of the row with the titles.
    pub head: u32,
    /// The titles.
    pub headings: Vec<Heading>,
    /// The rows behind them with their numbers, a cell for each title.
    pub rows: Vec<(u32, Vec<Option<Cell>>)>,
}

/// A row with what was found.
struct Judged {
    number: u32,
    cells: Vec<Option<Cell>>,
    state: RowState,
    doubt: bool,
    told: Vec<Told>,
}

/// Judges the table and keeps it. The batch is known by the request of its form, so a form that is sent twice makes one.
///
/// # Errors
/// [`Refused`], also when this actor may not make what the table holds.
pub async fn bring(office: &Office, act: Act, wanted: Bring) -> Result<RequestId, Refused<ImportError>> {
    if !may(&act.actor, wanted.kind.action(), &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let (org, batch) = (act.org, act.request);
    let there = async move |tx: &mut Tx| is_there(tx, org, batch).await;
    let there: Result<_, StoreError> = office.store.read("find_import", there).await;
    if there? {
        return Ok(batch);
    }
    let (mut judged, mut seen) = (Vec::new(), HashMap::new());
    for (number, cells) in wanted.rows {
        let row = Row { number, cells: known(&wanted.headings, &cells) };
        judged.push(judge(office, &act, (wanted.kind, &row), (cells, &mut seen)).await?);
    }
    let headings = json(&wanted.headings)?;
    let kept = Arc::new(Kept { act, kind: wanted.kind, file: wanted.file, head: wanted.head, headings, judged });
    let kept: Result<(), StoreError> =
        office.store.write("keep_import", async move |tx: &mut Tx| keep(tx, &kept).await).await;
    kept?;
    Ok(batch)
}

/// What is written of a batch.
struct Kept {
    act: Act,
    kind: Kind,
    file: String,
    head: u32,
    headings: String,
    judged: Vec<Judged>,
}

/// Judges one row. `seen` are the rows before it by what they are known by.
async fn judge(
    office: &Office,
    act: &Act,
    (kind, row): (Kind, &Row),
    (cells, seen): (Vec<Option<Cell>>, &mut HashMap<String, u32>),
) -> Result<Judged, StoreError> {
    let number = row.number;
    let judged = |state, doubt, told| Judged { number, cells, state, doubt, told };
    for (at, name) in names(kind, row) {
        if let Some(first) = seen.insert(name, number) {
            let told = Told::new(at, Code::RowRepeated, vec![("row", Arg::from(first))]);
            return Ok(judged(RowState::Wrong, false, vec![told]));
        }
    }
    let (asking, sought) = (act.clone(), row.clone());
    let look = async move |tx: &mut Tx| find(tx, &asking, kind, &sought).await;
    let deed = match office.store.read("find_import_row", look).await? {
        Found::Same => return Ok(judged(RowState::Same, false, Vec::new())),
        Found::Wrong(told) => return Ok(judged(RowState::Wrong, false, told)),
        Found::Deed(deed) => deed,
    };
    let (state, doubt) = (if deed.makes() { RowState::New } else { RowState::Changed }, deed.is_doubtful());
    let trial = Act { request: request(act.request, number, "judge"), ..act.clone() };
    let told = deed.attempt(office, trial).await?;
    Ok(if told.is_empty() { judged(state, doubt, told) } else { judged(RowState::Wrong, false, told) })
}

/// What a row is known by within its table, each with the column where a second one is told.
fn names(kind: Kind, row: &Row) -> Vec<(&'static str, String)> {
    let text = |column: &Column| row.text(column, &mut Vec::new()).trim().to_owned();
    known_by(kind)
        .iter()
        .filter_map(|keys| {
            let texts = keys.iter().map(|key| columns(kind).iter().find(|column| column.key == *key).map(text));
            let texts: Vec<String> = texts.map(Option::unwrap_or_default).collect();
            let at = keys.last()?;
            // An instance without a tag is known by its place alone.
            let says = *at != "tag" || texts.last().is_some_and(|tag| !tag.is_empty());
            says.then(|| (*at, format!("{at}\n{}", texts.join("\n"))))
        })
        .collect()
}

async fn keep(tx: &mut Tx, kept: &Kept) -> Result<(), StoreError> {
    let Kept { act, kind, file, head, headings, judged } = kept;
    let insert = sql!(
        "INSERT INTO import_batch(org, id, kind, account, file, state, head, headings, created_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (org, id) DO NOTHING"
    );
    let state = BatchState::Open;
    let values =
        row![act.org, &act.request, *kind, &act.actor.account, file, state, i64::from(*head), headings, act.at];
    if tx.execute(insert, &values).await? == 0 {
        return Ok(());
    }
    for row in judged {
        let insert = sql!(
            "INSERT INTO import_row(org, batch, number, state, doubt, cells, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        let (cells, told) = (json(&row.cells)?, json(&row.told)?);
        let number = i64::from(row.number);
        tx.execute(insert, &row![act.org, &act.request, number, row.state, row.doubt, &cells, &told]).await?;
    }
    Ok(())
}

/// The cells of the columns that are known.
pub(super) fn known(headings: &[Heading], cells: &[Option<Cell>]) -> BTreeMap<String, Cell> {
    let pairs = headings.iter().zip(cells);
    pairs.filter_map(|(heading, cell)| Some((heading.key.clone()?, cell.clone()?))).collect()
}
