//! What the form does that makes a robot known. The page shows its address and its secret to nobody again.

use super::list::{form, made};
use crate::{
    console::{
        form::{Wrong, again},
        list::Asked,
        posted::Posted,
        program::is_for,
        refused::Refusal,
    },
    office::robot::make as run,
    state::App,
    store::StoreError,
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::robot::{NewRobot, Platform};

/// Makes it known.
pub(super) async fn make(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let platform = fields.text("platform").parse().unwrap_or(Platform::Wecom);
    let wanted = NewRobot { name: fields.text("name").to_owned(), platform };
    let typed = (fields.text("address").to_owned(), fields.text("secret").to_owned());
    let keys = app.keys(visitor.member.org).await;
    let keys = keys.map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))?;
    let given = (typed, app.config.webhook_hosts.clone(), keys);
    match run(&app.store, visitor.act(request), wanted, given).await {
        Ok(_) => Ok(Redirect::to(&format!("/robots?done={request}")).into_response()),
        Err(error) => {
            let form = form(&visitor)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, &Asked::default(), (form, None)).await?)
        }
    }
}
