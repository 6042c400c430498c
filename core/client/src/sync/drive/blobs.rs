//! Drives the blob lane: waits for its turn on the link, streams files, stores the server's offsets.

use super::super::{
    blobs::{BlobAsk, BlobEffect, BlobLane, BlobReply, BlobVerb, BlobsView},
    inner::{Inner, Lane, Turn},
    note,
    pace::PIECE_BYTES_LEAST,
};
use crate::{
    changes::Change,
    core::Core,
    journal::{BlobProgress, BlobRow, JournalError, JournalRows},
    ports::{Body, Method, Request},
    session::{Answer, Failure},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::{fact::DeviceNote, push::BLOB_HEADER};
use sha2::{Digest, Sha256};
use std::{
    io::{self, Read},
    sync::atomic::Ordering,
};

/// The number of blobs to look at for the next one, in addition to the failing ones.
const LOOK_AHEAD: usize = 8;

/// Where uploads are created.
const UPLOADS: &str = "/v1/blobs";

/// One turn.
pub(in super::super) async fn turn(inner: &Inner) -> Turn {
    let mut lane = inner.blobs.lock().await;
    if inner.take_network(Lane::Blobs) {
        lane.readiness_mut().connectivity_changed();
        lane.forget_waits();
    }
    let turn = step(inner, &mut lane).await;
    inner.post(Lane::Blobs, turn, lane.failure());
    turn
}

async fn step(inner: &Inner, lane: &mut BlobLane) -> Turn {
    let limit = LOOK_AHEAD.saturating_add(lane.in_trouble());
    let (pending, carried_max) = match inner.view(lane.readiness_mut(), |inner| pending(inner, limit)) {
        Ok(found) => found,
        Err(rest) => return rest,
    };
    let everything = BlobsView { pending: &pending, piece_bytes_max: carried_max };
    if let Err(rest) = Turn::of(lane.next(&everything, inner.now_ms())) {
        return rest;
    }
    let piece_bytes_max = my_turn(inner).await.min(carried_max);
    let ask = match Turn::of(lane.next(&BlobsView { pending: &pending, piece_bytes_max }, inner.now_ms())) {
        Ok(ask) => ask,
        Err(rest) => return rest,
    };
    let effect = match ask.verb {
        BlobVerb::Rehash => rehash(inner, lane, &ask).await,
        _ => exchange(inner, lane, &ask).await,
    };
    if let Err(failure) = keep(inner, &ask, effect) {
        lane.readiness_mut().failed(failure, inner.now_ms());
    }
    Turn::Worked
}

/// The blobs to send, and the largest body that the network lets through: half of what it refused last.
fn pending(inner: &Inner, limit: usize) -> Result<(Vec<BlobRow>, u64), Failure> {
    inner.server.signed_in()?;
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let (core, now) = (&inner.core, inner.core.ports.clock.now().wall_ms);
    let pictures = core.pictures_may_travel();
    let look = |rows: &JournalRows<'_>| Ok((rows.pending_blobs(limit, pictures)?, rows.refused_size(now)?));
    let (pending, refused) = core.journal.read::<_, JournalError>("pending_blobs", look)?;
    Ok((pending, refused.map_or(u64::MAX, |bytes| (bytes / 2).max(PIECE_BYTES_LEAST))))
}

/// Waits until the facts let a piece go; not longer than one push takes.
async fn my_turn(inner: &Inner) -> u64 {
    loop {
        let freed = inner.link_free.notified();
        tokio::pin!(freed);
        // Registered before the link is asked, so that a push that ends in between is not missed.
        freed.as_mut().enable();
        if let Some(bytes) = inner.link().take() {
            return bytes;
        }
        freed.await;
    }
}

async fn exchange(inner: &Inner, lane: &mut BlobLane, ask: &BlobAsk) -> BlobEffect {
    match inner.server.ask(request(&inner.core, ask)).await {
        Ok(answer) => lane.on_reply(ask, &reply(&answer), inner.now_ms()),
        Err(failure) => lane.on_failure(ask, failure, inner.now_ms()),
    }
}

fn reply(answer: &Answer) -> BlobReply {
    let state = answer.response.header(BLOB_HEADER).and_then(|word| word.parse().ok());
    let offset = answer.response.header("upload-offset").and_then(|offset| offset.trim().parse().ok());
    let extensions = answer.response.header("tus-extension").unwrap_or_default();
    let creation_with_upload = extensions.split(',').any(|word| word.trim() == "creation-with-upload");
    let took_ms = answer.received.boot_ms.saturating_sub(answer.sent.boot_ms);
    BlobReply { state, offset, creation_with_upload, took_ms }
}

/// The address of a blob follows from its id, so the phone needs no `Location`, be it absolute or relative.
fn request(core: &Core, ask: &BlobAsk) -> Request {
    let path = format!("/v1/blobs/{}", ask.id);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let tus = header("tus-resumable", "1.0.0");
    let piece = || header("content-type", "application/offset+octet-stream");
    let stretch = |from: u64, len: u64| Body::File { path: core.blobs.path(ask.id), from, len };
    match ask.verb {
        BlobVerb::Where | BlobVerb::Rehash => {
            Request { method: Method::Head, path, headers: vec![tus], body: Body::Empty }
        }
        BlobVerb::Offers => {
            Request { method: Method::Options, path: UPLOADS.to_owned(), headers: vec![tus], body: Body::Empty }
        }
        BlobVerb::Whole => Request {
            method: Method::Put,
            path,
            headers: vec![header("content-type", "application/octet-stream")],
            body: stretch(0, ask.len),
        },
        BlobVerb::Create { len } => {
            let metadata = format!("blob {}", STANDARD.encode(ask.id.to_string()));
            let length = header("upload-length", &ask.len.to_string());
            let mut headers = vec![tus, length, header("upload-metadata", &metadata)];
            headers.extend((len > 0).then(piece));
            let body = if len > 0 { stretch(0, len) } else { Body::Empty };
            Request { method: Method::Post, path: UPLOADS.to_owned(), headers, body }
        }
        BlobVerb::Piece { from, len } => {
            let headers = vec![tus, piece(), header("upload-offset", &from.to_string())];
            Request { method: Method::Patch, path, headers, body: stretch(from, len) }
        }
    }
}

/// SHA-256 of a blob's file.
fn hash(core: &Core, id: ContentId, len: u64) -> io::Result<[u8; 32]> {
    let mut file = core.blobs.read(id)?;
    let mut hasher = Sha256::new();
    let mut left = len;
    let mut piece = vec![0; 64 << 10];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        let got = file.read(piece.get_mut(..want).unwrap_or_default())?;
        if got == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        hasher.update(piece.get(..got).unwrap_or_default());
        left = left.saturating_sub(got as u64);
    }
    Ok(hasher.finalize().into())
}

/// Whether the file's bytes still match its name. A read error proves nothing.
async fn rehash(inner: &Inner, lane: &mut BlobLane, ask: &BlobAsk) -> BlobEffect {
    let (core, id, len) = (inner.core.clone(), ask.id, ask.len);
    let holds = Inner::blocking(move || match core.blobs.len(id).map(|held| (held, hash(&core, id, len))) {
        Ok((None, _)) => Ok(false),
        Ok((Some(held), _)) if held != len => Ok(false),
        Ok((_, Ok(sum))) => Ok(sum == id.0),
        Ok((_, Err(_))) | Err(_) => Err(Failure::of(Code::StorageFailed)),
    });
    match holds.await {
        Ok(holds) => lane.on_rehashed(ask, holds, inner.now_ms()),
        Err(failure) => {
            lane.on_unreadable(ask, failure, inner.now_ms());
            BlobEffect::None
        }
    }
}

fn keep(inner: &Inner, ask: &BlobAsk, effect: BlobEffect) -> Result<(), Failure> {
    let journal = &inner.core.journal;
    let wall_ms = inner.core.ports.clock.now().wall_ms;
    match effect {
        BlobEffect::None => return Ok(()),
        BlobEffect::Offset(offset) => {
            journal.write::<_, JournalError>("blob_offset", |tx| tx.set_blob_offset(ask.id, offset))?;
        }
        BlobEffect::Refused(bytes) => {
            journal.write::<_, JournalError>("refused_size", |tx| tx.set_refused_size(bytes, wall_ms))?;
        }
        BlobEffect::Progress(progress) => {
            journal.write::<_, JournalError>("blob_verified", |tx| {
                tx.set_blob_offset(ask.id, ask.len)?;
                tx.set_blob(ask.id, progress, inner.core.server_time(tx)?)
            })?;
            inner.verified.fetch_add(1, Ordering::AcqRel);
        }
        BlobEffect::LostLocal => {
            // The device note is recorded first, so that no blob is given up silently.
            note::record(&inner.server, DeviceNote::LostLocal { blob: ask.id })?;
            journal.write::<_, JournalError>("blob_lost", |tx| tx.set_blob(ask.id, BlobProgress::Lost, wall_ms))?;
            inner.wake_push.notify_one();
        }
    }
    inner.core.changes.tell(Change::Sync);
    Ok(())
}
