//! Drives the push lane: reads lines, signs the head, sends, and keeps what the receipt covers.

use super::super::{
    batch::{Batch, BatchError},
    inner::{Inner, Lane, Turn},
    note::{self, AnchorNeed},
    push::{Acked, Ours, PushAsk, PushLane, PushView, Sent, Window},
};
use crate::{
    changes::Change,
    journal::{FactLine, JournalError, Marks, Session},
    ports::{Body, Method, Request},
    session::{Answer, Auth, Failure},
};
use firebee_protocol::{encode::to_base64, fact::DeviceNote, push::PushReply, session::Capabilities, sign::head_text};
use std::sync::atomic::Ordering;

/// An anchor note is recorded at most this often.
const NOTE_EVERY_MS: i64 = 3_600_000;

/// One turn.
pub(in super::super) async fn turn(inner: &Inner) -> Turn {
    let mut lane = inner.push.lock().await;
    let turn = step(inner, &mut lane).await;
    inner.post(Lane::Push, turn, lane.standing().failure());
    turn
}

async fn step(inner: &Inner, lane: &mut PushLane) -> Turn {
    let view = match inner.view(lane.standing_mut(), view) {
        Ok(view) => view,
        Err(rest) => return rest,
    };
    match Turn::of(lane.next(&view, inner.now_ms())) {
        Err(rest) => rest,
        Ok(PushAsk::ReadAgain) => {
            read_again(inner, lane).await;
            Turn::Worked
        }
        Ok(PushAsk::Facts(window)) => {
            push(inner, lane, &view, window).await;
            Turn::Worked
        }
    }
}

fn view(inner: &Inner) -> Result<PushView, Failure> {
    let journal = &inner.core.journal;
    inner.server.signed_in()?;
    journal.read("push_view", |rows| {
        let head_seq = rows.head(journal.identity())?.seq;
        Ok(PushView { head_seq, acked_through: rows.marks()?.acked_through })
    })
}

/// A push that is ready to go.
struct Ready {
    sent: Sent,
    session: Session,
    request: Request,
}

async fn push(inner: &Inner, lane: &mut PushLane, view: &PushView, window: Window) {
    let prepared = match anchor(inner, lane, window).await {
        Ok(()) => prepare(inner, lane, window),
        Err(failure) => Err(failure),
    };
    let ready = match prepared {
        Ok(ready) => ready,
        Err(failure) => return lane.on_failure(None, failure, view, inner.now_ms()),
    };
    inner.link().push_began();
    let result = inner.server.ask(ready.request.clone()).await;
    inner.link().push_ended();
    inner.link_free.notify_waiters();
    match result.and_then(|answer| answer.json::<PushReply>().map(|reply| (answer, reply))) {
        Ok((answer, reply)) => {
            if let Err(failure) = settle(inner, lane, &ready, &answer, &reply) {
                lane.on_failure(None, failure, view, inner.now_ms());
            }
        }
        Err(failure) => lane.on_failure(Some(&ready.sent), failure, view, inner.now_ms()),
    }
}

/// Facts of this boot that were recorded before the server was met get an anchor to be bounded by.
async fn anchor(inner: &Inner, lane: &mut PushLane, window: Window) -> Result<(), Failure> {
    let server = &inner.server;
    let now = server.core.ports.clock.now();
    let noted_ms = inner.noted_ms.load(Ordering::Acquire);
    if noted_ms <= now.boot_ms && now.boot_ms.saturating_sub(noted_ms) < NOTE_EVERY_MS {
        return Ok(());
    }
    let (lines, known) = server.core.journal.read::<_, JournalError>("anchor_need", |rows| {
        Ok((rows.lines_from(window.first_seq, window.facts_max, window.bytes_max)?, rows.anchor()?))
    })?;
    let anchor = match note::anchor_need(&lines, known, &now) {
        AnchorNeed::None => return Ok(()),
        AnchorNeed::Note(anchor) => anchor,
        AnchorNeed::Meet => {
            let request = Request {
                method: Method::Get,
                path: "/v1/capabilities".to_owned(),
                headers: Vec::new(),
                body: Body::Empty,
            };
            let answer = server.send(request, Auth::Stranger).await?;
            let capabilities: Capabilities = answer.json()?;
            lane.set_limits(capabilities.limits);
            let Some(anchor) = answer.anchor(capabilities.server_ms) else { return Ok(()) };
            server.core.journal.write::<_, JournalError>("anchor", |tx| tx.put_anchor(&anchor))?;
            anchor
        }
    };
    note::record(server, DeviceNote::Anchor { anchor })?;
    inner.noted_ms.store(now.boot_ms, Ordering::Release);
    Ok(())
}

fn prepare(inner: &Inner, lane: &PushLane, window: Window) -> Result<Ready, Failure> {
    let server = &inner.server;
    let session = server.signed_in()?;
    let mut lines = server.core.journal.read::<_, JournalError>("push_lines", |rows| {
        rows.lines_from(window.first_seq, window.facts_max, window.bytes_max)
    })?;
    let wire_max = lane.limits().wire_bytes_max as usize;
    loop {
        let (sent, body) = pack(inner, &session, &lines)?;
        if body.len() > wire_max && lines.len() > 1 {
            lines.truncate(lines.len() / 2);
            continue;
        }
        let marks = Marks { sent_through: sent.last_seq, ..Marks::default() };
        server.core.journal.write::<_, JournalError>("sent", |tx| tx.raise_marks(marks))?;
        let headers = [("content-type", "application/x-ndjson"), ("content-encoding", "zstd")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request =
            Request { method: Method::Post, path: "/v1/push".to_owned(), headers, body: Body::Bytes(body.into()) };
        return Ok(Ready { sent, session, request });
    }
}

/// The body with its head signature; the signature covers the last line, so fewer lines are signed anew.
fn pack(inner: &Inner, session: &Session, lines: &[FactLine]) -> Result<(Sent, Vec<u8>), Failure> {
    let server = &inner.server;
    let identity = server.core.journal.identity();
    let (first, last) = lines.first().zip(lines.last()).ok_or_else(|| Failure::of("journal_unavailable"))?;
    let chain = server
        .core
        .journal
        .read("push_chain", |rows| rows.chain_at(identity, last.seq)?.ok_or_else(|| Failure::of("storage_damaged")))?;
    let text = head_text(identity.store_id, last.seq, chain);
    let sig = to_base64(&server.core.ports.signer.sign(&identity.key_alias, &text)?);
    let batch = Batch { store: identity.store_id, epoch: session.epoch, lines };
    let body = batch.compress(Some(sig)).map_err(|error| {
        Failure::of(match error {
            BatchError::Collected => "lost_on_server",
            BatchError::Empty | BatchError::Compressor => "storage_failed",
        })
    })?;
    Ok((Sent { first_seq: first.seq, last_seq: last.seq, bytes: batch.bytes() }, body))
}

/// Keeps what the answer makes true, in one transaction, if its receipt holds.
fn settle(
    inner: &Inner,
    lane: &mut PushLane,
    ready: &Ready,
    answer: &Answer,
    reply: &PushReply,
) -> Result<(), Failure> {
    let journal = &inner.core.journal;
    let identity = journal.identity();
    let pinned = ready.session.server_key.clone().zip(ready.session.incarnation);
    let (server_key, incarnation) = pinned.ok_or_else(|| Failure::of("sign_in_again"))?;
    let seq = reply.receipt.seq;
    let chain = journal.read::<_, JournalError>("receipt_chain", |rows| rows.chain_at(identity, seq))?;
    let ours = Ours { server_key, incarnation, store: identity.store_id, chain };
    let Some(acked) = lane.on_reply(&ready.sent, reply, &ours, inner.now_ms()) else { return Ok(()) };
    keep(inner, &acked, answer.anchor(reply.server_ms).as_ref())?;
    // The high water is a hint; what fails here fails again, louder, when the next fact is recorded.
    let _ = journal.note_high_water();
    inner.core.changes.tell(Change::Sync);
    inner.wake_blobs.notify_one();
    if inner.pulled_head.load(Ordering::Acquire) != reply.feed_head {
        inner.want_pull();
    }
    Ok(())
}

fn keep(inner: &Inner, acked: &Acked, anchor: Option<&firebee_domain::time::Anchor>) -> Result<(), Failure> {
    let receipt = serde_json::to_string(&acked.receipt).map_err(|_| Failure::of("receipt_invalid"))?;
    inner.core.journal.write::<_, JournalError>("acked", |tx| {
        tx.raise_marks(acked.marks)?;
        tx.put_receipt(acked.receipt.seq, acked.receipt.received_ms, &receipt)?;
        for (seq, code) in &acked.parked {
            tx.park(*seq, code)?;
        }
        anchor.map_or(Ok(()), |anchor| tx.put_anchor(anchor))
    })?;
    Ok(())
}

/// The server's chain is another one: every line is hashed again.
async fn read_again(inner: &Inner, lane: &mut PushLane) {
    let server = inner.server.clone();
    let watermark = lane.doubted_watermark().unwrap_or(0);
    let read = Inner::blocking(move || {
        let identity = server.core.journal.identity();
        server
            .core
            .journal
            .read("read_again", |rows| Ok((rows.verify_all(identity)?.is_ok(), rows.chain_at(identity, watermark)?)))
    });
    match read.await {
        Ok((holds, chain)) => lane.on_read_again(holds, chain, inner.now_ms()),
        Err(failure) => lane.standing_mut().failed(failure, inner.now_ms()),
    }
}
