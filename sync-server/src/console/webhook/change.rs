//! What the forms do that switch a webhook off or on, or give it another key.

use super::show::made;
use crate::{
    console::{form::again, part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        webhook::{Webhooks, change as run},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Changes it.
pub(super) async fn change(
    State(app): State<App>,
    Path((webhook, decision)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let webhook = webhook.parse().map_err(|_| Refusal::NotFound)?;
    let decision = decision.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), Webhooks { webhook, decision }).await {
        Ok(()) => Ok(Redirect::to(&format!("/webhooks/{webhook}?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(&made(&app, &visitor, webhook, Some(alert)).await?)
        }
    }
}
