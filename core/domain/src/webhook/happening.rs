//! What a webhook can be told.

use crate::{fault::FaultState, task::TaskState};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One kind of event, as its word in a message.
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
pub enum Happening {
    /// A task was handed in.
    #[serde(rename = "task.submitted")]
    #[strum(serialize = "task.submitted")]
    TaskSubmitted,
    /// A task was approved.
    #[serde(rename = "task.approved")]
    #[strum(serialize = "task.approved")]
    TaskApproved,
    /// A task was rejected.
    #[serde(rename = "task.rejected")]
    #[strum(serialize = "task.rejected")]
    TaskRejected,
    /// A fault was found.
    #[serde(rename = "fault.found")]
    #[strum(serialize = "fault.found")]
    FaultFound,
    /// A fault was resolved.
    #[serde(rename = "fault.resolved")]
    #[strum(serialize = "fault.resolved")]
    FaultResolved,
    /// A report was generated, or uploaded.
    #[serde(rename = "report.made")]
    #[strum(serialize = "report.made")]
    ReportMade,
    /// A report was filed.
    #[serde(rename = "report.filed")]
    #[strum(serialize = "report.filed")]
    ReportFiled,
}

impl Happening {
    /// What has happened to a task between two states; `None` before is a task that begins.
    #[must_use]
    pub fn of_task(before: Option<TaskState>, after: TaskState) -> Option<Self> {
        match after {
            _ if before == Some(after) => None,
            TaskState::PendingReview => Some(Self::TaskSubmitted),
            TaskState::Approved => Some(Self::TaskApproved),
            TaskState::Rejected => Some(Self::TaskRejected),
            TaskState::Executing | TaskState::Discarded => None,
        }
    }

    /// What has happened to a fault between two states; `None` before is a fault that was not there.
    #[must_use]
    pub fn of_fault(before: Option<FaultState>, after: FaultState) -> Option<Self> {
        match (before, after) {
            (Some(before), after) if before == after => None,
            (_, FaultState::Resolved) => Some(Self::FaultResolved),
            (None, _) => Some(Self::FaultFound),
            (Some(_), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_state_that_stays_is_no_event() {
        let task = |before, after| Happening::of_task(before, after);
        assert_eq!(task(Some(TaskState::Executing), TaskState::PendingReview), Some(Happening::TaskSubmitted));
        assert_eq!(task(Some(TaskState::PendingReview), TaskState::PendingReview), None);
        assert_eq!(task(None, TaskState::Executing), None);
        assert_eq!(task(Some(TaskState::PendingReview), TaskState::Rejected), Some(Happening::TaskRejected));
        let fault = |before, after| Happening::of_fault(before, after);
        assert_eq!(fault(None, FaultState::Unhandled), Some(Happening::FaultFound));
        assert_eq!(fault(Some(FaultState::Resolving), FaultState::Resolved), Some(Happening::FaultResolved));
        assert_eq!(fault(Some(FaultState::Unhandled), FaultState::Resolving), None);
    }

    #[test]
    fn r_388_an_event_is_one_word_in_a_message_and_in_a_column() {
        for event in Happening::VARIANTS {
            assert_eq!(serde_json::to_value(event).unwrap(), <&str>::from(event));
        }
    }
}
