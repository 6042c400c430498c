//! Drives the pull lane: applies a page and its cursor in one transaction of the cache, then tells screens and other
//! lanes.

use super::{
    super::{
        inner::{Inner, Lane, Turn},
        note,
        pull::{PullAsk, PullEffect, PullLane, PullView},
    },
    packs, page, tell, thumbnails,
};
use crate::{
    changes::Change,
    journal::{JournalError, RetireReason},
    ports::{Body, Method, Request},
    session::{Answer, Failure},
};
use firebee_domain::code::Code;
use firebee_protocol::{
    document::{ParkedDocument, kind},
    fact::DeviceNote,
    phone::PHONE_HEADER,
    pull::Page,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::sync::atomic::Ordering;

/// One turn.
pub(in super::super) async fn turn(inner: &Inner) -> Turn {
    let mut lane = inner.pull.lock().await;
    if inner.take_network(Lane::Pull) {
        lane.readiness_mut().connectivity_changed();
    }
    if inner.take_pull_wanted() {
        lane.want();
    }
    let turn = step(inner, &mut lane).await;
    inner.post(Lane::Pull, turn, lane.readiness().failure());
    turn
}

async fn step(inner: &Inner, lane: &mut PullLane) -> Turn {
    let view = match inner.view(lane.readiness_mut(), view) {
        Ok(view) => view,
        Err(rest) => return rest,
    };
    let ask = match Turn::of(lane.next(&view, inner.now_ms())) {
        Err(rest) => return rest,
        Ok(ask) => ask,
    };
    let fetched = fetch(inner, &ask).await.and_then(|answer| page::read(&answer).map(|page| (answer, page)));
    let effect = match &fetched {
        Ok((_, page)) => lane.on_page(&ask, page, inner.now_ms()),
        Err(failure) => lane.on_failure(&ask, failure.clone(), inner.now_ms()),
    };
    let done = match (effect, &fetched) {
        (PullEffect::Apply, Ok((answer, page))) => apply(inner, lane, page, answer),
        (PullEffect::BeginSnapshot, _) => inner.core.cache.begin_snapshot().map_err(Failure::from),
        _ => Ok(()),
    };
    if let Err(failure) = done {
        lane.on_unapplied(&ask, failure, inner.now_ms());
    }
    Turn::Worked
}

fn view(inner: &Inner) -> Result<PullView, Failure> {
    inner.server.signed_in()?;
    Ok(PullView { cursor: inner.core.cache.cursor()? })
}

async fn fetch(inner: &Inner, ask: &PullAsk) -> Result<Answer, Failure> {
    let mut path = format!("/v1/pull?limit={}", ask.limit);
    if ask.patches {
        path.push_str("&patch=true");
    }
    if let Some(cursor) = &ask.cursor {
        path.push_str("&cursor=");
        path.extend(escaped(cursor));
    }
    let status = inner.core.phone_status()?.to_string();
    let headers = vec![("accept-encoding".to_owned(), "zstd".to_owned()), (PHONE_HEADER.to_owned(), status)];
    inner.server.ask(Request { method: Method::Get, path, headers, body: Body::Empty }).await
}

/// What is escaped in a value of a query: all but what RFC 3986 leaves unreserved.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// The cursor is the server's and may hold anything.
fn escaped(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, IN_QUERY)
}

fn apply(inner: &Inner, lane: &mut PullLane, page: &Page, answer: &Answer) -> Result<(), Failure> {
    let applied = inner.core.cache.apply_page(page)?;
    own_head(inner)?;
    lane.on_applied(page.done);
    inner.note_page(page.total, answer.response.body.len());
    if let Some(met) = answer.meeting(page.server_ms) {
        inner.core.journal.write::<_, JournalError>("meeting", |tx| tx.put_meeting(&met))?;
    }
    if page.done {
        // Looks at all parked facts: the document of one may have come on an earlier page.
        unpark(inner)?;
        let wall_ms = inner.core.ports.clock.now().wall_ms;
        inner.pulled_head.store(page.head, Ordering::Release);
        inner.core.cache.note_synced(wall_ms)?;
        inner.collect(page.server_ms);
        if applied.digest_mismatch && inner.core.cache.resync(wall_ms)? {
            lane.want();
            note::record(&inner.server, DeviceNote::DigestMismatch { feed_seq: page.head })?;
            inner.wake_push.notify_one();
        }
    }
    tell::tell(inner, &applied)?;
    thumbnails::look(inner, &applied, page.done)?;
    packs::look(inner, &applied)
}

/// A server that has applied more of this store than the journal holds has met a later copy of it: this one was restored.
fn own_head(inner: &Inner) -> Result<(), Failure> {
    let journal = &inner.core.journal;
    let store = journal.identity().store_id;
    let through = inner.core.cache.read::<_, Failure>(|rows| Ok(rows.applied(store)?))?;
    let head = journal.read::<_, JournalError>("own_head", |rows| rows.head(journal.identity()))?;
    if through <= head.seq {
        return Ok(());
    }
    // When it cannot be written now, the next page tells again.
    let _ = journal.retire(RetireReason::RolledBack);
    Err(Failure::of(Code::RolledBack))
}

/// Notes which parked facts count after all: the documents contain them, and no parked document names them any more. Of the
/// others it notes the reason that holds now: a person may have decided.
fn unpark(inner: &Inner) -> Result<(), Failure> {
    let journal = &inner.core.journal;
    let store = journal.identity().store_id;
    let parked = journal.read::<_, JournalError>("parked", |rows| rows.parked())?;
    if parked.is_empty() {
        return Ok(());
    }
    let (counted, recoded) = inner.core.cache.read::<_, Failure>(|rows| {
        let through = rows.applied(store)?;
        let (mut counted, mut recoded) = (Vec::new(), Vec::new());
        for fact in parked.iter().filter(|fact| fact.seq <= through) {
            // The document is named by the fact's id, or by the fact's place when the id cannot be read or belongs to
            // another fact.
            let named = |id: String| rows.document::<ParkedDocument>(kind::PARKED, &id);
            let found = [named(fact.id.to_string())?, named(format!("{store}:{}", fact.seq))?];
            match found.into_iter().flatten().next() {
                None => counted.push(fact.id),
                Some(document) if document.body.code != fact.code => recoded.push((fact.seq, document.body.code)),
                Some(_) => {}
            }
        }
        Ok((counted, recoded))
    })?;
    if counted.is_empty() && recoded.is_empty() {
        return Ok(());
    }
    journal.write::<_, JournalError>("unpark", |tx| {
        recoded.iter().try_for_each(|(seq, code)| tx.park(*seq, code))?;
        counted.iter().try_for_each(|id| tx.unpark(*id).map(drop))
    })?;
    inner.core.changes.tell(Change::Sync);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_travels_whatever_it_holds() {
        let plain = "1.0190f3c4-0000-7000-8000-000000000001.7_~";
        assert_eq!(escaped(plain).to_string(), plain);
        assert_eq!(escaped("a&b=c %/é").to_string(), "a%26b%3Dc%20%25%2F%C3%A9");
    }
}
