//! The one transaction of a push, in the five steps of the protocol (protocol, "Push").

use super::{
    PushError, aside,
    board::Board,
    candidate::Candidate,
    commitment, decide, gather,
    head::{self, Device},
    judge::judge,
    keep,
    line::{Batch, Line},
    note, park, retry, scope, time,
};
use crate::{
    aggregate,
    device::Sender,
    feed::{self, Publication, publish},
    keys::Keys,
    query::line as kept,
    row, sql,
    store::{StoreError, Tx, json, number, own, stored},
};
use firebee_domain::{
    code::Code,
    id::{Hash, TaskId},
    parked::Choice,
    time::{Previous, Timestamp},
};
use firebee_protocol::{
    push::{FactOutcome, PushReply},
    receipt::{Received, sign_receipt},
    session::{Receipt, Unsent},
};
use std::sync::Arc;

/// A push that is ready to commit. The transaction may run more than once.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) keys: Keys,
    pub(super) sender: Sender,
    pub(super) batch: Arc<Batch>,
    pub(super) unsent: Option<Unsent>,
    /// The server's clock when the transaction began.
    pub(super) now: Timestamp,
}

/// The part of a push that one transaction takes.
#[derive(Clone, Copy)]
pub(super) struct Portion {
    /// The most new lines.
    pub(super) lines_max: usize,
    /// Whether the transaction leaves alone what was received before: facts that waited for those of the portion, and
    /// times that are known better now.
    pub(super) alone: bool,
    /// The code for the first new line, after an attempt to apply that line has failed.
    pub(super) first: Option<Code>,
}

/// The end of a transaction.
pub(super) enum Settled {
    /// The portion is on disk.
    Done(Box<Done>),
    /// The store has sent other bytes under a seq that is taken already.
    Diverged { seq: u64 },
}

/// A portion of a push after its transaction.
pub(super) struct Done {
    pub(super) reply: PushReply,
    /// The tasks whose track can be judged now.
    pub(super) tracks: Vec<TaskId>,
    /// The tasks that changed.
    pub(super) tasks: Vec<TaskId>,
    /// Whether some of the push is left.
    pub(super) more: bool,
    /// Whether it takes something into account that did not count: to be judged now.
    pub(super) adopts: bool,
}

/// Runs the transaction.
pub(super) async fn commit(tx: &mut Tx, mut job: Job, portion: Portion) -> Result<Settled, PushError> {
    let (tasks, projects) = job.batch.named();
    let mut feeds = feed::followers(tx, job.sender.org, &tasks, &projects).await?;
    feeds.insert(job.sender.account);
    feeds.extend(job.batch.sent());
    feeds.extend(job.batch.receivers());
    let read = job.batch.lines.iter().filter_map(|line| line.fact.as_ref());
    feeds.extend(decide::authors(tx, job.sender.org, read).await?);
    feeds.extend(feed::companions(tx, job.sender.org, job.sender.account).await?);
    feeds.extend(feed::unsettled(tx, job.sender.org, job.sender.account, (job.batch.decided(), &tasks)).await?);
    feed::lock(tx, job.sender.org, &feeds).await?;
    let held = head::lock(tx, &job.sender).await?;
    let device = head::device(tx, &job.sender).await?;
    let late = head::is_late(&job.sender, &held, &device)?;
    // Within a store the time of receipt never falls. What the answer tells of the clock may: the phone anchors its own to it.
    let clock = job.now;
    job.now = job.now.max(device.last_received);
    let (job, batch) = (&job, &job.batch);
    if batch.frame.first_seq > device.watermark + 1 {
        return Err(PushError::Gap { expected: device.watermark + 1 });
    }
    let known_count = batch.lines.partition_point(|line| line.seq <= device.watermark);
    let (known, new) = batch.lines.split_at_checked(known_count).unwrap_or((&batch.lines, &[]));
    let mut outcomes = match compare(tx, job, known).await? {
        Ok(outcomes) => outcomes,
        Err(seq) => {
            head::check_own(tx, job.sender.org, &device, batch).await?;
            let from = batch.lines.partition_point(|line| line.seq < seq);
            let rest = batch.lines.get(from..).unwrap_or_default();
            keep::conflicts(tx, (job.sender.org, job.sender.store_id), rest, job.now).await?;
            aside::take(tx, &job.sender, rest, job.now).await?;
            return Ok(Settled::Diverged { seq });
        }
    };
    let chains = head::check(tx, job.sender.org, &device, batch, new).await?;
    let new = new.get(..portion.lines_max).unwrap_or(new);
    let late_through = if late { u64::MAX } else { device.late_through };
    let device = Device { late_through, ..device };
    let applied = apply(tx, job, portion, &device, &chains, new).await?;
    let receipt = settle(tx, job, &device, &applied).await?;
    let more = applied.watermark < batch.last_seq();
    let adopts = applied.adopts;
    outcomes.extend(applied.outcomes);
    let reply = PushReply {
        acked_through: applied.watermark,
        durable_through: applied.watermark,
        results: outcomes,
        epoch: held.epoch,
        fenced: late,
        feed_head: applied.feed_head.unwrap_or(held.feed_head),
        server_ms: clock,
        receipt,
    };
    Ok(Settled::Done(Box::new(Done { reply, tracks: applied.tracks, tasks: applied.tasks, more, adopts })))
}

/// Step 3, below the watermark. A line that equals the one that was kept gets its stored outcome again. An error is the
/// seq of the first line that differs: from there the caller keeps all lines aside and answers nothing for them.
async fn compare(tx: &mut Tx, job: &Job, known: &[Line]) -> Result<Result<Vec<FactOutcome>, u64>, StoreError> {
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return Ok(Ok(Vec::new())) };
    let (org, store) = (job.sender.org, job.sender.store_id);
    let kept = kept::range(tx, org, store, first.seq, last.seq).await?;
    if let Some((odd, _)) = known.iter().zip(&kept).find(|(line, kept)| line.bytes != kept.bytes) {
        return Ok(Err(odd.seq));
    }
    let mut codes = kept::outcomes(tx, org, store, first.seq, last.seq).await?;
    let mut stored = |line: &Line| Some(FactOutcome { seq: line.seq, id: line.id(), code: codes.remove(&line.seq)? });
    Ok(Ok(known.iter().filter_map(&mut stored).collect()))
}

/// The effects of the new lines.
struct Applied {
    outcomes: Vec<FactOutcome>,
    watermark: u64,
    chain: Hash,
    previous: Option<Previous>,
    feed_head: Option<u64>,
    tracks: Vec<TaskId>,
    tasks: Vec<TaskId>,
    grew: bool,
    adopts: bool,
}

/// Steps 4 and 5, above the watermark: keeps the raw lines, judges the facts, writes tasks and documents.
async fn apply(
    tx: &mut Tx,
    job: &Job,
    portion: Portion,
    device: &Device,
    chains: &[Hash],
    new: &[Line],
) -> Result<Applied, StoreError> {
    let (sender, now) = (&job.sender, job.now);
    let own = (sender.org, sender.store_id);
    let watermark = new.last().map_or(device.watermark, |line| line.seq);
    let chain = new.len().checked_sub(1).and_then(|last| chains.get(last)).copied().unwrap_or(device.chain);
    let mut fresh: Vec<Candidate<'_>> =
        new.iter().map(|line| Candidate::of_line(line, sender.store_id, sender.account, now)).collect();
    if let (Some(first), Some(code)) = (fresh.first_mut(), portion.first) {
        first.code = Some(code);
    }
    for candidate in &mut fresh {
        candidate.late = candidate.seq <= device.late_through;
    }
    keep::push(tx, sender, &job.batch, new, now).await?;
    keep::facts(tx, new, &mut fresh, sender).await?;
    keep::announce(tx, sender, (new, &fresh), now).await?;
    let mut board = Board::new(sender.org, now);
    let ceilings = commitment::compare(tx, own, new, chains).await?;
    let mut next = time::Next {
        org: sender.org,
        store: sender.store_id,
        keys: &job.keys,
        floor: device.floor,
        claims: time::claims_ahead(tx, own, device.watermark).await?,
        previous: device.previous,
        ceilings: &ceilings,
    };
    let fresh_anchors = time::place(tx, sender.org, &mut fresh, Some(&mut next)).await?;
    fold(tx, &mut board, &mut fresh).await?;
    let mut again = Vec::new();
    if !portion.alone {
        let tightened = time::tighten(tx, &next, &fresh_anchors, device.watermark).await?;
        gather::tasks(tx, &mut board, &[], tightened.iter().map(|new| new.task)).await?;
        time::restamp(&mut board, &tightened);
        again = retry::waiting(tx, sender.org, board.ledger.changed()).await?;
        if !again.is_empty() {
            time::place(tx, sender.org, &mut again, None).await?;
            fold(tx, &mut board, &mut again).await?;
        }
    }
    let tasks = board.ledger.changed().collect();
    keep::outcomes(tx, sender.org, &fresh).await?;
    let outcome = |candidate: &Candidate<'_>| {
        let code = candidate.code?.into();
        Some(FactOutcome { seq: candidate.seq, id: candidate.fact.as_deref().map(|fact| fact.id), code })
    };
    let outcomes = fresh.iter().filter_map(outcome).collect();
    let adopts = board.decided.iter().any(|(choice, ..)| *choice == Choice::Adopted);
    let (publications, tracks) = project(tx, &mut board, [&fresh, &again]).await?;
    let feed_head = deliver(tx, sender, publications).await?;
    let (previous, grew) = (next.previous, !new.is_empty());
    Ok(Applied { outcomes, watermark, chain, previous, feed_head, tracks, tasks, grew, adopts })
}

/// Writes the board, and the quarantine that the candidates leave behind. Returns the documents, and the tasks whose
/// track can be judged now.
pub(super) async fn project(
    tx: &mut Tx,
    board: &mut Board,
    judged: [&[Candidate<'_>]; 2],
) -> Result<(Vec<Publication>, Vec<TaskId>), StoreError> {
    let (mut publications, tracks) = aggregate::write(tx, &mut board.ledger).await?;
    publications.extend(decide::write(tx, board).await?);
    for candidates in judged {
        publications.extend(park::write(tx, board, candidates).await?);
        note::keep(tx, board.ledger.org, candidates).await?;
    }
    Ok((publications, tracks))
}

/// Loads what the candidates name and judges them in their order.
pub(super) async fn fold(tx: &mut Tx, board: &mut Board, candidates: &mut [Candidate<'_>]) -> Result<(), StoreError> {
    gather::load(tx, board, candidates).await?;
    for candidate in candidates.iter_mut() {
        let floor = scope::floor(board, candidate);
        candidate.time = floor.map_or(candidate.time, |floor| candidate.time.not_before(floor));
    }
    gather::numbers(tx, board, candidates).await?;
    for candidate in candidates.iter_mut() {
        if candidate.open_fact().is_some() {
            candidate.code = judge(board, candidate).err();
        }
    }
    Ok(())
}

/// Publishes the documents. Returns the new head of the sender's feed, or `None` when the feed did not move.
async fn deliver(tx: &mut Tx, sender: &Sender, publications: Vec<Publication>) -> Result<Option<u64>, StoreError> {
    let published = publish(tx, sender.org, publications).await?;
    let own = published.iter().flat_map(|done| &done.feed).filter(|(account, _)| *account == sender.account);
    Ok(own.map(|(_, feed_seq)| *feed_seq).max())
}

/// Writes the store's new watermark, and signs the receipt of this commit. A push without new lines gets the stored
/// receipt again.
async fn settle(tx: &mut Tx, job: &Job, device: &Device, applied: &Applied) -> Result<Receipt, StoreError> {
    let (org, store) = (job.sender.org, job.sender.store_id);
    // The phone counted before it sent this push.
    let left = job.batch.frame.head.seq.saturating_sub(applied.watermark);
    let unsent = job.unsent.map(|unsent| (unsent.facts.min(left), unsent.blobs));
    let moved = sql!(
        "UPDATE device_store SET watermark = ?3, chain = ?4, last_seen_ms = ?5,
                last_boot = ?8, last_boot_ms = ?9, last_said_ms = ?10,
                unsent_facts = COALESCE(?6, unsent_facts), unsent_blobs = COALESCE(?7, unsent_blobs)
         WHERE org = ?1 AND store_id = ?2"
    );
    let (facts, blobs) = unsent.map_or((None, None), |(facts, blobs)| (Some(facts), Some(blobs)));
    let args = row![
        org,
        &store,
        stored(applied.watermark)?,
        &applied.chain,
        job.now,
        facts.map(stored).transpose()?,
        blobs.map(stored).transpose()?,
        applied.previous.as_ref().map(|previous| &previous.boot_id),
        applied.previous.map(|previous| previous.boot_ms),
        applied.previous.map(|previous| previous.earliest)
    ];
    tx.execute(moved, &args).await?;
    let journal = &job.batch.frame.head;
    // Facts that are here need no commitment: a phone that lost an answer sends old lines under its old head.
    if journal.seq > job.batch.last_seq() && journal.seq > applied.watermark {
        commitment::note(tx, (org, store), journal, job.now).await?;
    }
    if applied.watermark > device.watermark && applied.watermark == job.batch.last_seq() {
        let keep = sql!(
            "INSERT INTO head_signature (org, store_id, seq, sig) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (org, store_id, seq) DO NOTHING"
        );
        tx.execute(keep, &row![org, &store, stored(applied.watermark)?, &job.batch.signature]).await?;
    }
    receipt(tx, job, applied).await
}

async fn receipt(tx: &mut Tx, job: &Job, applied: &Applied) -> Result<Receipt, StoreError> {
    let (org, store) = (job.sender.org, job.sender.store_id);
    let last = sql!("SELECT body, seq FROM receipt WHERE org = ?1 AND store_id = ?2 ORDER BY seq DESC LIMIT 1");
    let last = tx.query_opt(last, &row![org, &store]).await?;
    if let Some(row) = last.as_ref().filter(|_| !applied.grew)
        && number(row.get(1)?)? == applied.watermark
    {
        return own(row.get(0)?);
    }
    let received = Received {
        incarnation: job.keys.incarnation,
        store,
        seq: applied.watermark,
        chain: applied.chain,
        received: job.now,
    };
    let receipt = sign_receipt(&job.keys.signing, &received);
    let keep =
        sql!("INSERT INTO receipt (org, store_id, seq, chain, received_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    let (seq, body) = (stored(received.seq)?, json(&receipt)?);
    tx.execute(keep, &row![org, &store, seq, &received.chain, received.received, &body]).await?;
    Ok(receipt)
}
