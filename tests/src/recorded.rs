//! What a person says on a phone's screens.

use firebee_client::work::task::RecordResult;
use firebee_domain::{
    id::{PlanItemId, TaskId},
    result::Verdict,
};

/// An answer that any item takes: it could not be tested.
pub fn untestable(task: TaskId, item: PlanItemId) -> RecordResult {
    RecordResult {
        task,
        item,
        ordinal: 1,
        position: None,
        variant: None,
        values: Vec::new(),
        verdict: Verdict::Untestable,
        override_reason: None,
        untestable_reason: Some("locked".into()),
        untestable_code: None,
        fault: None,
        photos: Vec::new(),
        instrument: None,
    }
}
