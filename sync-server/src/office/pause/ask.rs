//! A manager asks for the pause of one month of a project.

use crate::{
    office::{Act, Flaw, Refused, Rule, command::command, files::weighed},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ContentId, ProjectId},
    project::{PauseError, ask_pause},
    text::At,
    time::Month,
};
use serde::Serialize;

/// What is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// The project.
    pub project: ProjectId,
    /// The one month.
    pub month: Month,
    /// Why, as typed; required.
    pub reason: String,
    /// The files that explain it, which the actor has brought.
    pub files: Vec<ContentId>,
}

/// Everything that is wrong with a request, each at its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} fields of the request are wrong", .0.len())]
pub struct AskError(Vec<At<PauseError>>);

impl Rule for PauseError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> firebee_protocol::text::named::Values {
        match self {
            Self::Reason(error) => error.values(),
            _ => Vec::new(),
        }
    }
}

impl Rule for AskError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

/// Asks for the pause. The fire service in charge decides; until then a plan may be made.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not.
pub async fn ask(store: &Store, act: Act, wanted: Ask) -> Result<(), Refused<AskError>> {
    command(store, act, "ask_pause", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Ask) -> Result<(), Refused<AskError>> {
    let (org, id) = (act.org, wanted.project);
    to_project(tx, org, &act.actor, &[Action::RequestPause], id).await?.ok_or(Refused::NotFound)?;
    // Making a plan locks this row too, and so does a second request.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![org, &id]).await?;
    let site = query::project::project(tx, org, id).await?.ok_or(Refused::NotFound)?;
    let (requests, plans) = (query::plan::pauses(tx, org, id).await?, query::plan::slots(tx, org, id).await?);
    let typed = (wanted.month, wanted.reason.as_str(), wanted.files.as_slice());
    let request =
        ask_pause(&site.project, (&requests, &plans), typed, (act.actor.account, act.at)).map_err(AskError)?;
    weighed(tx, act, (&request.files, &[])).await?.ok_or(Refused::FileUnknown)?;
    let insert = sql!(
        "INSERT INTO suspension(org, id, project, month, state, body, asked_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    );
    let (month, body) = (request.month.to_string(), json(&request)?);
    tx.execute(insert, &row![org, &act.request, &id, &month, request.state, &body, act.at]).await?;
    Ok(())
}
