//! Somebody without an account calls for a repair.

use super::{Handler, Repair, RepairError, RepairLine, RepairState, RepairStep, WantedRepair, checked};
use crate::{
    account::checked_phone,
    id::{AccountId, ContentId, ProjectId, RepairId},
    project::Project,
    text::At,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A call as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedCall {
    /// The catalogue code of the facility.
    pub facility: String,
    /// Where it is.
    pub place: String,
    /// What is wrong.
    pub words: String,
    /// Pictures of it.
    pub photos: Vec<ContentId>,
    /// How the caller is reached. No log that is kept for ever has it.
    #[serde(skip)]
    pub phone: String,
}

/// Who called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// How the caller is reached.
    pub phone: String,
}

/// A call fit to keep: a request as any other, which the owner's unit has first, and a phone number.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn checked_call(project: &Project, typed: &WantedCall) -> Result<(WantedRepair, Caller), Vec<At<RepairError>>> {
    let WantedCall { facility, place, words, photos, phone } = typed.clone();
    let (wanted, mut wrong) =
        match checked(project, &WantedRepair { facility, place, words, photos, handler: Handler::Unit }) {
            Ok(wanted) => (Some(wanted), Vec::new()),
            Err(wrong) => (None, wrong),
        };
    let phone = At::take(&mut wrong, "phone", checked_phone(&phone).map_err(|_| RepairError::PhoneMalformed));
    match (wanted, phone) {
        (Some(wanted), Some(phone)) => Ok((wanted, Caller { phone })),
        _ => Err(wrong),
    }
}

impl Repair {
    /// A request that somebody without an account just made. Its history names the project's own id for the caller.
    pub fn called(id: RepairId, project: ProjectId, (wanted, caller): (WantedRepair, Caller), at: Timestamp) -> Self {
        let WantedRepair { facility, place, words, photos, handler } = wanted;
        let line = RepairLine { by: AccountId(project.0), at, step: RepairStep::Called, words: String::new() };
        Self {
            id,
            project,
            facility,
            place,
            words,
            photos,
            caller: Some(caller),
            state: RepairState::of(handler),
            fault: None,
            log: vec![line],
        }
    }
}
