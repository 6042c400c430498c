//! What the form does that revokes a token.

use crate::{
    console::{posted::Posted, refused::Refusal},
    office::{
        Refused,
        api_token::{Revoke, revoke as run},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Revokes it.
pub(super) async fn revoke(
    State(app): State<App>,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let token = token.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), Revoke { token }).await {
        Ok(()) => Ok(Redirect::to(&format!("/programs/{token}?done={request}")).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(_) => Err(Refusal::NotFound),
    }
}
