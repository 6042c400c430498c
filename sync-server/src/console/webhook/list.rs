//! The webhooks, the latest first, and the form that makes one.

use crate::{
    console::{
        account,
        form::{Answer, Field, Form},
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        page,
        program::is_for,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{page::Page, webhook::webhooks},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::webhook::{WebhookLine, event, line, scheme},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    text::NAME_MAX,
    webhook::{ADDRESS_LENGTH_MAX, Happening, Scheme},
};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static WEBHOOKS: List<WebhookLine> = List {
    href: "/webhooks",
    file: "webhooks",
    none: T::WebhookNone,
    usual: ("made", true),
    filters: &[],
    month: None,
    columns: &[
        Column {
            title: T::WebhookName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/webhooks/{}", row.id), name: row.name.clone() },
        },
        Column { title: T::WebhookAddress, sort: None, cell: |row| Cell::Data(row.address.clone()) },
        Column { title: T::WebhookEvents, sort: None, cell: |row| Cell::Words(row.events.clone()) },
        Column { title: T::WebhookMade, sort: Some("made"), cell: |row| Cell::When(Some(row.made.clone())) },
        Column { title: T::WebhookWaits, sort: None, cell: |row| Cell::Count(row.waiting) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "webhook/list.html")]
pub(super) struct WebhooksPage {
    f: Frame,
    list: Shown,
    form: Form,
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
        return Ok(WEBHOOKS.part(visitor.language, found(&app, &visitor, &asked).await?));
    }
    page(&made(&app, &visitor, &asked, form(&visitor)?).await?)
}

/// The form that makes one.
pub(super) fn form(visitor: &Visitor) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let events = Happening::VARIANTS.iter().map(|each| Field::tick(<&str>::from(each), event(visitor.language, *each)));
    let schemes = Scheme::VARIANTS.iter().map(|each| Answer::word(<&str>::from(each), scheme(visitor.language, *each)));
    let longest = u32::try_from(ADDRESS_LENGTH_MAX).unwrap_or(u32::MAX);
    Ok(Form::new(visitor, "/webhooks", T::WebhookMake)?
        .with(Field::text("name", t(T::WebhookName), NAME_MAX).required())
        .with(Field::text("address", t(T::WebhookAddress), longest).required().hint(t(T::WebhookAddressHint)))
        .with(Field::group(t(T::WebhookEvents), events))
        .with(Field::select("scheme", t(T::WebhookScheme), schemes.collect::<Vec<_>>()).hint(t(T::WebhookSchemeHint))))
}

async fn found(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Page<WebhookLine>, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = WEBHOOKS.wanted(asked);
    let read = async move |tx: &mut Tx| webhooks(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_webhooks", read).await;
    Ok(found?.map(|row| line(visitor.reader(), &row)))
}

/// The page, with the form as it stands.
pub(super) async fn made(app: &App, visitor: &Visitor, asked: &Asked, form: Form) -> Result<WebhooksPage, Refusal> {
    let found = found(app, visitor, asked).await?;
    let f = Frame::new(app, visitor, say(visitor.language, T::WebhookTitle), &account::PAGE);
    let views = WEBHOOKS.views(app, visitor, asked).await?;
    let list = WEBHOOKS.shown(&f, asked, (&[], views), &found);
    Ok(WebhooksPage { f, list, form })
}
