//! What the forms of pauses do: ask for one, take one back.

use super::show::{find, form, made};
use crate::{
    console::{
        form::{Wrong, again},
        part::Alert,
        posted::{Posted, PostedFiles},
        refused::Refusal,
    },
    office::{
        Refused,
        pause::{self, Ask, Withdraw},
    },
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Asks for a month.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    let refused = async |wrong: Wrong| {
        let found = find(&app, &visitor, &id).await?;
        let form = form(&visitor, &found)?.filled(&fields).refused(wrong);
        again(&made(&app, &visitor, found, (form, None))?)
    };
    let files = match files {
        Ok(files) => files,
        Err(error) => return refused(Wrong::at("file", visitor.language, error.code(), &error.values())).await,
    };
    let wanted = Ask {
        project: id.parse().map_err(|_| Refusal::NotFound)?,
        month: fields.parsed("month")?,
        reason: fields.text("reason").to_owned(),
        files,
    };
    match pause::ask(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}/pauses?done={request}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?).await,
    }
}

/// Takes a request back.
pub(super) async fn withdraw(
    State(app): State<App>,
    Path((id, pause)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let wanted = Withdraw {
        project: id.parse().map_err(|_| Refusal::NotFound)?,
        pause: pause.parse().map_err(|_| Refusal::NotFound)?,
    };
    match pause::withdraw(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}/pauses?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let found = find(&app, &visitor, &id).await?;
            let form = form(&visitor, &found)?;
            again(&made(&app, &visitor, found, (form, Some(alert)))?)
        }
    }
}
