//! `task.submitted`: a round is handed in, and its faults are born.

use super::{Manifest, Submission, TaskSubmitted, manifest_hash, missing};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Need, Says},
    fault::{Fault, FaultState, fault_id},
    result::{FaultText, TaskResult, Verdict},
    task::{ChangesTask, Circumstances, Task, TaskError, TaskState},
};

impl Says for TaskSubmitted {
    const KIND: &'static str = "task.submitted";
    const ACTION: Action = Action::SubmitTask;
    const FOOTING: Footing = Footing::Assignment;
    const NEEDS: &'static [Need] = &[Need::PlanItems, Need::Catalogue];
}

impl ChangesTask for TaskSubmitted {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.submissions.iter().any(|held| held.fact == by.fact())
    }

    fn apply(self, by: &Attribution, task: &mut Task, around: &Circumstances<'_>) -> Result<(), TaskError> {
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
        let missing = missing(task, around.catalogue);
        if !missing.is_empty() {
            return Err(TaskError::Incomplete { missing });
        }
        task.faults = faults_after(task);
        task.round = expected;
        task.state = TaskState::PendingReview;
        let (fact, at, manifest_hash) = (by.fact(), by.at, self.manifest_hash);
        task.submissions.push(Submission { fact, at, round: expected, manifest, manifest_hash });
        Ok(())
    }
}

/// The faults of the new round: one for each current result that does not conform, the same as in the round
/// before and unhandled again; those whose result now conforms are withdrawn.
fn faults_after(task: &Task) -> Vec<Fault> {
    let failing = |result: &&TaskResult| result.recorded.verdict == Verdict::Nonconform;
    let mut faults: Vec<Fault> = task.current_results().filter(failing).map(|result| born(task, result)).collect();
    let gone = task.faults.iter().filter(|old| !faults.iter().any(|new| new.id == old.id)).cloned();
    let withdrawn: Vec<Fault> = gone.map(|old| Fault { state: FaultState::Withdrawn, ..old }).collect();
    faults.extend(withdrawn);
    faults.sort_by_key(|fault| fault.id);
    faults
}

fn born(task: &Task, result: &TaskResult) -> Fault {
    let nothing = FaultText { part: None, defect: None, text: String::new() };
    Fault {
        id: fault_id(task.id, result.key),
        key: result.key,
        description: result.recorded.fault.clone().unwrap_or(nothing),
        state: FaultState::Unhandled,
        handlings: Vec::new(),
    }
}
