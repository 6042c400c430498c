//! What the form does that decides on facts that do not count.

use super::show::{find, made};
use crate::{
    accept,
    console::{part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        undecided::{Decide, decide as run},
    },
    state::App,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::{id::ProjectId, parked::Choice};

/// Adopts or refuses the chosen facts. What is adopted is judged at once; what does not count even so stands in the list
/// of its project with its reason.
pub(super) async fn decide(
    State(app): State<App>,
    Path((store, task)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let project: ProjectId = fields.parsed("project")?;
    let facts = fields.all("fact").map(|id| id.parse().map_err(|_| Refusal::FormExpired)).collect::<Result<_, _>>()?;
    let decision = match fields.text("decision") {
        "adopted" => Choice::Adopted,
        "refused" => Choice::Refused,
        _ => return Err(Refusal::FormExpired),
    };
    let reason = fields.text("reason").to_owned();
    let wanted = Decide { project, facts, decision, reason: reason.clone() };
    let org = visitor.member.org;
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => {
            if decision == Choice::Adopted {
                let tracks = accept::adopt(&app.store, org, visitor.now).await?;
                app.tracks.judge(org, tracks);
            }
            Ok(Redirect::to(&format!("/parked?project={project}&done={request}")).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = find(&app, &visitor, &store, &task).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, &found, reason, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
