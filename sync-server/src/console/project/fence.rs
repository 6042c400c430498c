//! What the forms of further fences do.

use super::show::{made_with, read};
use crate::{
    console::{part::Alert, posted::Posted, refused::Refusal, visitor::Visitor},
    office::{
        Refused,
        project::{PutFence, RemoveFence, put_fence, remove_fence},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{geofence::Datum, id::RequestId, project::FenceError};

/// A fence as it was typed into a form.
#[derive(Clone, Debug, Default)]
pub(super) struct TypedFence {
    pub(super) name: String,
    pub(super) datum: String,
    pub(super) lat: String,
    pub(super) lon: String,
    pub(super) radius: String,
}

/// Puts a fence and leads back to the project.
pub(super) async fn put(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let text = |name: &str| fields.text(name).trim().to_owned();
    let typed = TypedFence {
        name: text("name"),
        datum: text("datum"),
        lat: text("lat"),
        lon: text("lon"),
        radius: text("radius"),
    };
    let datum = match typed.datum.as_str() {
        "wgs84" => Datum::Wgs84,
        "gcj02" => Datum::Gcj02,
        "bd09" => Datum::Bd09,
        // No form offers anything else.
        _ => return Err(Refusal::FormExpired),
    };
    let wanted = PutFence {
        project: id.parse().map_err(|_| Refusal::NotFound)?,
        name: typed.name.clone(),
        datum,
        lat: typed.lat.clone(),
        lon: typed.lon.clone(),
        // What is no number of metres is a radius that no fence has.
        radius_m: (!typed.radius.is_empty()).then(|| typed.radius.parse().unwrap_or(0)),
    };
    let done = put_fence(&app.store, visitor.act(request), wanted).await;
    answered(&app, &visitor, (&id, request), typed, done).await
}

/// Takes a fence away and leads back to the project.
pub(super) async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let project = id.parse().map_err(|_| Refusal::NotFound)?;
    let wanted = RemoveFence { project, name: fields.text("name").to_owned() };
    let done = remove_fence(&app.store, visitor.act(request), wanted).await;
    answered(&app, &visitor, (&id, request), TypedFence::default(), done).await
}

async fn answered(
    app: &App,
    visitor: &Visitor,
    (project, request): (&str, RequestId),
    typed: TypedFence,
    done: Result<(), Refused<FenceError>>,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{project}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = read(app, visitor, project).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made_with(app, visitor, &found, (String::new(), typed), Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
