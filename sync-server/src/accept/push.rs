//! `accept::push`: takes the bytes of a push and answers when the facts would survive a power cut.

use super::{
    Encoding, PushError,
    commit::{Job, Portion, Settled, commit},
    decode::decode,
    line,
};
use crate::{
    clock::Clock,
    device::Sender,
    keys::Keys,
    store::{Store, StoreError, Tx},
};
use bytes::Bytes;
use firebee_domain::{code::Code, id::TaskId};
use firebee_protocol::{push::PushReply, session::Unsent};
use std::sync::Arc;

/// A push as it came in.
#[derive(Clone, Debug)]
pub struct PushRequest {
    /// The body.
    pub body: Bytes,
    /// How it is packed.
    pub encoding: Encoding,
    /// The unsent counts that the device reports.
    pub unsent: Option<Unsent>,
}

/// A push after its commit.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// The answer.
    pub reply: PushReply,
    /// The tasks whose track can be compared with the fence now; for [`judge_coverage`](crate::coverage::judge_coverage()).
    pub tracks: Vec<TaskId>,
}

/// The whole push in one transaction, which is the usual case.
const ALL: Portion = Portion { lines_max: usize::MAX, first: None };
/// When two pushes insert the same unique row, the loser begins again, at most this often.
const COLLISIONS_MAX: u32 = 3;

/// Takes a push: keeps every line, applies the facts that count, commits with fsync, and answers with a receipt.
///
/// The server reads its clock when the transaction begins, after the whole body has arrived. That instant is
/// the latest end of every new bound.
///
/// # Errors
/// As [`PushError`] says. Only `Diverged` writes something: the lines from the first difference on.
pub async fn push(
    store: &Store,
    keys: &Keys,
    sender: &Sender,
    request: &PushRequest,
    clock: &Clock,
) -> Result<Pushed, PushError> {
    let body = decode(&request.body, request.encoding)?;
    let batch = Arc::new(line::read(body, sender)?);
    let job = Job { keys: keys.clone(), sender: *sender, batch, unsent: request.unsent, now: clock.now() };
    let mut collisions = 0;
    let settled = loop {
        match run(store, &job, clock, ALL).await {
            Err(PushError::Store(StoreError::Unique(_))) if collisions < COLLISIONS_MAX => collisions += 1,
            Err(PushError::Store(error)) if is_of_a_fact(&error) => {
                break one_by_one(store, &job, clock, &error).await?;
            }
            other => break other?,
        }
    };
    match settled {
        Settled::Done(reply, tracks) => Ok(Pushed { reply: *reply, tracks }),
        Settled::Diverged { seq } => Err(PushError::Diverged { seq }),
    }
}

async fn run(store: &Store, job: &Job, clock: &Clock, portion: Portion) -> Result<Settled, PushError> {
    let (job, clock) = (job.clone(), clock.clone());
    let commit = async move |tx: &mut Tx| commit(tx, Job { now: clock.now(), ..job }, portion).await;
    store.write("push", commit).await
}

/// Whether a fact may have caused the error. A lost disk or connection is no fact's fault.
const fn is_of_a_fact(error: &StoreError) -> bool {
    matches!(error, StoreError::Unique(_) | StoreError::Constraint(_) | StoreError::Bug(_))
}

/// Takes the push again, fact by fact. A fact that cannot be applied goes into quarantine and delays no other.
async fn one_by_one(store: &Store, job: &Job, clock: &Clock, cause: &StoreError) -> Result<Settled, PushError> {
    tracing::warn!(error = %cause, "a push could not be applied as a whole and is applied fact by fact");
    let (mut through, mut tracks) = (0, Vec::new());
    loop {
        let one = Portion { lines_max: 1, first: None };
        let settled = match run(store, job, clock, one).await {
            Err(PushError::Store(error)) if is_of_a_fact(&error) => {
                tracing::error!(code = %Code::ApplyFailed, error = %error, "a fact could not be applied and is quarantined");
                metrics::counter!("firebee_apply_failed_total").increment(1);
                run(store, job, clock, Portion { first: Some(Code::ApplyFailed), ..one }).await?
            }
            other => other?,
        };
        let Settled::Done(reply, new) = settled else { return Ok(settled) };
        tracks.extend(new);
        if reply.acked_through >= job.batch.last_seq() || reply.acked_through == through {
            return Ok(Settled::Done(reply, tracks));
        }
        through = reply.acked_through;
    }
}
