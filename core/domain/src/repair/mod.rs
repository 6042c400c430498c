//! Repair requests of owners: what is broken, where, and who handles it. The unit handles one
//! itself until it is closed; the firm takes one up, and from then on its fault says how it goes.

mod ask;
mod call;
mod close;
mod door;
mod pass_on;
mod take_up;

pub use ask::{PLACE_LENGTH_MAX, WantedRepair, checked};
pub use call::{Caller, WantedCall, checked_call};
pub use door::{DoorCode, DoorError, number};
pub use take_up::{TakenUp, take_up, task_of};

use crate::{
    code::Code,
    id::{AccountId, ContentId, FaultId, ProjectId, RepairId},
    text::TextError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Who handles a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Handler {
    /// The firm.
    Firm,
    /// The owner's own unit.
    Unit,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RepairState {
    /// The firm has it and has not taken it up.
    Sent,
    /// The owner's unit handles it; the firm does not see it.
    Inside,
    /// The firm has taken it up: its fault says how it goes.
    TakenUp,
    /// The owner's unit has closed it: final.
    Closed,
}

impl RepairState {
    /// Where a new request stands that `handler` handles.
    const fn of(handler: Handler) -> Self {
        match handler {
            Handler::Firm => Self::Sent,
            Handler::Unit => Self::Inside,
        }
    }
}

/// What happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RepairStep {
    /// Somebody asked.
    Asked,
    /// Somebody without an account called.
    Called,
    /// The unit passed it on to the firm.
    PassedOn,
    /// The firm took it up.
    TakenUp,
    /// The unit closed it.
    Closed,
}

/// A line of its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairLine {
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub step: RepairStep,
    /// What was said; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A repair request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Its id.
    pub id: RepairId,
    /// The project whose building it is.
    pub project: ProjectId,
    /// The catalogue code of the facility.
    pub facility: String,
    /// Where it is, in words.
    pub place: String,
    /// What is wrong, in words.
    pub words: String,
    /// Pictures of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<ContentId>,
    /// Who called, of a request of somebody without an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Caller>,
    /// Where it stands.
    pub state: RepairState,
    /// The fault that the firm took it up as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultId>,
    /// What happened to it, in order; it only grows.
    pub log: Vec<RepairLine>,
}

/// Why a request is not taken, or does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RepairError {
    /// A text is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The project does not have the facility.
    #[error("no such facility")]
    FacilityUnknown,
    /// The facility does not have the item.
    #[error("no such item of the facility")]
    ItemUnknown,
    /// More pictures than a request may have.
    #[error("too many pictures")]
    TooManyPictures,
    /// A file that is no picture.
    #[error("not a picture")]
    NotAPicture,
    /// What was typed is no phone number.
    #[error("not a phone number")]
    PhoneMalformed,
    /// Somebody else has done something about it, and this does not follow.
    #[error("the request stands elsewhere")]
    StateWrong,
}

impl RepairError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::FacilityUnknown | Self::ItemUnknown => Code::FieldMalformed,
            Self::TooManyPictures => Code::TooManyAttachments,
            Self::NotAPicture => Code::AttachmentFormatUnsupported,
            Self::PhoneMalformed => Code::PhoneMalformed,
            Self::StateWrong => Code::RepairStateWrong,
        }
    }
}

impl Repair {
    /// A request that somebody just made.
    pub fn asked(id: RepairId, project: ProjectId, wanted: WantedRepair, (by, at): (AccountId, Timestamp)) -> Self {
        let WantedRepair { facility, place, words, photos, handler } = wanted;
        let log = vec![RepairLine { by, at, step: RepairStep::Asked, words: String::new() }];
        let state = RepairState::of(handler);
        Self { id, project, facility, place, words, photos, caller: None, state, fault: None, log }
    }

    /// Takes a step that is open in this state alone.
    fn go(&mut self, from: RepairState, to: RepairState, line: RepairLine) -> Result<(), RepairError> {
        if self.state != from {
            return Err(RepairError::StateWrong);
        }
        self.state = to;
        self.log.push(line);
        Ok(())
    }
}

/// whether the firm sees a request: one that the unit handles itself stays with the unit.
pub const fn reaches_firm(state: RepairState) -> bool {
    matches!(state, RepairState::Sent | RepairState::TakenUp)
}

#[cfg(test)]
mod tests;
