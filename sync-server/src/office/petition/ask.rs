//! A firm sends a petition with its paper.

use super::{asks, effect};
use crate::{
    office::{Act, Flaw, Refused, Rule, command::command, files},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    code::Code,
    id::{ContentId, ProjectId, RequestId},
    petition::{self, AskError, Asked, Matter},
    text::At,
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// The project.
    pub project: ProjectId,
    /// What for.
    pub matter: Matter,
    /// Why, as typed; required.
    pub reason: String,
    /// The papers, which the actor has brought.
    pub files: Vec<ContentId>,
}

impl Rule for AskError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Effect(error) => error.values(),
            Self::Reason(error) => error.values(),
            Self::CertificateRequired | Self::FormRequired | Self::Waiting => Values::new(),
        }
    }
}

/// Everything that is wrong with a petition, each at its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} fields of the petition are wrong", .0.len())]
pub struct AskRefused(Vec<At<AskError>>);

impl Rule for AskRefused {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

/// Sends it and gives its id, that of the form. It waits for the fire service, and nobody takes it back.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not.
pub async fn ask(store: &Store, act: Act, wanted: Ask) -> Result<RequestId, Refused<AskRefused>> {
    let id = act.request;
    command(store, act, "ask_petition", wanted.project, wanted, run).await?;
    Ok(id)
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Ask) -> Result<(), Refused<AskRefused>> {
    let (org, id, matter) = (act.org, wanted.project, wanted.matter);
    to_project(tx, org, &act.actor, &[asks(matter.kind())], id).await?.ok_or(Refused::NotFound)?;
    // A second petition of the project locks this row too.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![org, &id]).await?;
    let waiting = query::petition::waiting(tx, org, id).await?;
    let told = effect(tx, (org, id), matter, (placeholder(&wanted.reason), act.at)).await?.map(|(_, effect)| effect);
    let asked = Asked { matter, reason: &wanted.reason, files: &wanted.files };
    let sent = petition::ask((id, &waiting), asked, told, (act.actor.account, act.at)).map_err(AskRefused)?;
    if !files::keep(tx, act, id, &sent.files).await? {
        return Err(Refused::FileUnknown);
    }
    let insert =
        sql!("INSERT INTO petition(org, id, project, kind, state, asked_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    let body = json(&sent)?;
    let values = row![org, &act.request, &id, matter.kind(), sent.state(), act.at, &body];
    tx.execute(insert, &values).await?;
    Ok(())
}

/// A reason that is missing is told at its own field, not as what stands in the way of the change.
fn placeholder(reason: &str) -> &str {
    if firebee_domain::text::is_blank(reason) { "-" } else { reason }
}
