//! One batch: what would happen, cell by cell what is wrong, and what was done.

use super::{may_bring, state};
use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Fact, Facts, Hidden},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::import::{Access, Told, columns, title},
    query::import::{BatchRow, RowKept, batch, counts, doubts, rows},
    state::App,
    store::{StoreError, Tx, own},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    id::RequestId,
    import::{Counts, RowState},
};
use firebee_protocol::text::{Arg, Language, problem_text, say, say_with};

/// The most wrong rows of the page; the workbook has them all.
const ROWS_MAX: u32 = 100;

/// What is wrong with a cell.
struct WrongCell {
    number: u32,
    column: String,
    value: String,
    sentence: String,
    code: String,
}

#[derive(Template)]
#[template(path = "import/show.html")]
pub(super) struct BatchPage {
    f: Frame,
    id: RequestId,
    alert: Option<Alert>,
    facts: Facts,
    counts: Counts,
    doubts: Option<String>,
    /// Characters that no report can print, if there are any.
    odd: Option<String>,
    wrong: Vec<WrongCell>,
    /// The accounts that were just made. Their passwords stand here and nowhere else.
    made: Vec<Access>,
    apply: bool,
    undo: bool,
    discard: bool,
    hidden: Hidden,
}

/// A batch with what its page needs.
pub(super) struct Found {
    batch: BatchRow,
    counts: Counts,
    doubts: u64,
    wrong: Vec<RowKept>,
    waiting: Vec<RowKept>,
}

/// One batch; permission is asked here.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: RequestId = id.parse().map_err(|_| Refusal::NotFound)?;
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let Some(batch) = batch(tx, org, id).await? else { return Ok(None) };
        Ok(Some(Found {
            batch,
            counts: counts(tx, org, id).await?,
            doubts: doubts(tx, org, id).await?,
            wrong: rows(tx, org, id, &[RowState::Wrong], ROWS_MAX).await?,
            waiting: rows(tx, org, id, &[RowState::New, RowState::Changed], u32::MAX).await?,
        }))
    };
    let found: Result<_, StoreError> = app.store.read("read_import", read).await;
    found?.filter(|found| may_bring(visitor, found.batch.kind)).ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, found, (Vec::new(), None)).await?)
}

/// The page with the accounts that were just made, or why nothing was done.
pub(super) async fn made(
    app: &App,
    visitor: &Visitor,
    found: Found,
    (made, alert): (Vec<Access>, Option<Alert>),
) -> Result<BatchPage, Refusal> {
    let Found { batch, counts, doubts, wrong, waiting } = found;
    let f = Frame::new(app, visitor, batch.file.clone(), &project::PAGE);
    let language = f.language;
    let cells = waiting.iter().flat_map(|row| &row.cells).flatten();
    let texts: Vec<String> = cells.map(crate::sheet::Cell::shown).collect();
    let odd = app.printer.unprintable(texts.iter().map(String::as_str)).await;
    let odd: String = odd.into_iter().collect();
    let said = |text, name: &'static str, value: Arg<'_>| say_with(language, text, &[(name, value)]);
    let facts = [
        Fact::words(f.t(T::ImportKind), f.t(title(batch.kind))),
        Fact::data(f.t(T::ImportWho), batch.who.clone()),
        Fact::words(f.t(T::ImportAt), visitor.reader().when(batch.created).exact),
        Fact::words(f.t(T::PartState), f.t(state(batch.state))),
    ];
    Ok(BatchPage {
        id: batch.id,
        alert,
        facts: facts.into_iter().collect(),
        doubts: (doubts > 0).then(|| said(T::ImportDoubts, "count", Arg::from(doubts))),
        odd: (!odd.is_empty()).then(|| said(T::ImportOdd, "characters", Arg::from(odd))),
        wrong: wrong_cells(language, &batch, &wrong)?,
        made,
        apply: batch.state.apply(&counts, true).is_ok() && counts.waiting() > 0,
        undo: batch.state.undo(&counts).is_ok(),
        discard: batch.state.discard().is_ok(),
        hidden: visitor.hidden()?,
        counts,
        f,
    })
}

fn wrong_cells(language: Language, batch: &BatchRow, rows: &[RowKept]) -> Result<Vec<WrongCell>, Refusal> {
    let mut cells = Vec::new();
    for row in rows {
        for told in own::<Vec<Told>>(&row.told)? {
            let at = batch.headings.iter().position(|heading| heading.key.as_deref() == Some(told.at.as_str()));
            let value = at.and_then(|at| row.cells.get(at)?.as_ref()).map(crate::sheet::Cell::shown);
            cells.push(WrongCell {
                number: row.number,
                column: column(language, batch, &told.at),
                value: value.unwrap_or_default(),
                sentence: problem_text(told.code, &told.named(), language),
                code: told.code.to_string(),
            });
        }
    }
    Ok(cells)
}

/// What a column is called; empty for the row as a whole.
pub(super) fn column(language: Language, batch: &BatchRow, key: &str) -> String {
    let column = columns(batch.kind).iter().find(|column| column.key == key);
    column.map(|column| say(language, column.title)).unwrap_or_default()
}
