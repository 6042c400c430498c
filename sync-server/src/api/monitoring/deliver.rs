//! `POST /v1/monitoring/events`.

use crate::api::openapi as doc;
use crate::{
    api::{body::JsonBody, problem::ApiProblem},
    auth::Program,
    office::{
        Refused,
        monitoring::{Delivered, deliver as run},
    },
    state::App,
};
use axum::{Json, extract::State};
use firebee_domain::monitoring::{Delivery, DeliveryError};
use serde_json::json;

/// Takes events of a connected fire system in: all of a delivery or none. One that was delivered before is known.
///
/// # Errors
/// `api_token_invalid`, `api_scope_missing`, `not_found` for a project that is not there, and what is wrong with an event.
#[utoipa::path(post, path = "/v1/monitoring/events", operation_id = "deliver_monitoring", tag = "programs",
    security(("api_token" = ["deliver_monitoring"])),
    request_body(content = doc::MonitoringDelivery, example = json!({
        "project": "01935f2a-7c00-7000-8000-000000000001", "source": "panel-1",
        "events": [{ "id": "88412", "signal": "alarm", "at_ms": 1_794_794_400_000_u64, "place": "3-017", "says": "smoke" }]
    })),
    responses(
        (status = 200, description = "They are kept", body = doc::MonitoringDelivered),
        (status = 400, description = "bad_request", body = doc::Problem, content_type = "application/problem+json"),
        (status = 401, description = "api_token_invalid", body = doc::Problem, content_type = "application/problem+json"),
        (status = 403, description = "api_scope_missing", body = doc::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = doc::Problem, content_type = "application/problem+json"),
        (status = 413, description = "too_large", body = doc::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type", body = doc::Problem, content_type = "application/problem+json"),
        (status = 422, description = "monitoring_count_wrong, monitoring_time_wrong, text_required, text_too_long", body = doc::Problem, content_type = "application/problem+json"),
        (status = 503, description = "slow_down", body = doc::Problem, content_type = "application/problem+json"),
        (status = 507, description = "server_full", body = doc::Problem, content_type = "application/problem+json")
    ))]
pub async fn deliver(
    State(app): State<App>,
    program: Program,
    JsonBody(delivery): JsonBody<Delivery>,
) -> Result<Json<Delivered>, ApiProblem> {
    let done = run(&app.store, (program.org, program.actor, program.scope), delivery, app.clock.now()).await;
    done.map(Json).map_err(problem)
}

fn problem(refused: Refused<DeliveryError>) -> ApiProblem {
    let problem = ApiProblem::of(refused.code());
    let at = match &refused {
        Refused::Rule(DeliveryError::Text { at, .. } | DeliveryError::Time { at }) => Some(*at),
        _ => None,
    };
    let problem = at.map_or(problem.clone(), |at| problem.with(json!({ "event": at })));
    refused.values().into_iter().fold(problem, |problem, (name, value)| problem.say(name, value))
}
