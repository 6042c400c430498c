//! Brings a table: what it must look like, and the form with its file.

use super::{may_bring, read::sheet};
use crate::{
    blocking,
    console::{
        form::{Field, Form, Wrong, again},
        frame::Frame,
        list::Asked,
        page,
        posted::{Posted, PostedSheet},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::import::{Bring, bring as run, columns, title},
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
    NewPage {
        f: Frame::new(app, visitor, reader.t(title(kind)), &project::PAGE),
        kind: kind.into(),
        columns: columns.collect(),
        form,
    }
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
    let read = blocking::run(move || sheet(kind, &bytes)).await;
    let table = match read.map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))? {
        Ok(table) => table,
        Err(unfit) => {
            let (code, values) = unfit.told(visitor.language);
            return refused(Wrong::at("file", visitor.language, code, &values));
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
