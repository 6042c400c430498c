//! Whether a plan can be deleted.

use super::{Plan, PlanItemState};
use crate::code::Code;

/// Why a plan is not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// somebody must take the issued items back first, and discard their tasks before that (R-117a).
    #[error("the plan has issued items")]
    PlanHasIssuedItems,
    /// R-117b: submitted and approved work stays.
    #[error("the plan has submitted tasks")]
    PlanHasSubmittedTasks,
}

impl DeleteError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::PlanHasIssuedItems => Code::PlanHasIssuedItems,
            Self::PlanHasSubmittedTasks => Code::PlanHasSubmittedTasks,
        }
    }
}

/// R-116 to R-117b: whether a plan can be deleted. It can while nothing of it is issued.
pub fn check_delete(plan: &Plan) -> Result<(), DeleteError> {
    match plan.items.iter().map(|item| item.state).max() {
        None | Some(PlanItemState::NotIssued) => Ok(()),
        Some(PlanItemState::Issued | PlanItemState::Executing) => Err(DeleteError::PlanHasIssuedItems),
        Some(PlanItemState::Submitted | PlanItemState::Approved) => Err(DeleteError::PlanHasSubmittedTasks),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixture::{in_task, issued, plan},
            recall,
        },
        *,
    };
    use crate::task::TaskState;

    /// R-117a, R-117b: task, then items, then plan; nothing that was submitted.
    #[test]
    fn r_116_r_117_a_plan_goes_after_its_tasks_and_issued_items() {
        assert_eq!(check_delete(&plan()), Ok(()));
        let mut plan = issued();
        let ids: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        assert_eq!(check_delete(&plan), Err(DeleteError::PlanHasIssuedItems));
        in_task(&mut plan, &ids[..1], TaskState::Executing);
        assert_eq!(check_delete(&plan), Err(DeleteError::PlanHasIssuedItems));
        in_task(&mut plan, &ids[..1], TaskState::PendingReview);
        assert_eq!(check_delete(&plan), Err(DeleteError::PlanHasSubmittedTasks));
        in_task(&mut plan, &ids[..1], TaskState::Rejected);
        in_task(&mut plan, &ids[..1], TaskState::Discarded);
        recall(&mut plan, &ids).unwrap();
        assert_eq!(check_delete(&plan), Ok(()));
    }
}
