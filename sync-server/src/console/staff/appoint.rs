//! What the form does that appoints the technical director.

use super::made;
use crate::{
    console::{list::Asked, part::Alert, posted::Posted, refused::Refusal},
    office::{Refused, account::appoint::appoint as run},
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

/// Appoints the holder of the account.
pub(super) async fn appoint(
    State(app): State<App>,
    Path(account): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let account = account.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), account).await {
        Ok(()) => Ok(Redirect::to(&format!("/staff?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, &Asked::default(), None, Some(alert)).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
