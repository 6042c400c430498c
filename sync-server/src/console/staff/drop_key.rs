//! The form that drops the key of a stolen phone.

use super::made;
use crate::{
    console::{list::Asked, part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        account::give_up_phone::{GiveUp, give_up_phone},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

/// Drops it, once the manager has confirmed what is given up.
pub(super) async fn drop_key(
    State(app): State<App>,
    Path(account): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let account = account.parse().map_err(|_| Refusal::NotFound)?;
    let store = fields.text("store").parse().map_err(|_| Refusal::NotFound)?;
    let asked = GiveUp { account, store, confirmed: fields.text("give_up") == "yes" };
    match give_up_phone(&app.office, visitor.act(request), asked).await {
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
