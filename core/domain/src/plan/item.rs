//! How far an item of a plan is: not issued → issued → executing → submitted → approved.

use crate::{code::Code, task::TaskState};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The states of a plan item.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlanItemState {
    /// Nobody has it yet; it may be ignored.
    NotIssued,
    /// Issued to its executor.
    Issued,
    /// In a live task.
    Executing,
    /// In a submitted task.
    Submitted,
    /// In an approved task.
    Approved,
}

/// What happens to a plan item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanItemEvent {
    /// Issued to an executor.
    Issue,
    /// Taken back before anybody started.
    Recall,
    /// Taken into a task.
    Start,
    /// The task was discarded, or the item was taken out of it (R-117a, R-131).
    Discard,
    /// Its task is submitted.
    Submit,
    /// Its task is rejected and goes on.
    Reject,
    /// Its task is approved.
    Approve,
}

impl PlanItemEvent {
    /// The event for the items of a task whose state changed; `None` when the change does not concern them.
    pub fn of_task(before: TaskState, now: TaskState) -> Option<Self> {
        match now {
            _ if before == now => None,
            TaskState::Executing => None,
            TaskState::PendingReview => Some(Self::Submit),
            TaskState::Approved => Some(Self::Approve),
            TaskState::Rejected => Some(Self::Reject),
            TaskState::Discarded => Some(Self::Discard),
        }
    }
}

/// Why a plan item does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdvanceError {
    /// This cannot happen to an item in its state.
    #[error("the item's state does not allow this")]
    InvalidState,
    /// It is in a live task already.
    #[error("the item is in another task")]
    AlreadyInTask,
}

impl AdvanceError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::InvalidState => Code::PlanItemStateInvalid,
            Self::AlreadyInTask => Code::ItemAlreadyInTask,
        }
    }
}

impl PlanItemState {
    /// The state after `event`, or why it cannot happen.
    pub const fn after(self, event: PlanItemEvent) -> Result<Self, AdvanceError> {
        use PlanItemEvent as E;
        match (self, event) {
            (Self::NotIssued, E::Issue) | (Self::Executing, E::Discard) => Ok(Self::Issued),
            (Self::Issued, E::Recall) => Ok(Self::NotIssued),
            (Self::Issued, E::Start) | (Self::Submitted, E::Reject) => Ok(Self::Executing),
            (Self::Executing, E::Submit) => Ok(Self::Submitted),
            (Self::Submitted, E::Approve) => Ok(Self::Approved),
            (Self::Executing | Self::Submitted | Self::Approved, E::Start) => Err(AdvanceError::AlreadyInTask),
            _ => Err(AdvanceError::InvalidState),
        }
    }

    /// The state of the item after a task started with it. An item that was taken back before the phone could know
    /// counts as issued, so that the work done is not lost.
    pub fn taken(self) -> Result<Self, AdvanceError> {
        let issued = if self == Self::NotIssued { self.after(PlanItemEvent::Issue)? } else { self };
        issued.after(PlanItemEvent::Start)
    }
}

/// Applies the event of a task to all `items`, or to none: an error changes nothing. Issuing and recalling have
/// functions of their own, which also know the executor.
pub fn advance<'a>(
    items: impl IntoIterator<Item = &'a mut PlanItemState>,
    event: PlanItemEvent,
) -> Result<(), AdvanceError> {
    if matches!(event, PlanItemEvent::Issue | PlanItemEvent::Recall) {
        return Err(AdvanceError::InvalidState);
    }
    let items: Vec<&mut PlanItemState> = items.into_iter().collect();
    let after = items.iter().map(|state| state.after(event)).collect::<Result<Vec<_>, _>>()?;
    for (item, state) in items.into_iter().zip(after) {
        *item = state;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{advance, issued};
    use super::{AdvanceError, PlanItemEvent, PlanItemState};
    use crate::task::TaskState;
    use strum::VariantArray;

    /// The whole machine of `docs/rules/states.md`: every pair of state and event that is not listed is refused.
    #[test]
    fn a_plan_item_goes_the_way_of_the_rules_and_no_other() {
        use PlanItemEvent as E;
        use PlanItemState as S;
        let legal = [
            (S::NotIssued, E::Issue, S::Issued),
            (S::Issued, E::Recall, S::NotIssued),
            (S::Issued, E::Start, S::Executing),
            (S::Executing, E::Discard, S::Issued),
            (S::Executing, E::Submit, S::Submitted),
            (S::Submitted, E::Reject, S::Executing),
            (S::Submitted, E::Approve, S::Approved),
        ];
        for state in S::VARIANTS.iter().copied() {
            for event in [E::Issue, E::Recall, E::Start, E::Discard, E::Submit, E::Reject, E::Approve] {
                let expected = legal.iter().find(|row| (row.0, row.1) == (state, event)).map(|row| row.2);
                assert_eq!(state.after(event).ok(), expected, "{state:?} {event:?}");
            }
        }
    }

    /// an item of a live task cannot be taken into another.
    #[test]
    fn r_136_an_item_is_in_one_live_task_only() {
        let mut plan = issued();
        let items: Vec<_> = plan.items.iter().take(2).map(|item| item.id).collect();
        advance(&mut plan, &items[..1], PlanItemEvent::Start).unwrap();
        let before = plan.clone();
        assert_eq!(advance(&mut plan, &[items[1], items[0]], PlanItemEvent::Start), Err(AdvanceError::AlreadyInTask));
        assert_eq!(plan, before, "an error changes nothing");
        advance(&mut plan, &items[..1], PlanItemEvent::Discard).unwrap();
        assert_eq!(advance(&mut plan, &items, PlanItemEvent::Start), Ok(()));
    }

    #[test]
    fn issuing_past_the_executor_is_refused() {
        let mut plan = issued();
        let known = plan.items[0].id;
        assert_eq!(advance(&mut plan, &[known], PlanItemEvent::Recall), Err(AdvanceError::InvalidState));
        assert_eq!(plan, issued());
    }

    /// the items of a task follow its states. A task can also start with an item that was taken back
    /// meanwhile.
    #[test]
    fn r_136_the_items_of_a_task_go_its_way() {
        use TaskState as T;
        assert_eq!(PlanItemState::NotIssued.taken(), Ok(PlanItemState::Executing));
        assert_eq!(PlanItemState::Issued.taken(), Ok(PlanItemState::Executing));
        assert_eq!(PlanItemState::Approved.taken(), Err(AdvanceError::AlreadyInTask));
        let follow = |states: &[T]| {
            states.windows(2).try_fold(PlanItemState::Executing, |item, pair| {
                PlanItemEvent::of_task(pair[0], pair[1]).map_or(Ok(item), |event| item.after(event))
            })
        };
        let two_rounds = [T::Executing, T::PendingReview, T::PendingReview, T::Rejected, T::PendingReview, T::Approved];
        assert_eq!(follow(&two_rounds), Ok(PlanItemState::Approved));
        assert_eq!(follow(&two_rounds[..4]), Ok(PlanItemState::Executing));
        assert_eq!(follow(&[T::Executing, T::Discarded]), Ok(PlanItemState::Issued));
        assert_eq!(follow(&[T::Executing, T::Approved]), Err(AdvanceError::InvalidState));
    }
}
