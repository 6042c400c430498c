//! `task.submitted`: a round is handed in, and its faults are born.

use super::{Manifest, Submission, manifest_hash, missing};
use crate::{
    fault::{Fault, FaultState, fault_id},
    result::{FaultText, TaskResult, Verdict},
    task::{Circumstances, SubmittedManifest, Task, TaskError, TaskFact, TaskState},
};

/// Applies a submission to an editable task.
pub(crate) fn submit(
    task: &mut Task,
    fact: &TaskFact,
    handed_in: &SubmittedManifest,
    around: &Circumstances<'_>,
) -> Result<(), TaskError> {
    let submitted = &handed_in.submitted;
    let expected = task.round + 1;
    if submitted.round != expected {
        return Err(TaskError::RoundWrong { expected });
    }
    if manifest_hash(&submitted.manifest) != submitted.manifest_hash {
        return Err(TaskError::ManifestInvalid);
    }
    let ids = handed_in.manifest.difference(&Manifest::of(task));
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
    task.submissions.push(Submission {
        fact: fact.id,
        at: fact.at,
        round: expected,
        manifest: handed_in.manifest.clone(),
        manifest_hash: submitted.manifest_hash,
    });
    Ok(())
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
