//! The program of a request, as its handler takes it.

use super::problem::ApiProblem;
use crate::{
    auth::program::{Program, ProgramError, program},
    state::App,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use serde_json::json;

impl FromRequestParts<App> for Program {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        Ok(program(app, parts).await?)
    }
}

impl From<ProgramError> for ApiProblem {
    fn from(error: ProgramError) -> Self {
        let problem = Self::of(error.code());
        match error {
            ProgramError::ScopeMissing(scope) => problem.with(json!({ "scope": scope })),
            ProgramError::Invalid | ProgramError::NoSuchPath | ProgramError::Store(_) => problem,
        }
    }
}
