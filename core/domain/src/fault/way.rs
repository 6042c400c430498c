//! The ways of handling a fault: what each asks for, where it leads, and when it is open. Phone, console
//! and the judge of facts read this one list.

use super::{Fault, FaultState};
use crate::{
    dispatch::{Dispatch, DispatchKind, under_way},
    task::{Task, TaskError, TaskKind, TaskState},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The ways of handling, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Way {
    /// The cause is unclear: somebody is sent to find it.
    Troubleshoot,
    /// The cause is clear and the owner agrees: somebody is sent to repair.
    OwnerAgreed,
    /// The owner refuses the repair.
    OwnerRefused,
    /// Out of contract scope.
    OutOfScope,
    /// The owner is being talked to.
    Negotiating,
}

/// What a way asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// Why.
    pub explanation: bool,
    /// Who is sent.
    pub team_lead: bool,
    /// What is to be done.
    pub plan: bool,
}

const NOTHING: Asks = Asks { explanation: false, team_lead: false, plan: false };

impl Way {
    /// Every way, in the order in which they are offered.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// What it asks for.
    pub const fn asks(self) -> Asks {
        match self {
            Self::Troubleshoot => Asks { team_lead: true, ..NOTHING },
            Self::OwnerAgreed => Asks { team_lead: true, plan: true, ..NOTHING },
            Self::OwnerRefused | Self::OutOfScope => Asks { explanation: true, ..NOTHING },
            Self::Negotiating => NOTHING,
        }
    }

    /// What somebody is sent for, if somebody is.
    pub const fn sends(self) -> Option<DispatchKind> {
        match self {
            Self::Troubleshoot => Some(DispatchKind::Troubleshoot),
            Self::OwnerAgreed => Some(DispatchKind::Repair),
            Self::OwnerRefused | Self::OutOfScope | Self::Negotiating => None,
        }
    }

    /// Where it brings the fault.
    pub const fn leads_to(self) -> FaultState {
        match self {
            Self::Troubleshoot | Self::OwnerAgreed => FaultState::Resolving,
            Self::OwnerRefused => FaultState::OwnerRefused,
            Self::OutOfScope => FaultState::OutOfScope,
            Self::Negotiating => FaultState::Negotiating,
        }
    }

    /// Whether nothing follows it.
    pub const fn is_final(self) -> bool {
        self.leads_to().is_closed()
    }
}

/// Whether a way is open for a fault of a task now.
///
/// # Errors
/// Why it is not.
pub fn follows(way: Way, task: &Task, fault: &Fault, dispatches: &[Dispatch]) -> Result<(), TaskError> {
    if !matches!(task.state, TaskState::PendingReview | TaskState::Approved) {
        return Err(TaskError::NotPending);
    }
    if fault.state.is_closed() {
        return Err(TaskError::FaultClosed);
    }
    if fault.state == FaultState::OwnerRefused && way != Way::OwnerAgreed {
        return Err(TaskError::OnlyRepairFollows);
    }
    // negotiating is a way of the review only; a repair request has no review and all five ways.
    if way == Way::Negotiating && task.state == TaskState::Approved && task.kind != TaskKind::Request {
        return Err(TaskError::OnlyAtReview);
    }
    match under_way(dispatches, fault.id) {
        // A rejection cleared how the fault was handled, and somebody is under way all the same: the same way goes on.
        Some(open) if fault.is_unhandled() && way.sends() == Some(open.kind) => Ok(()),
        Some(_) => Err(TaskError::DispatchOpen),
        None => Ok(()),
    }
}

/// The ways that are open for a fault of a task now, in their order.
pub fn offered(task: &Task, fault: &Fault, dispatches: &[Dispatch]) -> Vec<Way> {
    Way::ALL.iter().copied().filter(|way| follows(*way, task, fault, dispatches).is_ok()).collect()
}
