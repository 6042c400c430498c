//! Asks for a repair.

use super::insert;
use crate::{
    office::{
        Act, Flaw, Refused, Rule,
        command::command,
        files::{brought, keep},
    },
    query::{access::to_project, project},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, RepairId},
    repair::{Repair, RepairError, WantedRepair, checked},
    text::At,
};
use serde::Serialize;

/// What somebody asks for.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// The project whose building it is.
    pub project: ProjectId,
    /// The request as typed.
    #[serde(flatten)]
    pub wanted: WantedRepair,
}

/// Why a request is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// What was typed.
    #[error("what was typed is not fit to keep")]
    Fields(Vec<At<RepairError>>),
}

impl Rule for AskError {
    fn code(&self) -> Code {
        match self {
            Self::Fields(wrong) => wrong.first().map_or(Code::FieldMalformed, |at| at.error.code()),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Fields(wrong) => Flaw::all(wrong),
        }
    }
}

/// Asks for a repair. The request has the id of the form.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not ask for repairs of it.
pub async fn ask(store: &Store, act: Act, wanted: Ask) -> Result<RepairId, Refused<AskError>> {
    command(store, act, "ask_repair", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Ask) -> Result<RepairId, Refused<AskError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::AskRepair], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    write_asked(tx, act, wanted).await
}

/// Writes a request down; permission is asked before.
pub(in crate::office) async fn write_asked(
    tx: &mut Tx,
    act: &Act,
    wanted: &Ask,
) -> Result<RepairId, Refused<AskError>> {
    let row = project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    let mut fit = checked(&row.project, &wanted.wanted).map_err(AskError::Fields)?;
    let files = brought(tx, act.org, act.actor.account, &fit.photos).await?.ok_or(Refused::FileUnknown)?;
    if !files.iter().all(|(_, mime)| mime.is_picture()) {
        return Err(AskError::Fields(vec![At { field: "file", error: RepairError::NotAPicture }]).into());
    }
    fit.photos = files.into_iter().map(|(id, _)| id).collect();
    if !keep(tx, act, wanted.project, &fit.photos).await? {
        return Err(Refused::FileUnknown);
    }
    let repair = Repair::asked(RepairId(act.request.0), wanted.project, fit, (act.actor.account, act.at));
    insert(tx, act.org, &repair, act.at).await?;
    Ok(repair.id)
}
