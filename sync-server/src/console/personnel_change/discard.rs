//! What the form does that throws a draft away.

use super::show::{Again, find, made};
use crate::{
    console::{form::again, part::Alert, posted::Posted, refused::Refusal},
    office::{Refused, personnel_change::discard as run},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Throws it away and leads to the list.
pub(super) async fn discard(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let change = id.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), change).await {
        Ok(()) => Ok(Redirect::to(&format!("/personnel-changes?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = find(&app, &visitor, &id).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(&made(&app, &visitor, &found, Some(Again::Told(alert)))?)
        }
    }
}
