//! The applications, the latest first, and the form that opens one.

use super::is_for;
use crate::{
    console::{
        form::{Field, Form},
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form as Offered, List, Shown},
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        application::{Filter, applications, counts},
        page::Page,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::application::{ApplicationLine, line, state},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{application::ApplicationState, text::NAME_MAX};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static APPLICATIONS: List<ApplicationLine> = List {
    href: "/applications",
    file: "applications",
    none: T::ApplicationNone,
    usual: ("time", true),
    filters: &["state"],
    month: None,
    columns: &[
        Column {
            title: T::ApplicationName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/applications/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::ApplicationAt, sort: Some("time"), cell: |row| Cell::When(Some(row.at.clone())) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "application/list.html")]
pub(super) struct ApplicationsPage {
    f: Frame,
    list: Shown,
    open: Form,
    /// The link of an application that was just opened.
    link: Option<String>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if asked.is_file() {
        return Ok(APPLICATIONS.part(visitor.language, found(&app, &visitor, &asked).await?.0));
    }
    page(&made(&app, &visitor, &asked, (form(&visitor)?, None)).await?)
}

/// The form that opens one.
pub(super) fn form(visitor: &Visitor) -> Result<Form, Refusal> {
    let name = Field::text("name", say(visitor.language, T::ApplicationName), NAME_MAX);
    Ok(Form::new(visitor, "/applications", T::ApplicationOpenButton)?.with(name))
}

async fn found(app: &App, visitor: &Visitor, asked: &Asked) -> Result<(Page<ApplicationLine>, Vec<Facet>), Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter { state: asked.get("state").parse().ok(), wanted: APPLICATIONS.wanted(asked) };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let page = applications(tx, org, &actor, &filter).await?;
        Ok((page, counts(tx, org, &actor, &filter).await?))
    };
    let found: Result<_, StoreError> = app.store.read("list_applications", read).await;
    let (page, counts) = found?;
    let answer =
        |each: &ApplicationState| Answer::counted(each.into(), state(visitor.language, *each).word, counts.get(each));
    let answers = ApplicationState::VARIANTS.iter().map(answer).collect();
    let (every, form) = (Some(T::ListEvery), Offered::Chips);
    let facets = vec![Facet { name: "state", title: T::ListState, every, answers, form }];
    Ok((page.map(|row| line(visitor.reader(), &row)), facets))
}

/// The page, with the form as it stands and the link that is shown once.
pub(super) async fn made(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    (open, link): (Form, Option<String>),
) -> Result<ApplicationsPage, Refusal> {
    let (page, facets) = found(app, visitor, asked).await?;
    let f = Frame::new(app, visitor, say(visitor.language, T::ApplicationTitle), &super::PAGE);
    let views = APPLICATIONS.views(app, visitor, asked).await?;
    let list = APPLICATIONS.shown(&f, asked, (&facets, views), &page);
    Ok(ApplicationsPage { f, list, open, link })
}
