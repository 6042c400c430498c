//! The batches, the latest first, and the kinds of tables that can be brought.

use super::{is_for, may_bring, state};
use crate::{
    console::{
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::import::title,
    query::import::{BatchRow, batches},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::Reader,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{id::RequestId, import::Kind};
use firebee_protocol::text::When;
use strum::VariantArray as _;

/// A batch in words.
struct BatchLine {
    id: RequestId,
    file: String,
    kind: String,
    who: String,
    at: When,
    state: String,
}

static BATCHES: List<BatchLine> = List {
    href: "/imports",
    file: "imports",
    none: T::ImportNone,
    usual: ("time", true),
    filters: &[],
    month: None,
    columns: &[
        Column {
            title: T::ImportFile,
            sort: None,
            cell: |row| Cell::Link { href: format!("/imports/{}", row.id), name: row.file.clone() },
        },
        Column { title: T::ImportKind, sort: None, cell: |row| Cell::Words(row.kind.clone()) },
        Column { title: T::ImportWho, sort: None, cell: |row| Cell::Data(row.who.clone()) },
        Column { title: T::ImportAt, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::Words(row.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "import/list.html")]
struct ImportsPage {
    f: Frame,
    list: Shown,
    /// The kinds that the visitor may bring, each with its word.
    kinds: Vec<(&'static str, String)>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = BATCHES.wanted(&asked);
    let read = async move |tx: &mut Tx| batches(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_imports", read).await;
    let page = found?.map(|row| line(visitor.reader(), row));
    let kinds = Kind::VARIANTS.iter().filter(|kind| may_bring(&visitor, **kind));
    let kinds = kinds.map(|kind| (<&str>::from(*kind), visitor.reader().t(title(*kind)))).collect();
    let head = (T::ImportTitle, &project::PAGE);
    BATCHES.answer((&app, &visitor, &asked), head, (page, Vec::new()), |f, list| ImportsPage { f, list, kinds }).await
}

fn line(reader: Reader<'_>, row: BatchRow) -> BatchLine {
    BatchLine {
        id: row.id,
        file: row.file,
        kind: reader.t(title(row.kind)),
        who: row.who,
        at: reader.when(row.created),
        state: reader.t(state(row.state)),
    }
}
