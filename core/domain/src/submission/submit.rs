//! `task.submitted`: a round is handed in, and its faults are born.

use super::{Manifest, Submission, TaskSubmitted, manifest_hash, missing};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Need, Says},
    fault::FaultEvent,
    result::{FaultText, ResultKey, TaskResult, Verdict},
    task::{ChangesTask, Circumstances, Stamp, Task, TaskError, TaskState},
};

impl Says for TaskSubmitted {
    const KIND: &'static str = "task.submitted";
    const ACTION: Action = Action::SubmitTask;
    const FOOTING: Footing = Footing::Assignment;
    const NEEDS: &'static [Need] = &[Need::PlanItems, Need::Catalogue];

    /// A round answers the decision about the round before it.
    fn answers(&self, task: &Task) -> Option<Stamp> {
        task.reviews.last().map(|review| review.at)
    }
}

impl ChangesTask for TaskSubmitted {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.submissions.iter().any(|held| held.fact == by.fact())
    }

    fn apply(
        self,
        by: &Attribution,
        task: &mut Task,
        around: &Circumstances<'_>,
    ) -> Result<Vec<FaultEvent>, TaskError> {
        let manifest = Manifest::of_text(&self.manifest).ok_or(TaskError::ManifestInvalid)?;
        let expected = task.round + 1;
        if self.round != expected {
            return Err(TaskError::RoundWrong { expected });
        }
        if manifest_hash(&self.manifest) != self.manifest_hash {
            return Err(TaskError::ManifestInvalid);
        }
        let ids = manifest.difference(&Manifest::of(task));
        if !ids.is_empty() {
            return Err(TaskError::ManifestMismatch { ids });
        }
        let missing = missing(task, around);
        if !missing.is_empty() {
            return Err(TaskError::Incomplete { missing });
        }
        task.round = expected;
        task.state = TaskState::PendingReview;
        let (fact, at, manifest_hash) = (by.fact(), by.at, self.manifest_hash);
        task.submissions.push(Submission { fact, at, round: expected, manifest, manifest_hash });
        Ok(found(task))
    }
}

/// What the round says about each of its results.
fn found(task: &Task) -> Vec<FaultEvent> {
    let of = |(key, result): (ResultKey, &TaskResult)| match result.recorded.verdict {
        Verdict::Nonconform => {
            let nothing = FaultText { part: None, defect: None, text: String::new() };
            let description = result.recorded.fault.clone().unwrap_or(nothing);
            FaultEvent::Found { key, item_name: result.recorded.name.clone(), description }
        }
        Verdict::Conform | Verdict::Untestable => FaultEvent::NotFound { key },
    };
    task.answers().map(of).collect()
}
