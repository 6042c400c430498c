//! Drives the push lane: reads lines, signs the head, sends, and keeps what the receipt covers.

use super::super::{
    batch::{Batch, BatchError},
    inner::{Inner, Lane, Turn},
    note::{self, AnchorNeed},
    push::{Acked, Ours, PushAsk, PushLane, PushView, Sent, Window},
};
use crate::{
    changes::Change,
    journal::{FactLine, JournalError, Marks, Meeting, RetireReason, Session, StoreHealth},
    ports::{Body, Clocks, Method, Request},
    session::{Answer, Auth, Failure},
};
use bytes::Bytes;
use firebee_domain::{
    code::Code,
    time::{Anchor, Captured},
};
use firebee_protocol::{
    chain::ChainPoint,
    encode::to_base64,
    fact::{DeviceNote, glance},
    push::{PushReply, RECEIPT_HEADER},
    receipt::write_receipt,
    session::{Capabilities, Receipt},
    sign::head_text,
};
use std::sync::atomic::{AtomicI64, Ordering};

/// A note of one kind is recorded at most this often.
const NOTE_EVERY_MS: i64 = 3_600_000;

/// One turn.
pub(in super::super) async fn turn(inner: &Inner) -> Turn {
    let mut lane = inner.push.lock().await;
    if inner.take_network(Lane::Push) {
        lane.readiness_mut().connectivity_changed();
    }
    let turn = step(inner, &mut lane).await;
    let reason = lane.readiness().stopped().and_then(|code| RetireReason::of(code.known()?));
    if let Some(reason) = reason.filter(|_| !matches!(inner.core.journal.health(), StoreHealth::Retired(_))) {
        // When it cannot be written now, the server tells again after the next start.
        let _ = inner.core.journal.retire(reason);
    }
    inner.post(Lane::Push, turn, lane.readiness().failure());
    turn
}

async fn step(inner: &Inner, lane: &mut PushLane) -> Turn {
    let view = match inner.view(lane.readiness_mut(), view) {
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

/// A prepared push, valid while the store has this epoch.
pub(in super::super) struct Packed {
    window: Window,
    epoch: u64,
    sent: Sent,
    body: Bytes,
}

async fn push(inner: &Inner, lane: &mut PushLane, view: &PushView, window: Window) {
    let (session, packed) = match ready(inner, lane, window).await {
        Ok(ready) => ready,
        Err(failure) => return lane.on_failure(None, failure, view, inner.now_ms()),
    };
    let sent = packed.sent;
    let next = Window { first_seq: sent.last_seq.saturating_add(1), ..window };
    let wire_max = lane.limits().wire_bytes_max;
    let smooth = lane.readiness().failures() == 0;
    inner.link().push_began();
    let receipt = if lane.resends() { shown_receipt(inner) } else { None };
    let asked = inner.server.ask(request(packed.body, receipt));
    let ahead = async {
        // Lets the push start before the next one is prepared.
        tokio::task::yield_now().await;
        if smooth { look_ahead(inner, wire_max, next, session.epoch, view.head_seq) } else { None }
    };
    let (result, ahead) = tokio::join!(asked, ahead);
    inner.link().push_ended();
    inner.link_free.notify_waiters();
    inner.keep_ahead(ahead);
    match result.and_then(|answer| answer.json::<PushReply>().map(|reply| (answer, reply))) {
        Ok((answer, reply)) => {
            // The request may have met a restored server and claimed again, so the session is read now.
            let session = inner.server.signed_in();
            let settled = session.and_then(|session| settle(inner, lane, (&sent, &session), &answer, &reply));
            if let Err(failure) = settled {
                lane.on_failure(None, failure, view, inner.now_ms());
            }
        }
        Err(failure) => {
            if failure.code == Code::TooLarge && failure.by_server {
                // The server's limits may have changed, so they are read again. If that fails, the batch is split
                // anyway.
                let _ = capabilities(inner, lane).await;
            }
            lane.on_failure(Some(&sent), failure, view, inner.now_ms());
        }
    }
}

/// The server's limits, which hold from now on, and its time.
async fn capabilities(inner: &Inner, lane: &mut PushLane) -> Result<Option<Meeting>, Failure> {
    let path = "/v1/capabilities".to_owned();
    let request = Request { method: Method::Get, path, headers: Vec::new(), body: Body::Empty };
    let answer = inner.server.send(request, Auth::Stranger).await?;
    let capabilities: Capabilities = answer.json()?;
    lane.set_limits(capabilities.limits);
    Ok(answer.meeting(capabilities.server_ms))
}

/// The push of a window: either prepared while the previous push was under way, or made now. From here on it counts as
/// sent.
async fn ready(inner: &Inner, lane: &mut PushLane, window: Window) -> Result<(Session, Packed), Failure> {
    let session = inner.server.holding().await?;
    let held = inner.take_ahead().filter(|held| held.window == window && held.epoch == session.epoch);
    let packed = match held {
        Some(held) => held,
        None => {
            let lines = lines_with_anchor(inner, lane, window).await?;
            pack(inner, lane.limits().wire_bytes_max, window, session.epoch, lines)?
        }
    };
    let marks = Marks { sent_through: packed.sent.last_seq, ..Marks::default() };
    inner.core.journal.write::<_, JournalError>("sent", |tx| tx.raise_marks(marks))?;
    Ok((session, packed))
}

/// The last receipt as a header. A receipt that cannot be read is not shown; the facts go anyway.
fn shown_receipt(inner: &Inner) -> Option<String> {
    let body = inner.core.journal.read::<_, JournalError>("receipt", |rows| rows.last_receipt()).ok()??;
    serde_json::from_str::<Receipt>(&body).ok().map(|receipt| write_receipt(&receipt))
}

fn request(body: Bytes, receipt: Option<String>) -> Request {
    let headers = [("content-type", "application/x-ndjson"), ("content-encoding", "zstd")];
    let mut headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    headers.extend(receipt.map(|receipt| (RECEIPT_HEADER.to_owned(), receipt)));
    Request { method: Method::Post, path: "/v1/push".to_owned(), headers, body: Body::Bytes(body) }
}

fn lines(inner: &Inner, window: Window) -> Result<Vec<FactLine>, JournalError> {
    inner.core.journal.read("push_lines", |rows| rows.lines_from(window.first_seq, window.facts_max, window.bytes_max))
}

/// Prepares the next push of a full window. An error here is dropped: it comes again and is reported in that push's own
/// turn.
fn look_ahead(inner: &Inner, wire_max: u32, window: Window, epoch: u64, head_seq: u64) -> Option<Packed> {
    if window.first_seq > head_seq {
        return None;
    }
    let lines = lines(inner, window).ok()?;
    let last = lines.last()?;
    // A window that is not full waits, because more facts may be recorded.
    let full = last.seq < head_seq || lines.len() >= window.facts_max as usize;
    let known = inner.core.journal.read::<_, JournalError>("anchor", |rows| rows.anchor()).ok()?;
    let now = inner.core.ports.clock.now();
    let lacks = is_due(&inner.noted_ms, now.boot_ms) && note::anchor_need(&lines, known, &now) != AnchorNeed::None;
    if full && !lacks { pack(inner, wire_max, window, epoch, lines).ok() } else { None }
}

/// Whether a note of this kind may be recorded again. `noted_ms` is the boot clock at the last one, which may have been in
/// another boot.
fn is_due(noted_ms: &AtomicI64, boot_ms: i64) -> bool {
    let noted_ms = noted_ms.load(Ordering::Acquire);
    noted_ms > boot_ms || boot_ms.saturating_sub(noted_ms) >= NOTE_EVERY_MS
}

/// The lines of a window. If facts of this boot have no anchor of it yet, the phone first records a note with one. With
/// it the server can bound those facts.
async fn lines_with_anchor(inner: &Inner, lane: &mut PushLane, window: Window) -> Result<Vec<FactLine>, Failure> {
    let server = &inner.server;
    let found = lines(inner, window)?;
    let now = server.core.ports.clock.now();
    if !is_due(&inner.noted_ms, now.boot_ms) {
        return Ok(found);
    }
    let known = server.core.journal.read::<_, JournalError>("anchor", |rows| rows.anchor())?;
    let anchor = match note::anchor_need(&found, known, &now) {
        AnchorNeed::None => return Ok(found),
        AnchorNeed::Note(anchor) => anchor,
        AnchorNeed::Meet => {
            let Some(met) = capabilities(inner, lane).await? else { return Ok(found) };
            server.core.journal.write::<_, JournalError>("meeting", |tx| tx.put_meeting(&met))?;
            met.anchor
        }
    };
    // A stamp of it, if there is one, stands in a note before this one.
    note::record(server, DeviceNote::Anchor { anchor, stamp: None })?;
    inner.noted_ms.store(now.boot_ms, Ordering::Release);
    // The note goes with them, if it fits.
    Ok(lines(inner, window)?)
}

/// Packs lines, fewer where they do not fit.
fn pack(inner: &Inner, wire_max: u32, window: Window, epoch: u64, mut lines: Vec<FactLine>) -> Result<Packed, Failure> {
    loop {
        let (sent, body) = compress(inner, epoch, &lines)?;
        if body.len() > wire_max as usize && lines.len() > 1 {
            lines.truncate(lines.len() / 2);
            continue;
        }
        return Ok(Packed { window, epoch, sent, body: body.into() });
    }
}

/// The body with the signature of its head. The signature covers the last line, so a shorter batch needs a new one.
fn compress(inner: &Inner, epoch: u64, lines: &[FactLine]) -> Result<(Sent, Vec<u8>), Failure> {
    let server = &inner.server;
    let identity = server.core.journal.identity();
    let (first, newest) = lines.first().zip(lines.last()).ok_or_else(|| Failure::of(Code::JournalUnavailable))?;
    let (head, last) = server.core.journal.read("push_chain", |rows| {
        let chain = rows.chain_at(identity, newest.seq)?.ok_or_else(|| Failure::of(Code::StorageDamaged))?;
        let head = rows.head(identity)?;
        Ok::<_, Failure>((ChainPoint { seq: head.seq, chain: head.chain }, ChainPoint { seq: newest.seq, chain }))
    })?;
    let text = head_text(identity.store_id, &head, &last);
    let sig = to_base64(&server.core.ports.signer.sign(&identity.key_alias, &text)?);
    let batch = Batch { store: identity.store_id, epoch, head, lines };
    let body = batch.compress(Some(sig)).map_err(|error| {
        Failure::of(match error {
            BatchError::Collected => Code::LostOnServer,
            BatchError::Empty | BatchError::Compressor => Code::StorageFailed,
        })
    })?;
    Ok((Sent { first_seq: first.seq, last_seq: last.seq, bytes: batch.bytes() }, body))
}

/// Stores the results of an answer in one transaction, if its receipt holds.
fn settle(
    inner: &Inner,
    lane: &mut PushLane,
    (sent, session): (&Sent, &Session),
    answer: &Answer,
    reply: &PushReply,
) -> Result<(), Failure> {
    let journal = &inner.core.journal;
    let identity = journal.identity();
    let pinned = session.server_key.clone().zip(session.incarnation);
    let (server_key, incarnation) = pinned.ok_or_else(|| Failure::of(Code::SignInAgain))?;
    let seq = reply.receipt.seq;
    let (chain, known, newest) = journal.read::<_, JournalError>("receipt_chain", |rows| {
        Ok((rows.chain_at(identity, seq)?, rows.anchor()?, rows.lines_from(sent.last_seq, 1, 0)?))
    })?;
    let ours = Ours { server_key, incarnation, store: identity.store_id, chain };
    let Some(acked) = lane.on_reply(sent, reply, &ours, inner.now_ms()) else { return Ok(()) };
    keep(inner, &acked, answer.meeting(reply.server_ms).as_ref())?;
    note_outside(inner, reply, (known, newest.first()), answer)?;
    // The high-water mark is only a hint. A disk error shows itself when the next fact is recorded.
    let _ = journal.note_high_water();
    inner.core.changes.tell(Change::Sync);
    inner.wake_blobs.notify_one();
    if inner.pulled_head.load(Ordering::Acquire) != reply.feed_head {
        inner.want_pull();
    }
    Ok(())
}

/// Notes a receipt that the phone's own clocks do not allow. At most hourly, because the note's own receipt may be another
/// such one.
fn note_outside(
    inner: &Inner,
    reply: &PushReply,
    (known, newest): (Option<Anchor>, Option<&FactLine>),
    answer: &Answer,
) -> Result<(), Failure> {
    let Clocks { wall_ms, boot_ms, boot_id, .. } = answer.received;
    let now = Captured { wall_ms, boot_ms, boot_id, gnss_ms: answer.received.gnss_ms(), anchor: known };
    let last = newest.and_then(|line| glance(&line.line).ok()).map(|seen| seen.captured);
    let outside = note::is_outside(reply.receipt.received_ms, &last.unwrap_or(now), &now);
    if !outside || !is_due(&inner.receipt_noted_ms, boot_ms) {
        return Ok(());
    }
    inner.receipt_noted_ms.store(boot_ms, Ordering::Release);
    note::record(&inner.server, DeviceNote::ReceiptOutsideBound { seq: reply.receipt.seq })
}

fn keep(inner: &Inner, acked: &Acked, met: Option<&Meeting>) -> Result<(), Failure> {
    let receipt = serde_json::to_string(&acked.receipt).map_err(|_| Failure::of(Code::ReceiptInvalid))?;
    inner.core.journal.write::<_, JournalError>("acked", |tx| {
        tx.raise_marks(acked.marks)?;
        tx.put_receipt(acked.receipt.seq, acked.receipt.received_ms, &receipt)?;
        for (seq, code) in &acked.parked {
            tx.park(*seq, code)?;
        }
        met.map_or(Ok(()), |met| tx.put_meeting(met))
    })?;
    Ok(())
}

/// The server reported a different chain, so every line is read and hashed again.
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
        Err(failure) => lane.readiness_mut().failed(failure, inner.now_ms()),
    }
}
