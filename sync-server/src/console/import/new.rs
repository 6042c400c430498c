//! Brings a table: what it must look like, and the form with its file.

use super::{
    may_bring,
    read::{Missing, Named, Unfit, sheet},
};
use crate::{
    blocking,
    console::{
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        list::Asked,
        page,
        posted::{Fields, Posted, PostedSheet},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::import::{Bring, Column, bring as run, columns, title},
    state::App,
    store::StoreError,
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{code::Code, import::Kind, text};
use firebee_protocol::text::say;

/// The most characters of a file's name that are kept.
const FILE_NAME_MAX: usize = 100;

#[derive(Template)]
#[template(path = "import/new.html")]
struct NewPage {
    f: Frame,
    kind: &'static str,
    /// Title, whether it is needed, and what stands in it.
    columns: Vec<(String, bool, String)>,
    /// What there is already, in each format of a file.
    rows: [(&'static str, String); 3],
    form: Form,
}

/// The page.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let kind = asked.get("kind").parse().map_err(|_| Refusal::NotFound)?;
    page(&made(&app, &visitor, kind, form(&visitor, kind)?))
}

fn form(visitor: &Visitor, kind: Kind) -> Result<Form, Refusal> {
    if !may_bring(visitor, kind) {
        return Err(Refusal::NotFound);
    }
    let file = Field::files(say(visitor.language, T::ImportFile), false, ".xlsx,.csv,.txt");
    let file = file.hint(say(visitor.language, T::ImportFileHint));
    Ok(Form::new(visitor, "/imports", T::ImportBring)?.carrying("kind", <&str>::from(kind)).with(file))
}

fn made(app: &App, visitor: &Visitor, kind: Kind, form: Form) -> NewPage {
    let reader = visitor.reader();
    let columns = columns(kind).iter().map(|column| (reader.t(column.title), column.required, reader.t(column.hint)));
    let href = |format| Asked::address("/imports/rows", [("kind", <&str>::from(kind)), ("as", format)]);
    NewPage {
        f: Frame::new(app, visitor, reader.t(title(kind)), &project::PAGE),
        kind: kind.into(),
        columns: columns.collect(),
        rows: [("Excel", "xlsx"), ("CSV", "csv"), ("NDJSON", "ndjson")].map(|(word, format)| (word, href(format))),
        form,
    }
}

/// What the names of the fields begin with that say which title means a column.
const COLUMN: &str = "column-";

/// The titles that were chosen for columns.
fn named(fields: &Fields) -> Named {
    let chosen = fields.pairs().filter(|(_, title)| !title.is_empty());
    chosen.filter_map(|(name, title)| Some((name.strip_prefix(COLUMN)?.to_owned(), title.to_owned()))).collect()
}

/// Asks for each column which title of the table means it.
fn choices(visitor: &Visitor, kind: Kind, missing: &Missing) -> Field {
    let t = |text| say(visitor.language, text);
    let choice = |column: &Column| {
        let none = std::iter::once(Answer::word("", t(T::ImportNoColumn)));
        let titles = missing.titles.iter().map(|(title, _)| Answer::data(title, title));
        let found = missing.titles.iter().find(|(_, key)| *key == Some(column.key));
        let field = Field::select(format!("{COLUMN}{}", column.key), t(column.title), none.chain(titles)).optional();
        field.value(found.map(|(title, _)| title.clone()).unwrap_or_default())
    };
    Field::group(t(T::ImportColumns), columns(kind).iter().map(choice)).hint(t(T::ImportColumnsHint))
}

/// Reads the file, judges its rows and leads to what would happen.
pub(super) async fn bring(State(app): State<App>, sent: PostedSheet) -> Result<Response, Refusal> {
    let PostedSheet { posted: Posted { visitor, request, fields }, name, bytes } = sent;
    let kind: Kind = fields.parsed("kind")?;
    let form = form(&visitor, kind)?;
    let refused = |wrong: Wrong| again(&made(&app, &visitor, kind, form.clone().refused(wrong)));
    if bytes.is_empty() {
        return refused(Wrong::at("file", visitor.language, Code::SheetMissing, &[]));
    }
    let named = named(&fields);
    let read = blocking::run(move || sheet(kind, &named, &bytes)).await;
    let table = match read.map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))? {
        Ok(table) => table,
        Err(unfit) => {
            let (code, values) = unfit.told(visitor.language);
            let wrong = Wrong::at("file", visitor.language, code, &values);
            return match unfit {
                Unfit::Columns(missing) => {
                    let form = form.with(choices(&visitor, kind, &missing)).refused(wrong);
                    again(&made(&app, &visitor, kind, form))
                }
                Unfit::Sheet(_) | Unfit::Empty | Unfit::Rows => refused(wrong),
            };
        }
    };
    let cut: String = name.chars().take(FILE_NAME_MAX).collect();
    let file = text::line(&cut, text::NAME_MAX).unwrap_or_default();
    let wanted = Bring { kind, file, head: table.head, headings: table.headings, rows: table.rows };
    match run(&app.office, visitor.act(request), wanted).await {
        Ok(batch) => Ok(Redirect::to(&format!("/imports/{batch}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?),
    }
}
