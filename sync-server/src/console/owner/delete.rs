//! What the form does that deletes an owner.

use super::{may_edit, show::made};
use crate::{
    console::{form::again, part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        owner::{self, Delete},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Deletes the owner and leads to the list.
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let wanted = Delete { owner: id.parse().map_err(|_| Refusal::NotFound)? };
    match owner::delete(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/owners?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(&made(&app, &visitor, &id, Some(alert)).await?)
        }
    }
}
