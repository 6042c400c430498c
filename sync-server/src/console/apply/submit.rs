//! What the form does that submits the application.

use super::{
    find, link,
    show::{form, made},
};
use crate::{
    console::{
        form::{Wrong, again},
        language,
        posted::PostedByLink,
        refused::Refusal,
    },
    office::application::submit as run,
    state::App,
};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::id::AccountId;
use firebee_protocol::fact::Mime;

/// Submits it and leads back.
pub(super) async fn submit(
    State(app): State<App>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let language = language::of(request.headers());
    let (org, application) = find(&app, &secret).await?;
    let posted = PostedByLink::read(request, &app, ((org, AccountId(application.id.0)), Mime::is_attachable)).await?;
    match run(&app.office, link(&secret, posted.request)).await {
        Ok(()) => Ok(Redirect::to(&format!("/apply/{secret}")).into_response()),
        Err(error) => {
            let form = form(language, &secret)?.refused(Wrong::of(language, error)?);
            again(&made(&app, language, (&secret, &application), form))
        }
    }
}
