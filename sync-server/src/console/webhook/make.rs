//! What the form does that makes a webhook.

use super::list::{form, made};
use crate::{
    console::{
        form::{Wrong, again},
        list::Asked,
        posted::Posted,
        program::is_for,
        refused::Refusal,
    },
    office::webhook::make as run,
    state::App,
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::webhook::{Happening, NewWebhook, Scheme};
use strum::VariantArray as _;

/// Makes it, and leads to its page, which shows the key.
pub(super) async fn make(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let wanted = NewWebhook {
        name: fields.text("name").to_owned(),
        address: fields.text("address").to_owned(),
        scheme: fields.text("scheme").parse().unwrap_or(Scheme::Ed25519),
        events: Happening::VARIANTS.iter().copied().filter(|each| !fields.text(each.into()).is_empty()).collect(),
    };
    match run(&app.store, visitor.act(request), wanted, app.config.webhook_hosts.clone()).await {
        Ok(id) => Ok(Redirect::to(&format!("/webhooks/{id}?done={request}")).into_response()),
        Err(error) => {
            let form = form(&visitor)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, &Asked::default(), form).await?)
        }
    }
}
