//! One webhook: where it is, what its messages are checked with, and what became of them.

use crate::{
    console::{
        account,
        frame::Frame,
        page,
        part::{Alert, Hidden},
        program::is_for,
        refused::Refusal,
        visitor::Visitor,
    },
    keys::signer::Signer,
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::webhook::{MessageLine, WebhookLine, line, message},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::WebhookId;

/// The page.
#[derive(Template)]
#[template(path = "webhook/show.html")]
pub(super) struct WebhookPage {
    f: Frame,
    v: WebhookLine,
    /// What a receiver checks messages with.
    key: String,
    messages: Vec<MessageLine>,
    hidden: Hidden,
    /// Why a change was refused.
    alert: Option<Alert>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(webhook): Path<String>,
) -> Result<Response, Refusal> {
    let webhook = webhook.parse().map_err(|_| Refusal::NotFound)?;
    page(&made(&app, &visitor, webhook, None).await?)
}

/// The page, with why a change was refused.
pub(super) async fn made(
    app: &App,
    visitor: &Visitor,
    webhook: WebhookId,
    alert: Option<Alert>,
) -> Result<WebhookPage, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let found = query::webhook::webhook(tx, org, webhook).await?;
        Ok((found, query::webhook::messages(tx, org, webhook).await?))
    };
    let found: Result<_, StoreError> = app.store.read("read_webhook", read).await;
    let (found, messages) = found?;
    let found = found.ok_or(Refusal::NotFound)?;
    let keys = app.keys(org).await.map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))?;
    let v = line(visitor.reader(), &found);
    Ok(WebhookPage {
        f: Frame::new(app, visitor, v.name.clone(), &account::PAGE),
        v,
        key: Signer::of(&keys, &found.webhook, visitor.now).shown(),
        messages: messages.iter().map(|row| message(visitor.reader(), row)).collect(),
        hidden: visitor.hidden()?,
        alert,
    })
}
