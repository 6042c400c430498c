//! The cache with a real file.

use super::*;
use firebee_domain::{code::Code, id::StoreId};
use firebee_protocol::{
    digest::FeedDigest,
    patch::Patch,
    pull::{Applied, Change},
};
use serde_json::value::RawValue;
use uuid::Uuid;

const STORE: StoreId = StoreId(Uuid::from_u128(3));

fn change(feed_seq: u64, id: &str, rev: u64, body: Option<&str>) -> Change {
    let body = body.map(|body| RawValue::from_string(body.to_owned()).unwrap());
    Change { feed_seq, kind: "task".into(), id: id.into(), rev, deleted: body.is_none(), patch: None, body }
}

fn page(changes: Vec<Change>, head: u64, live: &[(&str, u64)]) -> Page {
    let mut digest = FeedDigest::default();
    live.iter().for_each(|(id, rev)| digest.add("task", id, *rev));
    Page {
        changes,
        next_cursor: format!("1.x.{head}"),
        head,
        done: true,
        total: None,
        applied: vec![Applied { store_id: STORE, seq: head }],
        digest: Some(digest.to_string()),
        server_ms: Timestamp(0),
    }
}

fn part(changes: Vec<Change>, cursor: &str) -> Page {
    Page { next_cursor: cursor.into(), done: false, applied: vec![], digest: None, ..page(changes, 0, &[]) }
}

fn shown(cache: &Cache) -> Vec<(String, u64, i64)> {
    let rows = cache.read(|rows| rows.documents::<i64>("task")).unwrap();
    rows.into_iter().map(|held| (held.id, held.rev, held.body)).collect()
}

#[test]
fn the_first_pull_is_a_snapshot_that_shows_only_when_it_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    assert_eq!(cache.cursor(), Ok(None));
    cache.apply_page(&part(vec![change(1, "a", 1, Some("1"))], "1.x.1")).unwrap();
    assert!(shown(&cache).is_empty());
    assert_eq!(cache.cursor(), Ok(Some("1.x.1".into())));
    let applied = cache.apply_page(&page(vec![change(2, "b", 1, Some("2"))], 2, &[("a", 1), ("b", 1)])).unwrap();
    assert_eq!((applied.swapped, applied.digest_mismatch), (true, false));
    assert_eq!(shown(&cache), [("a".to_owned(), 1, 1), ("b".to_owned(), 1, 2)]);
    assert_eq!(cache.read(|rows| rows.applied(STORE)), Ok(2));
}

#[test]
fn page_cursor_and_applied_outlive_a_restart_together_and_the_digest_follows_each_row() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    cache
        .apply_page(&page(vec![change(1, "a", 1, Some("1")), change(2, "b", 1, Some("2"))], 2, &[("a", 1), ("b", 1)]))
        .unwrap();
    drop(cache);
    let cache = Cache::open(home.path()).unwrap();
    let next = page(vec![change(3, "a", 2, Some("7")), change(4, "b", 2, None)], 4, &[("a", 2)]);
    let applied = cache.apply_page(&next).unwrap();
    assert_eq!((applied.changed.len(), applied.swapped, applied.digest_mismatch), (2, false, false));
    assert_eq!(shown(&cache), [("a".to_owned(), 2, 7)]);
    assert_eq!(cache.cursor(), Ok(Some("1.x.4".into())));
    // Applying a page again, as after a lost reply, changes nothing.
    assert!(!cache.apply_page(&next).unwrap().digest_mismatch);
    assert_eq!(shown(&cache), [("a".to_owned(), 2, 7)]);
}

#[test]
fn a_patch_is_laid_over_the_revision_it_was_made_from_and_over_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    let text =
        |answers: usize| format!("[{}7]", (0..answers).map(|n| format!("{},", n * n * 7_919)).collect::<String>());
    let grown = |from: u64, answers: usize| Change {
        patch: Some(Patch::between(from, &text(answers - 1), &text(answers)).unwrap()),
        deleted: false,
        ..change(0, "a", from + 1, None)
    };
    cache.apply_page(&page(vec![change(1, "a", 1, Some(&text(60)))], 1, &[("a", 1)])).unwrap();
    let applied = cache.apply_page(&page(vec![grown(1, 61)], 2, &[("a", 2)])).unwrap();
    assert!(!applied.digest_mismatch);
    let body = |cache: &Cache| cache.read(|rows| rows.document::<Vec<i64>>("task", "a")).unwrap().unwrap();
    assert_eq!((body(&cache).rev, body(&cache).body.len()), (2, 62));
    for unfit in [grown(1, 61), grown(3, 62), grown(2, 61)] {
        assert_eq!(cache.apply_page(&page(vec![unfit], 3, &[])), Err(CacheError::PatchUnfit));
        assert_eq!(cache.cursor(), Ok(Some("1.x.2".into())), "nothing of the page was applied");
    }
    let absent = Change { id: "b".into(), ..grown(1, 61) };
    assert_eq!(cache.apply_page(&page(vec![absent], 3, &[])), Err(CacheError::PatchUnfit));
}

#[test]
fn a_digest_that_differs_is_told_and_pulled_anew_at_most_once_a_day() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    let applied = cache.apply_page(&page(vec![change(1, "a", 1, Some("1"))], 1, &[("a", 1), ("gone", 1)])).unwrap();
    assert!(applied.digest_mismatch);
    assert_eq!(cache.resync(Timestamp(1_000)), Ok(true));
    assert_eq!(cache.cursor(), Ok(None));
    assert_eq!(shown(&cache).len(), 1, "what was there is shown until the snapshot is whole");
    assert_eq!(cache.resync(Timestamp(1_000 + RESYNC_EVERY_MS - 1)), Ok(false));
    assert_eq!(cache.resync(Timestamp(1_000 + RESYNC_EVERY_MS)), Ok(true));
    assert_eq!(cache.resync(Timestamp(5)), Ok(true), "a clock that ran backwards does not forbid it for years");
    cache.apply_page(&page(vec![change(9, "gone", 1, Some("3"))], 9, &[("gone", 1)])).unwrap();
    assert_eq!(shown(&cache), [("gone".to_owned(), 1, 3)], "what is not in the snapshot is gone");
}

#[test]
fn a_damaged_cache_is_replaced_by_an_empty_one() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    cache.apply_page(&page(vec![change(1, "a", 1, Some("1"))], 1, &[("a", 1)])).unwrap();
    drop(cache);
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(home.path().join(format!("cache.db{tail}")));
    }
    std::fs::write(home.path().join("cache.db"), "not a database at all, but long enough to look like one".repeat(99))
        .unwrap();
    let cache = Cache::open(home.path()).unwrap();
    assert!(shown(&cache).is_empty());
    assert_eq!(cache.cursor(), Ok(None));
}

#[test]
fn every_change_makes_what_was_derived_stale() {
    let home = tempfile::tempdir().unwrap();
    let cache = Cache::open(home.path()).unwrap();
    let before = cache.generation();
    cache.apply_page(&page(vec![], 1, &[])).unwrap();
    assert_ne!(cache.generation(), before);
    cache.suspend();
    assert_eq!(cache.cursor(), Err(CacheError::Suspended));
    assert_eq!(cache.cursor().map_err(|error| error.code()), Err(Code::CacheUnavailable));
    cache.resume();
    assert_eq!(cache.cursor(), Ok(Some("1.x.1".into())));
}
