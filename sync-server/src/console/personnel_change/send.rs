//! What the form does that sends an application with its sealed form and its papers.

use super::show::{Again, find, made};
use crate::{
    console::{
        form::{Wrong, again},
        part::Alert,
        posted::{Posted, PostedFiles, PostedPapers},
        refused::Refusal,
    },
    office::personnel_change::{Send, send as run},
    state::App,
    upload::AttachError,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Sends it and leads back to it.
pub(super) async fn send(
    State(app): State<App>,
    Path(id): Path<String>,
    PostedPapers(posted): PostedPapers,
) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    let found = find(&app, &visitor, &id).await?;
    let language = visitor.language;
    let (wrong, alert) = match files {
        Err(AttachError::Store(error)) => return Err(error.into()),
        Err(refused) => {
            let alert = Alert::new(language, refused.code(), &refused.values());
            (Wrong::at("file", language, refused.code(), &refused.values()), alert)
        }
        Ok(files) => {
            let papers = fields.all("papers").map(|word| word.parse().map_err(|_| Refusal::FormExpired));
            let papers = papers.collect::<Result<_, Refusal>>()?;
            let wanted = Send { change: found.row.change.id, files, papers };
            match run(&app.store, visitor.act(request), wanted).await {
                Ok(()) => {
                    return Ok(Redirect::to(&format!("/personnel-changes/{id}?done={request}")).into_response());
                }
                Err(error) => {
                    let alert = Alert::new(language, error.code(), &error.values());
                    (Wrong::of(language, error)?, alert)
                }
            }
        }
    };
    let redo = Again::Send(Box::new(move |form| form.filled(&fields).refused(wrong)), alert);
    again(&made(&app, &visitor, &found, Some(redo))?)
}
