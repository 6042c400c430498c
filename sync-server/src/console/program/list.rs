//! The tokens, the latest first, and the form that makes one.

use super::is_for;
use crate::{
    console::{
        account,
        form::{Field, Form},
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{api_token::tokens, page::Page},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::api_token::{ApiTokenLine, line, scope},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    api_token::{DAYS_USUAL, Scope},
    text::NAME_MAX,
};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static TOKENS: List<ApiTokenLine> = List {
    href: "/programs",
    file: "programs",
    none: T::ProgramNone,
    usual: ("made", true),
    filters: &[],
    month: None,
    columns: &[
        Column {
            title: T::ProgramName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/programs/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::ProgramScopes, sort: None, cell: |row| Cell::Words(row.scopes.clone()) },
        Column { title: T::ProgramMaker, sort: None, cell: |row| Cell::Data(row.maker.clone()) },
        Column { title: T::ProgramMade, sort: Some("made"), cell: |row| Cell::When(Some(row.made.clone())) },
        Column { title: T::ProgramExpires, sort: Some("expires"), cell: |row| Cell::When(Some(row.expires.clone())) },
        Column { title: T::ProgramUsed, sort: None, cell: |row| Cell::When(row.used.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "program/list.html")]
pub(super) struct ProgramsPage {
    f: Frame,
    list: Shown,
    form: Form,
    /// The secret of a token that was just made.
    secret: Option<String>,
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
    if asked.is_file() {
        return Ok(TOKENS.part(visitor.language, found(&app, &visitor, &asked).await?));
    }
    page(&made(&app, &visitor, &asked, (form(&visitor)?, None)).await?)
}

/// The form that makes one.
pub(super) fn form(visitor: &Visitor) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let scopes = Scope::VARIANTS.iter().map(|each| Field::tick(<&str>::from(each), scope(visitor.language, *each)));
    Ok(Form::new(visitor, "/programs", T::ProgramMake)?
        .with(Field::text("name", t(T::ProgramName), NAME_MAX).required().hint(t(T::ProgramNameHint)))
        .with(Field::group(t(T::ProgramScopes), scopes))
        .with(Field::number("days", t(T::ProgramDays)).required().value(DAYS_USUAL.to_string())))
}

async fn found(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Page<ApiTokenLine>, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = TOKENS.wanted(asked);
    let read = async move |tx: &mut Tx| tokens(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_api_tokens", read).await;
    Ok(found?.map(|row| line(visitor.reader(), &row)))
}

/// The page, with the form as it stands and the secret that is shown once.
pub(super) async fn made(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    (form, secret): (Form, Option<String>),
) -> Result<ProgramsPage, Refusal> {
    let found = found(app, visitor, asked).await?;
    let f = Frame::new(app, visitor, say(visitor.language, T::ProgramTitle), &account::PAGE);
    let views = TOKENS.views(app, visitor, asked).await?;
    let list = TOKENS.shown(&f, asked, (&[], views), &found);
    Ok(ProgramsPage { f, list, form, secret })
}
