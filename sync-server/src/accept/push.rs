//! `accept::push`: takes the bytes of a push and answers when the facts would survive a power cut.

use super::{
    Encoding, PushError,
    commit::{Done, Job, Portion, Settled, commit},
    decode::decode,
    line, rejudge,
    relearn::adopt,
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
use std::{collections::BTreeSet, sync::Arc};

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

impl PushRequest {
    /// How many lines a plain body has behind its frame.
    pub fn facts(&self) -> u64 {
        memchr::memchr_iter(b'\n', &self.body).count().saturating_sub(1) as u64
    }
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
const ALL: Portion = Portion { lines_max: usize::MAX, alone: false, first: None };
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
    let batch = Arc::new(line::read(body, sender).await?);
    let job = Job { keys: keys.clone(), sender: *sender, batch, unsent: request.unsent, now: clock.now() };
    let mut collisions = 0;
    let settled = loop {
        match run(store, &job, clock, ALL).await {
            Err(PushError::Store(StoreError::Unique(_))) if collisions < COLLISIONS_MAX => collisions += 1,
            Err(PushError::Store(error)) if is_of_a_fact(&error) => {
                break in_portions(store, &job, clock, &error).await?;
            }
            other => break other?,
        }
    };
    match settled {
        Settled::Done(done) => {
            let mut tracks = done.tracks;
            if done.adopts {
                // The decision is on disk. What is left undone here, the next start of a server does.
                tracks.extend(adopt(store, job.sender.org, clock.now()).await?);
            }
            Ok(Pushed { reply: done.reply, tracks })
        }
        Settled::Diverged { seq } => Err(PushError::Diverged { seq }),
    }
}

async fn run(store: &Store, job: &Job, clock: &Clock, portion: Portion) -> Result<Settled, PushError> {
    let (job, clock) = (job.clone(), clock.clone());
    let commit = async move |tx: &mut Tx| commit(tx, Job { now: clock.now(), ..job }, portion).await;
    store.write("push", commit).await
}

/// Whether a fact may have caused the error. A lost disk or connection is no fact's fault.
pub(super) const fn is_of_a_fact(error: &StoreError) -> bool {
    matches!(error, StoreError::Unique(_) | StoreError::Constraint(_) | StoreError::Bug(_))
}

/// Takes the push again, in portions that shrink around a fact that cannot be applied, and grow behind it. Such a fact
/// goes into quarantine and delays no other, whether it came with this push or waited for it.
async fn in_portions(store: &Store, job: &Job, clock: &Clock, cause: &StoreError) -> Result<Settled, PushError> {
    tracing::warn!(error = %cause, "a push could not be applied as a whole and is applied in portions");
    let (mut tracks, mut late, mut adopts) = (Vec::new(), BTreeSet::new(), false);
    let mut lines_max = (job.batch.lines.len() / 2).max(1);
    loop {
        let portion = Portion { lines_max, ..ALL };
        let settled = match run(store, job, clock, portion).await {
            Err(PushError::Store(error)) if is_of_a_fact(&error) && lines_max > 1 => {
                lines_max /= 2;
                continue;
            }
            Err(PushError::Store(error)) if is_of_a_fact(&error) => alone(store, job, clock, &mut late).await?,
            other => other?,
        };
        let Settled::Done(mut done) = settled else { return Ok(settled) };
        tracks.append(&mut done.tracks);
        adopts |= done.adopts;
        if !done.more {
            tracks.extend(rejudge::joined(store, job.sender.org, late, clock.now()).await?);
            return Ok(Settled::Done(Box::new(Done { tracks, adopts, ..*done })));
        }
        lines_max = lines_max.saturating_mul(2).min(job.batch.lines.len().max(1));
    }
}

/// Takes the next fact by itself. What waited for it is judged later, because one of these may be what cannot be applied;
/// the tasks that the fact changed are added to `late`. A fact that even so cannot be applied is quarantined.
async fn alone(store: &Store, job: &Job, clock: &Clock, late: &mut BTreeSet<TaskId>) -> Result<Settled, PushError> {
    let portion = Portion { lines_max: 1, alone: true, first: None };
    let settled = match run(store, job, clock, portion).await {
        Err(PushError::Store(error)) if is_of_a_fact(&error) => {
            rejudge::tell(&error);
            run(store, job, clock, Portion { first: Some(Code::ApplyFailed), ..portion }).await?
        }
        other => other?,
    };
    if let Settled::Done(done) = &settled {
        late.extend(&done.tasks);
    }
    Ok(settled)
}
