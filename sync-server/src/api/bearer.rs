//! The phone of a request, as its handler takes it.

use super::problem::ApiProblem;
use crate::{
    auth::bearer::{Bearer, BearerError, bearer},
    state::App,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use serde_json::json;

impl FromRequestParts<App> for Bearer {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let bearer = bearer(app, parts).await?;
        match &bearer.late {
            None => Ok(bearer),
            Some(lost) => Err(lost.clone().into()),
        }
    }
}

/// The phone of a request that sends what the phone has recorded. It may have lost its account (protocol, "One device an
/// account").
pub struct Sending(pub Bearer);

impl FromRequestParts<App> for Sending {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        Ok(Self(bearer(app, parts).await?))
    }
}

impl From<BearerError> for ApiProblem {
    fn from(error: BearerError) -> Self {
        let problem = Self::of(error.code());
        match error {
            BearerError::IncarnationChanged { incarnation: Some(incarnation) } => {
                problem.with(json!({ "incarnation": incarnation }))
            }
            _ => problem,
        }
    }
}
