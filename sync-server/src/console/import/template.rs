//! The workbooks: the template that is filled in, and what was brought with a column that says what is wrong.

use super::{may_bring, show::column};
use crate::{
    blocking,
    console::{list::Asked, refused::Refusal, visitor::Visitor},
    office::import::{Form, Told, columns, title},
    query::import::{BatchRow, RowKept, batch, rows},
    sheet::{CELLS_MAX, Cell, FILE_BYTES_MAX, Heading, Table, workbook},
    state::App,
    store::{StoreError, Tx, own},
    text::Text as T,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use firebee_domain::{
    id::RequestId,
    import::{IMPORT_ROWS_MAX, Kind},
};
use firebee_protocol::text::{Arg, Language, problem_text, say, say_with};

/// The template of a kind.
pub(super) async fn template(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let kind: Kind = asked.get("kind").parse().map_err(|_| Refusal::NotFound)?;
    if !may_bring(&visitor, kind) {
        return Err(Refusal::NotFound);
    }
    let tables = vec![empty(visitor.language, kind), about(visitor.language, kind)];
    answer(&format!("{}-template", <&str>::from(kind)), tables).await
}

/// The sheet that is filled in.
fn empty(language: Language, kind: Kind) -> Table {
    let heading = |column: &crate::office::import::Column| Heading {
        title: say(language, column.title),
        hint: say(language, column.hint),
        required: column.required,
    };
    Table {
        name: say(language, title(kind)),
        head: 1,
        headings: columns(kind).iter().map(heading).collect(),
        rows: Vec::new(),
    }
}

/// The sheet that explains it.
fn about(language: Language, kind: Kind) -> Table {
    let t = |text| say(language, text);
    let titles = [T::ImportColumn, T::ImportNeeded, T::ImportContent, T::ImportAlso];
    let headings = titles.map(|title| Heading { title: t(title), hint: String::new(), required: false });
    let text = |text: String| Some(Cell::Text(text));
    let line = |column: &crate::office::import::Column| {
        let needed = if column.required { T::ImportYes } else { T::ImportNo };
        let form = match column.form {
            Form::Text | Form::Number | Form::Day => String::new(),
            Form::Id | Form::Phone => t(T::ImportTextColumn),
        };
        let content = format!("{} {form}", t(column.hint));
        vec![text(t(column.title)), text(t(needed)), text(content), text(t(column.also).replace('|', ", "))]
    };
    let limits = say_with(
        language,
        T::ImportLimits,
        &[
            ("megabytes", Arg::from(FILE_BYTES_MAX >> 20)),
            ("cells", Arg::from(CELLS_MAX)),
            ("rows", Arg::from(IMPORT_ROWS_MAX)),
        ],
    );
    let rows = columns(kind).iter().map(line).chain([vec![text(limits)]]);
    Table { name: t(T::ImportAbout), head: 1, headings: headings.into(), rows: (2..).zip(rows).collect() }
}

/// What was brought, each row where it stood, with a further column that says what is wrong.
pub(super) async fn errors(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: RequestId = id.parse().map_err(|_| Refusal::NotFound)?;
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let Some(batch) = batch(tx, org, id).await? else { return Ok(None) };
        Ok(Some((batch, rows(tx, org, id, &[], IMPORT_ROWS_MAX).await?)))
    };
    let found: Result<Option<(BatchRow, Vec<RowKept>)>, StoreError> = app.store.read("read_import", read).await;
    let (batch, kept) = found?.filter(|(batch, _)| may_bring(&visitor, batch.kind)).ok_or(Refusal::NotFound)?;
    let language = visitor.language;
    let title = |title: String| Heading { title, hint: String::new(), required: false };
    let mut headings: Vec<Heading> = batch.headings.iter().map(|heading| title(heading.title.clone())).collect();
    headings.push(title(say(language, T::ImportError)));
    let mut lines = Vec::new();
    for row in kept {
        let told: Vec<Told> = own(&row.told)?;
        let sentence = |told: &Told| {
            let sentence = problem_text(told.code, &told.named(), language);
            let column = column(language, &batch, &told.at);
            if column.is_empty() { sentence } else { format!("{column}: {sentence}") }
        };
        let told: Vec<String> = told.iter().map(sentence).collect();
        let mut cells = row.cells;
        cells.resize(batch.headings.len(), None);
        cells.push((!told.is_empty()).then(|| Cell::Text(told.join("\n"))));
        lines.push((row.number, cells));
    }
    let name = say(language, crate::office::import::title(batch.kind));
    answer("errors", vec![Table { name, head: batch.head, headings, rows: lines }]).await
}

/// The answer with a workbook.
async fn answer(name: &str, tables: Vec<Table>) -> Result<Response, Refusal> {
    let lost = |error: String| Refusal::Store(StoreError::Lost(error));
    let made = blocking::run(move || workbook(&tables)).await.map_err(|error| lost(error.to_string()))?;
    let mut response = made.map_err(|error| lost(error.to_string()))?.into_response();
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.xlsx\""));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, disposition.map_err(|_| Refusal::Page)?);
    Ok(response)
}
