//! What the form does that ends a contract.

use super::show::{ending, made};
use crate::{
    console::{
        form::{Wrong, again},
        posted::Posted,
        refused::Refusal,
    },
    office::contract::{self, End},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Ends the contract with its projects.
pub(super) async fn end(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let wanted = End {
        contract: id.parse().map_err(|_| Refusal::NotFound)?,
        way: fields.parsed("way")?,
        reason: fields.text("reason").to_owned(),
    };
    match contract::end(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/contracts/{id}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = ending(&visitor, &id)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, &id, form).await?)
        }
    }
}
