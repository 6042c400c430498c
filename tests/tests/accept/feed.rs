//! Feeds: distinct numbers, pages that add up, digests, cursors that lead nowhere.

use crate::{both, fixture::*};
use firebee_domain::id::IncarnationId;
use firebee_protocol::{cursor::Cursor, digest::FeedDigest, pull::Change};
use firebee_server::{
    feed::{Publication, lock, publish, purge::purge, share},
    query::{PullError, PullRequest},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::Device,
    firm::{Firm, MORNING},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

both!(
    the_pages_add_up_to_one_page_for_every_page_size,
    a_page_ends_when_its_bodies_fill_it,
    patches_lead_to_the_same_documents_whatever_moves_between_the_pages,
    a_patch_is_given_only_for_the_revision_before_and_only_when_asked_for,
    the_digest_is_that_of_the_live_rows,
    a_cursor_beyond_the_head_or_of_another_incarnation_leads_nowhere,
    a_snapshot_goes_on_below_what_was_purged_before_it_began,
    a_tombstone_lives_180_days_and_an_older_cursor_has_expired_then,
    who_may_not_have_a_document_any_more_gets_a_tombstone,
    being_heard_is_noted_with_what_is_unsent,
);

async fn publish_all(firm: &Firm, publications: Vec<Publication>) {
    let (org, all) = (firm.org, BTreeSet::from([firm.operators[0], firm.operators[1], firm.lead]));
    let job = async move |tx: &mut Tx| {
        lock(tx, org, &all).await?;
        publish(tx, org, publications).await.map(drop)
    };
    firm.store.write("publish", job).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

fn note(id: &str, body: Option<&str>, to: &[firebee_domain::id::AccountId]) -> Publication {
    Publication { kind: "note", id: id.into(), body: body.map(str::to_owned), to: to.to_vec() }
}

/// Everything a device gets, page by page, from a cursor on.
async fn pages(device: &Device, firm: &Firm, cursor: Option<String>, limit: u32) -> (Vec<Change>, String, String) {
    let (mut changes, mut cursor) = (Vec::new(), cursor);
    loop {
        let page = device.pull(&firm.store, cursor, Some(limit)).await.unwrap();
        assert!(page.changes.len() <= limit as usize);
        changes.extend(page.changes);
        cursor = Some(page.next_cursor.clone());
        if page.done {
            return (changes, page.next_cursor, page.digest.unwrap());
        }
        assert!(page.digest.is_none() && page.applied.is_empty(), "only the last page tells");
    }
}

fn plain(changes: &[Change]) -> Vec<(u64, String, u64, bool)> {
    changes.iter().map(|change| (change.feed_seq, change.id.clone(), change.rev, change.deleted)).collect()
}

/// Publishes documents, some of them again and again, some gone, some never this account's.
async fn churn(firm: &Firm) {
    let me = firm.operators[0];
    for n in 0..23_u32 {
        let id = format!("d{}", n % 7);
        let body = (n % 5 != 4).then_some("{}");
        let to = if n % 3 == 0 { vec![firm.lead] } else { vec![me, firm.lead] };
        publish_all(firm, vec![note(&id, body, &to), note("always", Some("{}"), &[me])]).await;
    }
}

async fn the_pages_add_up_to_one_page_for_every_page_size(firm: Firm) {
    let device = Device::claim(&firm, firm.operators[0], 1).await;
    let (_, start, _) = pages(&device, &firm, None, 500).await;
    churn(&firm).await;
    let (whole, end, _) = pages(&device, &firm, Some(start.clone()), 500).await;
    let numbers: Vec<u64> = whole.iter().map(|change| change.feed_seq).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "distinct and in order: {numbers:?}");
    assert_eq!(end.parse::<Cursor>().unwrap().feed_seq, *numbers.last().unwrap(), "the row numbered head exists");
    for limit in 1..=12 {
        let (parts, last, _) = pages(&device, &firm, Some(start.clone()), limit).await;
        assert_eq!((plain(&parts), &last), (plain(&whole), &end), "page size {limit}");
        let (snapshot, ..) = pages(&device, &firm, None, limit).await;
        let first_page_has_tombstones = snapshot.iter().take(limit as usize).any(|change| change.deleted);
        assert!(!first_page_has_tombstones);
    }
    let idle = device.pull(&firm.store, Some(end.clone()), None).await.unwrap();
    assert_eq!((idle.changes.len(), idle.done, idle.next_cursor), (0, true, end));
}

async fn a_page_ends_when_its_bodies_fill_it(firm: Firm) {
    let device = Device::claim(&firm, firm.operators[0], 1).await;
    let (before, start, _) = pages(&device, &firm, None, 500).await;
    let body = format!("\"{}\"", "x".repeat(64 << 10));
    let large = (0..100).map(|n| note(&format!("l{n}"), Some(&body), &[firm.operators[0]])).collect();
    publish_all(&firm, large).await;
    let first = device.pull(&firm.store, Some(start.clone()), None).await.unwrap();
    assert!(!first.done && first.changes.len() < 100 && !first.changes.is_empty());
    let (rest, ..) = pages(&device, &firm, Some(start), 500).await;
    assert_eq!(rest.len(), 100);
    let (all, ..) = pages(&device, &firm, None, 500).await;
    assert_eq!(all.len(), before.len() + 100);
}

/// A body that grows in its middle, as a task's does.
fn grown(rounds: u32) -> String {
    let answers: Vec<String> = (0..rounds).map(|n| format!("\"answer {} of many\"", n * 7919 % 1000)).collect();
    format!("{{\"answers\":[{}],\"padding\":\"{}\"}}", answers.join(","), "x".repeat(2_000))
}

/// The documents of a phone. It applies patches, and asks for whole documents when a patch does not fit.
#[derive(Default)]
struct Shelf {
    held: BTreeMap<String, (u64, String)>,
    patched: u32,
    unfit: u32,
}

impl Shelf {
    fn take(&mut self, change: &Change) -> bool {
        let id = change.id.clone();
        match (&change.body, &change.patch) {
            (Some(body), None) => drop(self.held.insert(id, (change.rev, body.get().to_owned()))),
            (None, Some(patch)) => {
                let base = self.held.get(&id).filter(|(rev, _)| *rev == patch.from);
                let Some((_, base)) = base else { return false };
                let body = patch.apply(base, 1 << 20).unwrap();
                self.held.insert(id, (change.rev, body));
                self.patched += 1;
            }
            (None, None) if change.deleted => drop(self.held.remove(&id)),
            _ => panic!("{change:?}"),
        }
        true
    }
}

async fn patches_lead_to_the_same_documents_whatever_moves_between_the_pages(firm: Firm) {
    let me = firm.operators[0];
    let device = Device::claim(&firm, me, 1).await;
    let (_, start, _) = pages(&device, &firm, None, 500).await;
    let (mut shelf, mut cursor) = (Shelf::default(), start);
    for turn in 0..60_u32 {
        // Documents move while a page is between two others.
        for n in (0..turn % 4).map(|more| (turn * 5 + more * 3) % 6) {
            let body = (turn % 11 != 10).then(|| grown(turn));
            let to = if turn % 13 == 12 { vec![firm.lead] } else { vec![me, firm.lead] };
            publish_all(&firm, vec![note(&format!("d{n}"), body.as_deref(), &to)]).await;
        }
        let mut ask =
            PullRequest { cursor: Some(cursor.clone()), limit: Some(2), patches: true, ..PullRequest::default() };
        let mut page = device.ask(&firm.store, &ask).await.unwrap();
        if !page.changes.iter().all(|change| shelf.take(change)) {
            shelf.unfit += 1;
            ask.patches = false;
            page = device.ask(&firm.store, &ask).await.unwrap();
            assert!(page.changes.iter().all(|change| shelf.take(change)), "whole documents always fit");
        }
        cursor = page.next_cursor;
    }
    loop {
        let ask = PullRequest { cursor: Some(cursor), limit: None, patches: true, ..PullRequest::default() };
        let page = device.ask(&firm.store, &ask).await.unwrap();
        page.changes.iter().for_each(|change| assert!(shelf.take(change)));
        cursor = page.next_cursor;
        if page.done {
            break;
        }
    }
    let (live, ..) = pages(&device, &firm, None, 500).await;
    let notes = live.iter().filter(|change| change.kind == "note");
    let expected =
        notes.map(|change| (change.id.clone(), (change.rev, change.body.as_ref().unwrap().get().to_owned())));
    assert_eq!(shelf.held, expected.collect::<BTreeMap<_, _>>());
    assert!(shelf.patched > 10, "{} patches", shelf.patched);
}

async fn a_patch_is_given_only_for_the_revision_before_and_only_when_asked_for(firm: Firm) {
    let me = firm.operators[0];
    let device = Device::claim(&firm, me, 1).await;
    publish_all(&firm, vec![note("a", Some(&grown(5)), &[me])]).await;
    let (_, first, _) = pages(&device, &firm, None, 500).await;
    publish_all(&firm, vec![note("a", Some(&grown(6)), &[me])]).await;
    let (_, second, _) = pages(&device, &firm, Some(first.clone()), 500).await;
    publish_all(&firm, vec![note("a", Some(&grown(7)), &[me])]).await;
    let ask = async |cursor: &str, patches| {
        let ask = PullRequest { cursor: Some(cursor.to_owned()), limit: None, patches, ..PullRequest::default() };
        device.ask(&firm.store, &ask).await.unwrap().changes.remove(0)
    };
    assert!(ask(&second, false).await.patch.is_none(), "nobody asked");
    assert!(ask(&first, true).await.patch.is_none(), "two revisions behind");
    let change = ask(&second, true).await;
    let patch = change.patch.unwrap();
    assert!(change.body.is_none() && patch.data.len() < 100, "{} bytes", patch.data.len());
    assert_eq!((patch.from, change.rev, patch.apply(&grown(6), 1 << 20)), (2, 3, Ok(grown(7))));
}

async fn the_digest_is_that_of_the_live_rows(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut live: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut cursor = None;
    for round in 0..4 {
        match round {
            0 => {}
            1 => churn(&firm).await,
            2 => publish_all(&firm, (0..7).map(|n| note(&format!("d{n}"), None, &[])).collect()).await,
            _ => {
                device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
                device.push_from(&firm, 1).await;
            }
        }
        let (changes, next, digest) = pages(&device, &firm, cursor, 3).await;
        for change in changes {
            let key = (change.kind, change.id);
            if change.deleted {
                live.remove(&key)
            } else {
                live.insert(key, change.rev)
            };
        }
        let mut expected = FeedDigest::default();
        live.iter().for_each(|((kind, id), rev)| expected.add(kind, id, *rev));
        assert_eq!(digest, expected.to_string(), "round {round}");
        cursor = Some(next);
    }
}

async fn a_cursor_beyond_the_head_or_of_another_incarnation_leads_nowhere(firm: Firm) {
    let device = Device::claim(&firm, firm.operators[0], 1).await;
    let page = device.pull(&firm.store, None, None).await.unwrap();
    let head = page.next_cursor.parse::<Cursor>().unwrap();
    let beyond = Cursor { feed_seq: head.feed_seq + 1, ..head };
    let elsewhere = Cursor { incarnation: IncarnationId(Uuid::from_u128(8)), ..head };
    for bad in [beyond.to_string(), elsewhere.to_string(), "1".into(), String::new()] {
        let out = device.pull(&firm.store, Some(bad.clone()), None).await;
        assert_eq!(out.map(|page| page.head), Err(PullError::CursorExpired), "{bad}");
    }
    let purge = async move |tx: &mut Tx| tx.execute(sql!("UPDATE session SET purged_through = 2"), &[]).await;
    firm.store.write("purge", purge).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    let old = Cursor { feed_seq: 1, ..head }.to_string();
    assert_eq!(device.pull(&firm.store, Some(old), None).await.map(|page| page.head), Err(PullError::CursorExpired));
    let other = Device::claim(&firm, firm.operators[0], 2).await;
    assert_eq!(device.pull(&firm.store, None, None).await.map(|page| page.head), Err(PullError::Fenced));
    assert!(other.pull(&firm.store, None, None).await.is_ok());
}

async fn a_snapshot_goes_on_below_what_was_purged_before_it_began(firm: Firm) {
    let device = Device::claim(&firm, firm.operators[0], 1).await;
    publish_all(&firm, ["a", "b", "c"].map(|id| note(id, Some("{}"), &[firm.operators[0]])).to_vec()).await;
    let purge = async |through: u64| {
        let through = i64::try_from(through).unwrap();
        let purge =
            async move |tx: &mut Tx| tx.execute(sql!("UPDATE session SET purged_through = ?1"), &row![through]).await;
        firm.store.write("purge", purge).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    };
    let first = device.pull(&firm.store, None, Some(1)).await.unwrap();
    purge(first.head).await;
    let (mut cursor, mut seen) = (first.next_cursor.clone(), first.changes.len() as u64);
    loop {
        let page = device.pull(&firm.store, Some(cursor.clone()), Some(1)).await.unwrap();
        assert_eq!(count(&firm, sql!("SELECT count(*) FROM cursor_ack")).await, 0, "shown is what is whole");
        seen += page.changes.len() as u64;
        cursor = page.next_cursor;
        if page.done {
            break;
        }
    }
    let rows =
        count(&firm, sql!("SELECT count(*) FROM feed f JOIN session s ON s.account = f.account AND s.epoch > 0")).await;
    assert_eq!(seen, rows.unsigned_abs());
    assert!(device.pull(&firm.store, Some(cursor), None).await.unwrap().done);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM cursor_ack")).await, 1);
    // Tombstones that are purged after a snapshot began may be needed by it.
    publish_all(&firm, vec![note("d", Some("{}"), &[firm.operators[0]])]).await;
    purge(first.head + 1).await;
    let late = device.pull(&firm.store, Some(first.next_cursor), Some(1)).await;
    assert_eq!(late.map(|page| page.head), Err(PullError::CursorExpired));
}

async fn a_tombstone_lives_180_days_and_an_older_cursor_has_expired_then(firm: Firm) {
    const DAY_MS: i64 = 86_400_000;
    let me = firm.operators[0];
    let device = Device::claim(&firm, me, 1).await;
    let purged = async |day: i64| purge(&firm.store, firm.org, MORNING.plus_ms(day * DAY_MS)).await.unwrap();
    let pull = async |cursor: &str| device.pull(&firm.store, Some(cursor.to_owned()), None).await;
    publish_all(&firm, vec![note("kept", Some("{}"), &[me]), note("gone", Some("{}"), &[me])]).await;
    let before = device.pull(&firm.store, None, None).await.unwrap().next_cursor;
    publish_all(&firm, vec![note("gone", None, &[])]).await;
    let after = pull(&before).await.unwrap().next_cursor;
    assert_eq!(purged(0).await, 0, "the first look only marks how far the feed is");
    publish_all(&firm, vec![note("newest", Some("{}"), &[me])]).await;
    for day in 1..180 {
        assert_eq!(purged(day).await, 0, "day {day}");
    }
    assert!(pull(&before).await.unwrap().changes.iter().any(|change| change.id == "gone" && change.deleted));
    assert_eq!((purged(180).await, purged(180).await), (1, 0));
    assert_eq!(pull(&before).await.map(|page| page.head), Err(PullError::CursorExpired));
    let rest = pull(&after).await.unwrap();
    assert_eq!(rest.changes.iter().map(|change| change.id.as_str()).collect::<Vec<_>>(), ["newest"]);
    let whole = device.pull(&firm.store, None, None).await.unwrap();
    assert_eq!(whole.digest, rest.digest, "what lives is what lived");
    let marks = sql!("SELECT count(*) FROM feed_mark m JOIN session s ON s.account = m.account AND s.epoch > 0");
    assert_eq!(count(&firm, marks).await, 2, "a feed that does not grow is not marked again");
}

async fn who_may_not_have_a_document_any_more_gets_a_tombstone(firm: Firm) {
    let [one, two] = firm.operators;
    let device = Device::claim(&firm, one, 1).await;
    let (_, start, _) = pages(&device, &firm, None, 500).await;
    publish_all(&firm, vec![note("a", Some("{\"n\":1}"), &[one, two])]).await;
    publish_all(&firm, vec![note("a", Some("{\"n\":2}"), &[two])]).await;
    let (changes, next, _) = pages(&device, &firm, Some(start), 500).await;
    assert_eq!(changes.len(), 1);
    assert!(changes[0].deleted && changes[0].body.is_none() && changes[0].rev == 2);
    let org = firm.org;
    let give = async move |tx: &mut Tx| {
        lock(tx, org, &BTreeSet::from([one, two])).await?;
        share(tx, org, "note", "a", &[one, two]).await
    };
    let shared = firm.store.write("share", give).await.unwrap_or_else(|error: StoreError| panic!("{error}")).unwrap();
    assert_eq!((shared.rev, shared.feed.len()), (2, 1), "who has it keeps it where it is");
    let (changes, ..) = pages(&device, &firm, Some(next), 500).await;
    assert_eq!(changes[0].body.as_ref().unwrap().get(), "{\"n\":2}");
    let unknown = async move |tx: &mut Tx| share(tx, org, "note", "b", &[one]).await;
    assert_eq!(firm.store.write("share", unknown).await.unwrap_or_else(|error: StoreError| panic!("{error}")), None);
}

async fn being_heard_is_noted_with_what_is_unsent(firm: Firm) {
    let device = Device::claim(&firm, firm.operators[0], 1).await;
    let request = firebee_server::query::PullRequest {
        unsent: Some(firebee_protocol::session::Unsent { facts: 12, blobs: 34 }),
        ..Default::default()
    };
    let now = device.now;
    firebee_server::query::pull(&firm.store, firm.keys.incarnation, &device.sender(), &request, now).await.unwrap();
    let store = device.store_id;
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT unsent_facts, unsent_blobs, last_seen_ms FROM device_store WHERE store_id = ?1");
        let row = tx.query_opt(find, &row![&store.0]).await?.unwrap();
        Ok::<_, StoreError>((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
    };
    assert_eq!(firm.store.read("seen", read).await.unwrap(), (12, 34, now.0));
    let _ = &count;
}
