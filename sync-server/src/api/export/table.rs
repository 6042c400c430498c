//! `GET /v1/export/{table}`.

use crate::api::openapi as doc;
use crate::{
    api::problem::ApiProblem,
    auth::Program,
    export::{Asked, Format, Table, stream},
    state::App,
};
use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::Response,
};
use firebee_domain::{code::Code, id::ProjectId};
use serde::Deserialize;
use std::str::FromStr;
use uuid::Uuid;

/// What may stand behind the question mark.
#[derive(Debug, Deserialize)]
pub struct TableQuery {
    /// `ndjson` or `csv`.
    #[serde(rename = "as")]
    format: Option<String>,
    /// The id of the last row that the program has.
    after: Option<String>,
    /// Only rows of this project.
    project: Option<String>,
}

/// A table as a stream, in the order of the ids: a program that was cut off goes on behind the last id that it has.
///
/// # Errors
/// `api_token_invalid`, `api_scope_missing`, `not_found`, `bad_request`.
#[utoipa::path(get, path = "/v1/export/{table}", operation_id = "export_table", tag = "programs", security(("api_token" = ["read_projects"]), ("api_token" = ["read_tasks"]), ("api_token" = ["read_faults"]), ("api_token" = ["read_reports"])),
    params(("table" = String, Path, description = "projects, tasks, faults or reports; docs/data.md has their columns", example = "tasks"),
        ("as" = Option<String>, Query, description = "ndjson, whose last line tells that it is whole, or csv"),
        ("after" = Option<String>, Query, description = "The id of the last row that the program has"),
        ("project" = Option<String>, Query, description = "Only rows of this project")),
    responses(
        (status = 200, description = "The rows that the maker of the token may read", content_type = "application/x-ndjson"),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "api_token_invalid", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "api_scope_missing", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn table(
    State(app): State<App>,
    program: Program,
    Path(table): Path<String>,
    query: Result<Query<TableQuery>, QueryRejection>,
) -> Result<Response, ApiProblem> {
    let table: Table = table.parse().map_err(|_| ApiProblem::of(Code::NotFound))?;
    let Query(asked) = query.map_err(|_| ApiProblem::of(Code::BadRequest))?;
    let format = read(asked.format.as_deref())?.unwrap_or_default();
    let (after, project): (Option<Uuid>, Option<ProjectId>) =
        (read(asked.after.as_deref())?, read(asked.project.as_deref())?);
    let asked = Asked { table, format, project, after, now: app.clock.now() };
    let media = match format {
        Format::Ndjson => "application/x-ndjson",
        Format::Csv => "text/csv; charset=utf-8",
    };
    Ok(answer(media, Body::from_stream(stream(app.store.clone(), (program.org, program.actor), asked))))
}

/// A value behind the question mark, if there is one.
pub(super) fn read<T: FromStr>(text: Option<&str>) -> Result<Option<T>, ApiProblem> {
    text.map(|text| text.parse().map_err(|_| ApiProblem::of(Code::BadRequest))).transpose()
}

/// The stream as an answer that nobody keeps.
pub(super) fn answer(media: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
