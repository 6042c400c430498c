//! Group commit: many jobs share one transaction and one sync of the disk. Each job runs in a savepoint.

use super::{StoreError, Tx};

/// Jobs in one commit.
pub(super) const JOBS_MAX: usize = 64;

/// Reports the end of a job to its caller, after the commit.
pub(super) type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs or refuses a job, and returns whether to keep its writes.
pub(super) type Queued = Box<dyn FnOnce(Result<&mut Tx, StoreError>) -> (bool, Answer) + Send>;

/// Runs the jobs in order and commits them together; no caller hears `Ok` before that.
pub(super) fn run(tx: &mut Tx, jobs: Vec<Queued>) {
    let alone = jobs.len() == 1;
    let mut answers = Vec::with_capacity(jobs.len());
    let mut state = tx.control("BEGIN IMMEDIATE");
    for job in jobs {
        if !alone && state.is_ok() {
            state = tx.control("SAVEPOINT job");
        }
        let (keep, answer) = job(state.clone().map(|()| &mut *tx));
        answers.push(answer);
        if state.is_ok() {
            state = end_job(tx, alone, keep);
        }
    }
    if !alone && state.is_ok() {
        state = tx.control("COMMIT");
    }
    if tx.is_open() {
        tx.control("ROLLBACK").ok();
    }
    for answer in answers {
        answer(state.clone());
    }
}

fn end_job(tx: &mut Tx, alone: bool, keep: bool) -> Result<(), StoreError> {
    // A full disk and the like may end the whole transaction: then every job of the group has failed, for that cause.
    let ended = tx.ended.take();
    if !tx.is_open() {
        return Err(ended.unwrap_or_else(|| StoreError::Bug("a job ended the transaction".into())));
    }
    match (alone, keep) {
        (true, true) => tx.control("COMMIT"),
        (true, false) => tx.control("ROLLBACK"),
        (false, true) => tx.control("RELEASE job"),
        (false, false) => tx.control("ROLLBACK TO job").and_then(|()| tx.control("RELEASE job")),
    }
}
