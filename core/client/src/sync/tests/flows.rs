//! What happens when nothing goes wrong.

use super::Phone;
use crate::changes::Change;
use crate::journal::JournalError;
use firebee_domain::{
    code::Code,
    id::{ProjectId, TaskId},
};
use firebee_protocol::fact::{BlobRole, Body, DeviceNote, parse};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

#[tokio::test]
async fn one_change_is_one_push_and_one_pull_and_an_idle_sync_is_one_request() {
    let phone = Phone::signed_in().await;
    phone.sync().await.unwrap();
    phone.log();
    phone.record(1);
    assert_eq!(phone.five(), [1, 0, 0, 0, 0]);
    phone.sync().await.unwrap();
    let log = phone.log();
    assert_eq!(log.len(), 2, "{log:?}");
    assert!(log[0] == "POST /v1/push" && log[1].starts_with("GET /v1/pull?"), "{log:?}");
    assert_eq!(phone.five(), [0, 0, 0, 1, 0]);
    phone.sync().await.unwrap();
    let log = phone.log();
    assert!(log.len() == 1 && log[0].starts_with("GET /v1/pull?"), "{log:?}");
}

#[tokio::test]
async fn a_thousand_facts_are_two_pushes_and_one_pull() {
    let phone = Phone::signed_in().await;
    phone.sync().await.unwrap();
    phone.log();
    phone.record(1_000);
    phone.sync().await.unwrap();
    assert_eq!(phone.log().len(), 3);
    assert_eq!(phone.server.world().facts_in_push, [500, 500]);
    assert_eq!(phone.five(), [0, 0, 0, 1_000, 0]);
}

#[tokio::test]
async fn what_the_server_parks_is_told_with_its_code_and_counts_again_when_it_is_adopted() {
    let phone = Phone::signed_in().await;
    phone.record(3);
    phone.server.world().park.insert(2, Code::OutOfScope);
    let journal = &phone.client.core().journal;
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 2, 1]);
    let parked = journal.read::<_, JournalError>("parked", |rows| rows.parked()).unwrap();
    assert_eq!((parked[0].seq, parked[0].code.known()), (2, Some(Code::OutOfScope)));
    phone.server.world().adopt(parked[0].id);
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 3, 0]);
}

/// The word that a fact counts may come on any page, not only on the last.
#[tokio::test]
async fn a_fact_that_was_adopted_counts_however_many_pages_follow_the_word_of_it() {
    let phone = Phone::signed_in().await;
    phone.record(1);
    phone.server.world().park.insert(1, Code::OutOfScope);
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 0, 1]);
    let journal = &phone.client.core().journal;
    let parked = journal.read::<_, JournalError>("parked", |rows| rows.parked()).unwrap();
    {
        let mut world = phone.server.world();
        world.adopt(parked[0].id);
        world.publish("project", "p", Some(json!({})));
        world.page_max = 1;
    }
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 1, 0]);
}

#[tokio::test]
async fn blobs_follow_their_facts_thumbnails_first_and_large_ones_go_in_pieces() {
    let phone = Phone::signed_in().await;
    let large: Vec<u8> = (0..3_500_000_u32).map(|n| (n % 251) as u8).collect();
    let original = phone.keep(&large, BlobRole::Original);
    let preview = phone.keep(b"preview", BlobRole::Preview);
    let thumb = phone.keep(b"thumb", BlobRole::Thumb);
    phone.sync().await.unwrap();
    let log = phone.log();
    let at = |what: String| log.iter().position(|name| *name == what).unwrap_or_else(|| panic!("{what}: {log:?}"));
    let push = at("POST /v1/push".into());
    let order = [
        push,
        at(format!("PUT /v1/blobs/{thumb}")),
        at(format!("PUT /v1/blobs/{preview}")),
        at(format!("HEAD /v1/blobs/{original}")),
        at("POST /v1/blobs".into()),
        at(format!("PATCH /v1/blobs/{original}")),
    ];
    assert!(order.is_sorted(), "{log:?}");
    let world = phone.server.world();
    assert_eq!(world.blobs[&original].bytes, large);
    assert!(world.count("PATCH") == 0 && log.iter().filter(|name| name.starts_with("PATCH")).count() >= 2);
    drop(world);
    let overview = phone.client.progress().overview().unwrap();
    assert_eq!((overview.blobs_unsent, overview.bytes_unsent), (0, 0));
}

#[tokio::test]
async fn every_request_tells_how_much_is_unsent() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    phone.keep(b"photo", BlobRole::Original);
    phone.server.world().unsent_told.clear();
    phone.sync().await.unwrap();
    let told = phone.server.world().unsent_told.clone();
    assert_eq!((told[0], *told.last().unwrap()), ((3, 1), (0, 0)));
}

/// Whoever looks after phones reads what each tells with its pulls: version, room, clock.
#[tokio::test]
async fn every_pull_tells_the_version_the_room_and_the_clock() {
    let phone = Phone::signed_in().await;
    phone.keep(b"photo", BlobRole::Original);
    phone.server.world().phone_told.clear();
    let core = phone.client.core();
    let before = core.ports.clock.now().wall_ms;
    phone.sync().await.unwrap();
    let told = phone.server.world().phone_told.clone();
    let status = firebee_protocol::phone::PhoneStatus::read(told.last().unwrap());
    assert_eq!(status.app.as_deref(), Some(core.config.device.app.as_str()));
    assert!((before..=core.ports.clock.now().wall_ms).contains(&status.wall_ms.unwrap()), "{told:?}");
    assert!(status.kept_bytes > Some(5) && status.free_bytes.is_some(), "{told:?}");
}

#[tokio::test]
async fn documents_come_page_by_page_and_a_missed_age_is_pulled_as_a_snapshot() {
    let phone = Phone::signed_in().await;
    for n in 0..7 {
        phone.server.world().publish("project", &format!("p{n}"), Some(json!({ "n": n })));
    }
    phone.server.world().page_max = 3;
    phone.sync().await.unwrap();
    let ids = |phone: &Phone| {
        let core = phone.client.core();
        let all = core.cache.read::<_, crate::cache::CacheError>(|rows| rows.documents::<serde_json::Value>("project"));
        all.unwrap().into_iter().map(|document| document.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&phone), ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]);
    {
        let mut world = phone.server.world();
        world.docs.remove(&("project".into(), "p3".into()));
        world.publish("project", "p8", Some(json!({})));
        world.purged = world.feed_head;
        world.page_max = usize::MAX;
        world.log.clear();
    }
    phone.sync().await.unwrap();
    assert_eq!(ids(&phone), ["p0", "p1", "p2", "p4", "p5", "p6", "p8"]);
    assert!(phone.log().iter().any(|name| !name.contains("cursor=")));
}

#[tokio::test]
async fn a_digest_that_does_not_match_is_noted_and_pulled_anew_once_a_day() {
    let phone = Phone::signed_in().await;
    phone.server.world().publish("project", "p", Some(json!({})));
    phone.server.world().wrong_digest = true;
    phone.sync().await.unwrap();
    let notes = |phone: &Phone| {
        let world = phone.server.world();
        let bodies = world.lines.iter().map(|line| parse(line).unwrap().body.unwrap());
        bodies.filter(|body| matches!(body, Body::DeviceNote(DeviceNote::DigestMismatch { .. }))).count()
    };
    assert_eq!(notes(&phone), 1);
    phone.sync().await.unwrap();
    assert_eq!(notes(&phone), 1, "not again on the same day");
    phone.clock.advance_ms(86_400_000);
    phone.sync().await.unwrap();
    assert_eq!(notes(&phone), 2);
}

/// Facts that were recorded before the first answer of the server in a boot get an anchor of that boot.
#[tokio::test]
async fn facts_of_a_boot_without_meeting_are_followed_by_an_anchor_note() {
    let phone = Phone::signed_in().await;
    phone.sync().await.unwrap();
    phone.clock.reboot(10_000);
    phone.record(2);
    phone.sync().await.unwrap();
    let boot = crate::ports::Clock::now(&*phone.clock).boot_id;
    let world = phone.server.world();
    let last = parse(world.lines.last().unwrap()).unwrap();
    let Ok(Body::DeviceNote(DeviceNote::Anchor { anchor, .. })) = last.body else { panic!("{last:?}") };
    assert_eq!((anchor.boot_id, anchor.rtt_ms, world.lines.len()), (boot, 80, 3));
    let before = parse(&world.lines[0]).unwrap();
    assert_eq!(before.captured.anchor.map(|anchor| anchor.boot_id == boot), Some(false));
}

#[tokio::test]
async fn in_the_background_what_is_recorded_is_sent_without_being_asked() {
    let phone = Phone::signed_in().await;
    let sync = phone.client.sync();
    let changes = phone.client.changes();
    sync.start();
    phone.record(3);
    let photo = phone.keep(b"photo", BlobRole::Original);
    // As every use case tells it.
    phone.client.core().changes.tell(Change::Track);
    while phone.five()[3] < 4 || phone.client.progress().overview().unwrap().blobs_unsent > 0 {
        changes.next().await;
    }
    sync.stop().await;
    assert_eq!(phone.server.world().blobs[&photo].bytes, b"photo");
}

fn receipts_noted(phone: &Phone) -> usize {
    let lines = phone.server.world().lines.clone();
    lines.iter().filter(|line| String::from_utf8_lossy(line).contains("receipt_outside_bound")).count()
}

/// The server dates a receipt an hour ahead of what it said itself. The phone notes it, and the receipt of the note, which
/// is as wrong, does not start a circle.
#[tokio::test]
async fn a_receipt_outside_of_the_phones_own_bound_is_noted_at_most_hourly() {
    for skew_ms in [3_600_000, -3_600_000] {
        let phone = Phone::signed_in().await;
        phone.record(1);
        phone.sync().await.unwrap();
        assert_eq!(receipts_noted(&phone), 0, "an honest receipt is within");
        phone.server.world().receipt_skew_ms = skew_ms;
        for _ in 0..3 {
            phone.record(1);
            phone.sync().await.unwrap();
        }
        assert_eq!(receipts_noted(&phone), 1, "{skew_ms}");
        phone.clock.advance_ms(3_700_000);
        phone.record(1);
        phone.sync().await.unwrap();
        assert_eq!(receipts_noted(&phone), 2, "{skew_ms}");
    }
}

/// The seq in the copy outside the journal, once it is this one.
async fn wait_until_copied(phone: &Phone, seq: u64) {
    let path = phone.home.path().join("li").join("high-water");
    for _ in 0..200 {
        let copy = std::fs::read_to_string(&path).unwrap_or_default();
        if copy.trim().ends_with(&format!(" {seq}")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    panic!("{seq} was never copied");
}

/// The fact after which nothing else happens is the one that an old copy of the journal would lack.
#[tokio::test(start_paused = true)]
async fn the_last_seq_is_copied_every_60_s_without_another_act_or_sync() {
    let phone = Phone::signed_in().await;
    phone.client.session().sign_out().await.unwrap();
    phone.client.sync().start();
    phone.record(1);
    wait_until_copied(&phone, 1).await;
    phone.record(2);
    wait_until_copied(&phone, 3).await;
    phone.client.sync().stop().await;
}

/// The place that the server names may be absolute, and on another path: a blob's address follows from its id.
#[tokio::test]
async fn an_upload_is_created_with_its_first_bytes_where_the_server_takes_them_wherever_it_says_the_place_is() {
    for carries in [true, false] {
        let phone = Phone::signed_in().await;
        phone.server.world().creation_with_upload = carries;
        let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n >> 3) as u8).collect();
        let id = phone.keep(&bytes, BlobRole::Original);
        phone.log();
        phone.sync().await.unwrap();
        assert!(phone.server.world().blobs[&id].bytes == bytes);
        let log = phone.log();
        let count = |of: &str| log.iter().filter(|name| name.starts_with(of)).count();
        assert_eq!(count("OPTIONS /v1/blobs"), 1);
        let expected = if carries { (1, 0, 1) } else { (1, 1, 2) };
        assert_eq!((count("POST /v1/blobs"), count("HEAD"), count("PATCH")), expected, "{log:?}");
    }
}

/// The document of a task, as far as a phone's lists read it.
fn held_by(task: Uuid, executor: Uuid) -> serde_json::Value {
    let at = json!({ "wall_ms": 1, "time": null });
    json!({
        "task": {
            "id": task, "project": task, "plan": null, "kind": "supplementary", "executor": executor, "name": "补充检测",
            "state": "executing", "round": 0, "started": at, "items": [], "description": null, "results": [],
            "submissions": [], "reviews": [],
        },
        "executor_name": "", "evidence": { "verified": 0, "total": 0 }, "due": null,
        "catalogue": format!("sha256-{}", "0".repeat(64)),
    })
}

/// A page tells only those screens to read again that show what it holds.
#[tokio::test]
async fn each_kind_of_document_is_told_to_the_screens_that_show_it() {
    let phone = Phone::signed_in().await;
    phone.sync().await.unwrap();
    let me = phone.server.world().account;
    let [task, project, other] = [1, 2, 3].map(Uuid::from_u128);
    let (of_task, of_project) = (Change::Task(TaskId(task)), Change::Project(ProjectId(project)));
    let table = [
        ("session", me.to_string(), json!({}), vec![Change::Session]),
        ("crew", other.to_string(), json!({}), vec![Change::Session]),
        ("project", project.to_string(), json!({}), vec![of_project]),
        ("assignment", "p/a".into(), json!({ "assignment": { "project": project } }), vec![of_project]),
        ("task", task.to_string(), held_by(task, me.0), vec![of_task]),
        ("task", task.to_string(), held_by(task, other), vec![of_task, Change::Review]),
        ("fault", other.to_string(), json!({ "fault": { "task": task } }), vec![of_task, Change::Review]),
        ("parked", other.to_string(), json!({}), vec![Change::Sync, Change::Review]),
        ("catalogue", other.to_string(), json!({}), vec![Change::Documents]),
    ];
    for (kind, id, body, wanted) in table {
        phone.server.world().publish(kind, &id, Some(body));
        let heard = phone.client.core().changes.listen();
        phone.sync().await.unwrap();
        let mut told = Vec::new();
        while let Ok(Some(change)) = tokio::time::timeout(Duration::ZERO, heard.next()).await {
            if !told.contains(&change) {
                told.push(change);
            }
        }
        // How far the lanes are is told all the time.
        told.retain(|change| *change != Change::Sync || kind == "parked");
        assert_eq!(told, wanted, "{kind}");
    }
}
