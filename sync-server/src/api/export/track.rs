//! `GET /v1/export/tasks/{task}/track`.

use super::table::{answer, read};
use crate::api::openapi as doc;
use crate::{
    api::problem::ApiProblem,
    auth::Program,
    export::track::{TrackFormat, find, stream},
    state::App,
};
use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    response::Response,
};
use firebee_domain::{code::Code, id::TaskId};
use serde::Deserialize;

/// What may stand behind the question mark.
#[derive(Debug, Deserialize)]
pub struct TrackQuery {
    /// `geojson` or `gpx`.
    #[serde(rename = "as")]
    format: Option<String>,
}

/// Where the executor was during a task: WGS-84, as the phone was told it.
///
/// # Errors
/// `api_token_invalid`, `api_scope_missing`, `not_found`, `bad_request`.
#[utoipa::path(get, path = "/v1/export/tasks/{task}/track", operation_id = "export_track", tag = "programs", security(("api_token" = ["read_tracks"])),
    params(("task" = String, Path, description = "The task"),
        ("as" = Option<String>, Query, description = "geojson (RFC 7946) or gpx (1.1)")),
    responses(
        (status = 200, description = "The pieces that are on the server", content_type = "application/geo+json"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "api_token_invalid", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "api_scope_missing", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn track(
    State(app): State<App>,
    program: Program,
    Path(task): Path<String>,
    query: Result<Query<TrackQuery>, QueryRejection>,
) -> Result<Response, ApiProblem> {
    let task: TaskId = task.parse().map_err(|_| ApiProblem::of(Code::NotFound))?;
    let Query(asked) = query.map_err(|_| ApiProblem::of(Code::BadRequest))?;
    let format: TrackFormat = read(asked.format.as_deref())?.unwrap_or_default();
    let found = find(&app.store, (program.org, program.actor), task).await?;
    let walked = found.ok_or_else(|| ApiProblem::of(Code::NotFound))?;
    let media = match format {
        TrackFormat::Geojson => "application/geo+json",
        TrackFormat::Gpx => "application/gpx+xml",
    };
    Ok(answer(media, Body::from_stream(stream(app.blobs.clone(), walked, format))))
}
