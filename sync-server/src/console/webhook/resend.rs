//! What the form does that sends a message again.

use crate::{
    console::{posted::Posted, refused::Refusal},
    office::{
        Refused,
        webhook::{Resend, resend as run},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Has it sent again.
pub(super) async fn resend(
    State(app): State<App>,
    Path((webhook, message)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let webhook = webhook.parse().map_err(|_| Refusal::NotFound)?;
    let message = message.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), Resend { webhook, message }).await {
        Ok(()) => Ok(Redirect::to(&format!("/webhooks/{webhook}?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(_) => Err(Refusal::NotFound),
    }
}
