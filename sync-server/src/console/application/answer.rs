//! What the form does by which the corps accepts an application or returns it. The first account's password is shown on the
//! page that answers, and nowhere else.

use super::show::{find, form, made};
use crate::{
    console::{
        form::{Wrong, again},
        page,
        posted::Posted,
        refused::Refusal,
    },
    office::application::{Given, answer as run},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Answers.
pub(super) async fn answer(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let (org, application) = find(&app, &visitor, &id).await?;
    let text = |name: &str| fields.text(name).to_owned();
    let given = Given {
        application: application.id,
        decision: fields.parsed("decision")?,
        reason: text("reason"),
        login: text("login"),
    };
    match run(&app.office, visitor.act_in(org, request), given).await {
        Ok(None) => Ok(Redirect::to(&format!("/applications/{id}?done={request}")).into_response()),
        Ok(Some(accepted)) => {
            let (_, application) = find(&app, &visitor, &id).await?;
            let shown = Some((accepted.login, accepted.password));
            page(&made(&app, &visitor, &application, (form(&visitor, &application)?, shown)))
        }
        Err(error) => {
            let form = form(&visitor, &application)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, &application, (form, None)))
        }
    }
}
