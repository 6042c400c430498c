//! Pauses of a month and the termination of a project.

use crate::{
    code::Code,
    id::{AccountId, ContentId, ProjectId},
    ruling::{Outcome, Ruling, RulingError, Typed, decide},
    time::{Bound, Month, Timestamp},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where a pause request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PauseState {
    /// Not decided yet.
    Pending,
    /// Granted: the month owes nothing and takes no plan.
    Approved,
    /// Refused.
    Rejected,
    /// Taken back before it was decided.
    Withdrawn,
}

/// A request to pause one month of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseRequest {
    /// The project.
    pub project: ProjectId,
    /// The one month.
    pub month: Month,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: PauseState,
    /// The files that explain it, by their hashes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ContentId>,
    /// Who asked for it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<(AccountId, Timestamp)>,
    /// What the fire service in charge decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
}

/// Why a request is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the request was reviewed")]
pub struct AlreadyReviewed;

impl AlreadyReviewed {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::AlreadyReviewed
    }
}

impl PauseRequest {
    /// Whether it still pauses the month, or may come to.
    pub fn is_open(&self) -> bool {
        matches!(self.state, PauseState::Pending | PauseState::Approved)
    }

    /// the request taken back, which is possible until it is reviewed.
    ///
    /// # Errors
    /// It was reviewed, or taken back before.
    pub fn withdrawn(&self) -> Result<Self, AlreadyReviewed> {
        match self.state {
            PauseState::Pending => Ok(Self { state: PauseState::Withdrawn, ..self.clone() }),
            PauseState::Approved | PauseState::Rejected | PauseState::Withdrawn => Err(AlreadyReviewed),
        }
    }

    /// The request with the one decision of the fire service in charge.
    ///
    /// # Errors
    /// It was reviewed or taken back before, or a rejection has no reason.
    pub fn decided(&self, typed: Typed<'_>, by: (&str, AccountId, Timestamp)) -> Result<Self, RulingError> {
        let ruling = decide(self.state == PauseState::Pending, typed, by)?;
        let state = match ruling.outcome {
            Outcome::Approved => PauseState::Approved,
            Outcome::Rejected => PauseState::Rejected,
        };
        Ok(Self { state, ruling: Some(ruling), ..self.clone() })
    }
}

/// whether `month` of `project` has an approved pause. A request that is pending, refused or withdrawn
/// pauses nothing.
pub fn is_paused(requests: &[PauseRequest], project: ProjectId, month: Month) -> bool {
    requests
        .iter()
        .any(|request| request.project == project && request.month == month && request.state == PauseState::Approved)
}

/// The end of a project before its time. There is no function that takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Termination {
    /// Why.
    pub reason: String,
    /// Who terminated it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

impl Termination {
    /// whether something with this bound was certainly captured after the end. What was begun before the end
    /// counts, whenever it arrives.
    pub fn precedes(&self, captured: Bound) -> bool {
        self.at < captured.earliest
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(crate) fn termination() -> Termination {
        Termination { reason: "合同解除".into(), by: AccountId(Uuid::from_u128(1)), at: Timestamp(0) }
    }

    pub(crate) fn pause(project: ProjectId, month: Month, state: PauseState) -> PauseRequest {
        PauseRequest {
            project, month, reason: "停业装修".into(), state, files: Vec::new(), asked: None, ruling: None
        }
    }

    /// a request is taken back until it is reviewed.
    #[test]
    fn r_327_a_request_is_withdrawn_until_it_is_reviewed() {
        let of = |state| pause(ProjectId(Uuid::from_u128(1)), "2020-03".parse().unwrap(), state);
        assert_eq!(of(PauseState::Pending).withdrawn().map(|after| after.state), Ok(PauseState::Withdrawn));
        for state in [PauseState::Approved, PauseState::Rejected, PauseState::Withdrawn] {
            assert_eq!(of(state).withdrawn(), Err(AlreadyReviewed), "{state:?}");
        }
    }

    /// an approved pause of this project and this month, nothing else.
    #[test]
    fn r_105_only_an_approved_pause_of_the_month_pauses_it() {
        let (project, month) = (ProjectId(Uuid::from_u128(1)), "2020-03".parse().unwrap());
        let request = |state| pause(project, month, state);
        assert!(is_paused(&[request(PauseState::Rejected), request(PauseState::Approved)], project, month));
        for state in [PauseState::Pending, PauseState::Rejected, PauseState::Withdrawn] {
            assert!(!is_paused(&[request(state)], project, month), "{state:?}");
        }
        let approved = [request(PauseState::Approved)];
        assert!(!is_paused(&approved, project, month.next()));
        assert!(!is_paused(&approved, ProjectId(Uuid::from_u128(2)), month));
    }

    /// only what surely came afterwards is refused.
    #[test]
    fn r_334_a_termination_precedes_what_surely_came_after_it() {
        let at = |earliest, latest| Bound { earliest: Timestamp(earliest), latest: Timestamp(latest) };
        let end = Termination { at: Timestamp(10), ..termination() };
        assert_eq!(
            [at(5, 9), at(9, 20), at(10, 20), at(11, 20)].map(|bound| end.precedes(bound)),
            [false, false, false, true]
        );
    }
}
