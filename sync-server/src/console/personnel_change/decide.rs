//! What the form does by which the regulator decides an application.

use super::show::{Again, find, made};
use crate::{
    console::{
        form::{Wrong, again},
        part::Alert,
        posted::Posted,
        refused::Refusal,
    },
    office::personnel_change::{Decide, decide as run},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};

/// Decides and leads back to the application.
pub(super) async fn decide(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &id).await?;
    let (change, reason) = (found.row.change.id, fields.text("reason").to_owned());
    let wanted = Decide { change, decision: fields.parsed("decision")?, reason };
    match run(&app.office, visitor.act_in(found.org, request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/personnel-changes/{id}?done={request}")).into_response()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let wrong = Wrong::of(visitor.language, error)?;
            let redo = Again::Decide(Box::new(move |form| form.filled(&fields).refused(wrong)), alert);
            again(&made(&app, &visitor, &found, Some(redo))?)
        }
    }
}
