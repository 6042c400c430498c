//! What happens when something does.

use super::{FakeServer, Fault, Phone};
use crate::{
    core::Network,
    journal::JournalError,
    ports::{Body as Sent, Method, Request},
    sync::{inner::Lane, progress::Activity},
};
use firebee_domain::code::Code;
use firebee_protocol::{
    fact::{BlobRole, Body, DeviceNote, parse},
    text::Language,
};
use serde_json::{Value, json};

/// Reliability 1, 2: a lost answer costs a repeat and nothing else.
#[tokio::test]
async fn a_push_whose_answer_was_lost_is_repeated_and_gives_the_same() {
    for fault in [Fault::LoseReply, Fault::LoseRequest, Fault::TimeOut, Fault::Twice] {
        let phone = Phone::signed_in().await;
        phone.record(3);
        phone.server.fault("POST /v1/push", fault.clone());
        let first = phone.sync().await;
        if !matches!(fault, Fault::Twice) {
            assert_eq!(first, Err(Code::NetworkError.into()));
            assert_eq!(phone.five(), [0, 3, 0, 0, 0], "{fault:?}");
        }
        phone.sync().await.unwrap();
        assert_eq!((phone.five(), phone.server.world().lines.len()), ([0, 0, 0, 3, 0], 3), "{fault:?}");
    }
}

/// The next full push is prepared while one is under way. Each fact arrives once and in order, whatever happens to the
/// first push.
#[tokio::test]
async fn a_push_that_was_made_ahead_goes_only_where_it_follows() {
    for (fault, pushes) in [
        (Fault::LoseReply, 5),
        (Fault::LoseRequest, 5),
        (Fault::TimeOut, 5),
        (Fault::Twice, 4),
        (Fault::Refuse(413, Code::TooLarge, Value::Null), 5),
        (Fault::Refuse(409, Code::Gap, json!({ "expected": 1 })), 6),
    ] {
        let phone = Phone::signed_in().await;
        phone.sync().await.unwrap();
        phone.record(1_600);
        phone.log();
        phone.server.fault("POST /v1/push", Fault::Twice);
        phone.server.fault("POST /v1/push", fault.clone());
        for _ in 0..4 {
            let _ = phone.sync().await;
            phone.client.sync().connectivity_changed(Network::Unmetered);
        }
        let facts = || phone.server.world().lines.iter().map(|line| parse(line).unwrap().id).collect::<Vec<_>>();
        assert_eq!(facts().len(), 1_600, "{fault:?}");
        assert!(facts().is_sorted(), "{fault:?}");
        assert_eq!(phone.five(), [0, 0, 0, 1_600, 0], "{fault:?}");
        let sent = phone.log().iter().filter(|name| *name == "POST /v1/push").count();
        assert_eq!(sent, pushes, "{fault:?}: nothing is sent in vain");
    }
}

#[tokio::test]
async fn a_captive_portal_is_no_answer_and_is_told_in_words() {
    let phone = Phone::signed_in().await;
    phone.record(1);
    for request in ["POST /v1/push", "GET /v1/pull"] {
        phone.server.fault(request, Fault::Captive);
    }
    assert_eq!(phone.sync().await, Err(Code::CaptivePortal.into()));
    assert_eq!(phone.five(), [0, 1, 0, 0, 0]);
    let status = phone.client.progress().overview().unwrap().status;
    let error = status.last_error.unwrap();
    assert_eq!(error.code, Code::CaptivePortal);
    assert!(error.text_en.contains("sign-in page") && error.text_zh != error.text_en);
    assert!(status.next_try.is_some());
    phone.client.sync().connectivity_changed(Network::Unmetered);
    phone.sync().await.unwrap();
    assert_eq!((phone.five(), phone.last_error()), ([0, 0, 0, 1, 0], None));
}

/// With a wrong receipt nothing counts as acknowledged, whatever is wrong with it.
#[tokio::test]
async fn no_fact_is_acknowledged_by_a_receipt_that_does_not_hold() {
    let forgeries: [fn(&mut Value); 7] = [
        |reply| reply["receipt"]["sig"] = json!("A".repeat(86)),
        |reply| reply["receipt"]["seq"] = json!(1),
        |reply| reply["receipt"]["received_ms"] = json!(1),
        |reply| reply["receipt"]["store_id"] = json!("00000000-0000-4000-8000-000000000009"),
        |reply| reply["receipt"]["incarnation"] = json!("00000000-0000-4000-8000-000000000009"),
        |reply| reply["receipt"]["chain"] = json!("00".repeat(32)),
        |reply| reply["receipt"]["server_key"] = json!("A".repeat(43)),
    ];
    for forge in forgeries {
        let phone = Phone::signed_in().await;
        phone.record(2);
        phone.server.fault("POST /v1/push", Fault::Forge(forge));
        assert_eq!(phone.sync().await, Err(Code::ReceiptInvalid.into()));
        assert_eq!(phone.five(), [0, 2, 0, 0, 0]);
        phone.sync().await.unwrap();
        assert_eq!(phone.five(), [0, 0, 0, 2, 0]);
    }
}

#[tokio::test]
async fn a_server_that_lost_facts_gets_them_again_from_where_it_stands() {
    let phone = Phone::signed_in().await;
    phone.record(5);
    phone.sync().await.unwrap();
    phone.server.world().lose_after(2);
    phone.record(1);
    phone.sync().await.unwrap();
    assert_eq!((phone.server.world().lines.len(), phone.five()), (6, [0, 0, 0, 6, 0]));
    let counts = phone.server.world().facts_in_push.clone();
    assert_eq!(counts, [5, 1, 4]);
}

#[tokio::test]
async fn a_server_that_knows_more_than_the_journal_stops_the_phone_and_keeps_everything() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    phone.server.fault("POST /v1/push", Fault::Refuse(409, Code::Gap, json!({ "expected": 9 })));
    assert_eq!(phone.sync().await, Err(Code::RolledBack.into()));
    assert_eq!(phone.client.sync().lane(Lane::Push).activity, Activity::Stopped);
    assert_eq!(phone.five(), [0, 2, 0, 0, 0]);
}

/// A phone that lost its account asks for a token that still takes what it has recorded, and sends it.
#[tokio::test]
async fn r_034_a_phone_that_lost_its_account_asks_for_another_token_and_sends_what_it_has() {
    for code in [Code::Fenced, Code::AccountDisabled] {
        let phone = Phone::signed_in().await;
        phone.record(1);
        phone.server.fault("POST /v1/push", Fault::Refuse(403, code, Value::Null));
        phone.sync().await.unwrap();
        assert_eq!(phone.server.world().count("POST /v1/session/refresh"), 1);
        assert_eq!(phone.five(), [0, 0, 0, 1, 0]);
    }
}

/// Receipts, pulls and blobs go on while pushing has stopped: no lane waits for another.
#[tokio::test]
async fn a_lane_that_stopped_keeps_its_code_and_holds_no_other_up() {
    for code in [Code::Diverged, Code::StoreRevoked, Code::StoreMismatch] {
        let phone = Phone::signed_in().await;
        phone.keep(b"photo", BlobRole::Original);
        phone.sync().await.unwrap();
        phone.record(1);
        phone.server.world().publish("project", "p", Some(json!({})));
        phone.server.fault("POST /v1/push", Fault::Refuse(409, code, Value::Null));
        assert_eq!(phone.sync().await, Err(code.into()));
        assert_eq!(phone.last_error(), Some(code.into()));
        let core = phone.client.core();
        let pulled = core.cache.read::<_, crate::cache::CacheError>(|rows| rows.document::<Value>("project", "p"));
        assert!(pulled.unwrap().is_some(), "{code}");
        phone.client.sync().connectivity_changed(Network::Unmetered);
        assert_eq!(phone.client.sync().lane(Lane::Push).activity, Activity::Stopped);
    }
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_split_and_grows_again() {
    let phone = Phone::signed_in().await;
    phone.record(40);
    for _ in 0..2 {
        phone.server.fault("POST /v1/push", Fault::Refuse(413, Code::TooLarge, Value::Null));
    }
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().facts_in_push, [10, 20, 10]);
    assert_eq!(phone.five(), [0, 0, 0, 40, 0]);
}

/// An answer tells outcomes only for the facts of its push. Facts that the server had before are sent again to learn
/// theirs.
#[tokio::test]
async fn a_repeated_push_that_is_shorter_than_what_the_server_has_loses_no_code() {
    let phone = Phone::signed_in().await;
    phone.record(40);
    phone.server.world().park.insert(30, Code::OutOfScope);
    phone.server.fault("POST /v1/push", Fault::LoseReply);
    assert_eq!(phone.sync().await, Err(Code::NetworkError.into()));
    phone.server.fault("POST /v1/push", Fault::Refuse(413, Code::TooLarge, Value::Null));
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().facts_in_push, [40, 20, 20]);
    assert_eq!(phone.five(), [0, 0, 0, 39, 1]);
}

/// After a 413 from the server itself the phone reads the limits again. A 413 from a proxy says nothing about them.
#[tokio::test]
async fn a_server_that_finds_a_push_too_large_is_asked_for_its_limits() {
    let phone = Phone::signed_in().await;
    phone.record(40);
    phone.server.world().limits.facts_max = 7;
    phone.log();
    phone.sync().await.unwrap();
    assert_eq!(phone.log().iter().filter(|name| *name == "GET /v1/capabilities").count(), 1);
    assert_eq!(phone.server.world().facts_in_push, [40, 7, 7, 7, 7, 7, 5]);
    assert_eq!(phone.five(), [0, 0, 0, 40, 0]);
}

#[tokio::test]
async fn a_chain_that_does_not_fit_is_looked_into_before_anything_is_sent_again() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    let at_start = phone
        .client
        .core()
        .journal
        .read::<_, JournalError>("chain", |rows| rows.chain_at(phone.client.core().journal.identity(), 0));
    let detail = json!({ "watermark": 0, "chain": at_start.unwrap().unwrap() });
    phone.server.fault("POST /v1/push", Fault::Refuse(422, Code::ChainMismatch, detail));
    assert_eq!(phone.sync().await, Err(Code::ChainMismatch.into()), "the journal holds, so it waits");
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 2, 0]);
    phone.record(1);
    let other = json!({ "watermark": 2, "chain": "00".repeat(32) });
    phone.server.fault("POST /v1/push", Fault::Refuse(422, Code::ChainMismatch, other));
    assert_eq!(phone.sync().await, Err(Code::Diverged.into()));
}

#[tokio::test]
async fn three_lanes_whose_token_expired_fetch_one() {
    let phone = Phone::signed_in().await;
    phone.server.world().access = "another".into();
    let server = &phone.client.sync().lanes.inner.server;
    let pull = || {
        let path = "/v1/pull?limit=1".to_owned();
        server.ask(Request { method: Method::Get, path, headers: Vec::new(), body: Sent::Empty })
    };
    let (a, b, c) = tokio::join!(pull(), pull(), pull());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    let world = phone.server.world();
    assert_eq!((world.count("GET /v1/pull"), world.count("POST /v1/session/refresh")), (6, 1));
}

#[tokio::test]
async fn a_refresh_token_that_is_worth_nothing_asks_for_a_sign_in_and_discards_nothing() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    phone.server.world().access = "another".into();
    for _ in 0..2 {
        phone.server.fault("POST /v1/session/refresh", Fault::Refuse(401, Code::SignInAgain, Value::Null));
    }
    assert_eq!(phone.sync().await, Err(Code::SignInAgain.into()));
    assert_eq!(phone.five().iter().sum::<u64>(), 2);
    phone.client.session().sign_in("li", "correct").await.unwrap();
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 2, 0]);
}

#[tokio::test]
async fn a_blob_goes_on_from_where_the_server_stands() {
    let phone = Phone::signed_in().await;
    let large: Vec<u8> = (0..2_500_000_u32).map(|n| (n % 241) as u8).collect();
    let id = phone.keep(&large, BlobRole::Original);
    phone.server.fault("PATCH", Fault::LoseReply);
    assert_eq!(phone.sync().await, Err(Code::NetworkError.into()));
    let held = phone.server.world().blobs[&id].bytes.len();
    assert!(held > 0 && held < large.len());
    phone.log();
    let phone = phone.restart();
    phone.sync().await.unwrap();
    let log = phone.log();
    assert!(log.iter().any(|name| name.starts_with("HEAD")), "{log:?}");
    assert_eq!(phone.server.world().blobs[&id].bytes, large);
    assert!(log.iter().all(|name| name != "POST /v1/blobs"), "it was begun: {log:?}");
}

#[tokio::test]
async fn a_file_that_was_damaged_on_the_phone_is_noted_given_up_and_holds_nothing_up() {
    let phone = Phone::signed_in().await;
    let [damaged, gone, sound] =
        [b"damaged", b"gone!!!", b"sound!!"].map(|bytes| phone.keep(bytes, BlobRole::Original));
    let folder = &phone.client.core().blobs;
    std::fs::write(folder.path(damaged), b"DAMAGED").unwrap();
    std::fs::remove_file(folder.path(gone)).unwrap();
    phone.server.fault(leak(format!("PUT /v1/blobs/{gone}")), Fault::Refuse(422, Code::BlobMismatch, Value::Null));
    phone.sync().await.unwrap();
    let world = phone.server.world();
    assert_eq!(world.blobs[&sound].bytes, b"sound!!");
    let lost: Vec<_> = world
        .lines
        .iter()
        .filter_map(|line| match parse(line).unwrap().body.unwrap() {
            Body::DeviceNote(DeviceNote::LostLocal { blob }) => Some(blob),
            _ => None,
        })
        .collect();
    assert!(lost.len() == 2 && lost.contains(&damaged) && lost.contains(&gone), "{lost:?}");
    drop(world);
    assert_eq!(phone.client.progress().overview().unwrap().blobs_unsent, 0);
}

fn leak(text: String) -> &'static str {
    text.leak()
}

/// After a piece was damaged on its way, the phone only reads its own file again.
#[tokio::test]
async fn a_piece_that_arrived_changed_is_sent_again_in_the_same_round() {
    let phone = Phone::signed_in().await;
    let large = vec![5; 1_500_000];
    let id = phone.keep(&large, BlobRole::Original);
    phone.server.fault("PATCH", Fault::Refuse(460, Code::ChecksumMismatch, json!({ "offset": 0 })));
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().blobs[&id].bytes, large);
}

/// An answer to `HEAD` has no body.
#[tokio::test]
async fn a_refusal_without_a_body_tells_its_code_all_the_same() {
    for (status, code) in [(403, Code::StoreRevoked), (409, Code::IncarnationChanged)] {
        let phone = Phone::signed_in().await;
        let id = phone.keep(&vec![5; 1_500_000], BlobRole::Original);
        phone.server.fault("HEAD", Fault::Refuse(status, code, Value::Null));
        assert_eq!(phone.sync().await, Err(code.into()));
        assert_eq!(phone.client.sync().lane(Lane::Blobs).activity, Activity::Stopped);
        phone.sync().await.unwrap();
        assert_eq!(phone.server.world().blobs[&id].bytes.len(), 1_500_000);
    }
}

/// One poison blob delays no other.
#[tokio::test]
async fn a_blob_that_the_server_refuses_waits_alone() {
    let phone = Phone::signed_in().await;
    let poison = phone.keep(b"poison", BlobRole::Thumb);
    let good = phone.keep(b"good", BlobRole::Original);
    for _ in 0..3 {
        let request = leak(format!("PUT /v1/blobs/{poison}"));
        phone.server.fault(request, Fault::Refuse(409, Code::BlobNotAnnounced, Value::Null));
    }
    assert_eq!(phone.sync().await, Err(Code::BlobNotAnnounced.into()));
    assert_eq!(phone.server.world().blobs[&good].bytes, b"good");
    assert!(phone.server.world().blobs[&poison].bytes.is_empty());
}

#[tokio::test]
async fn a_full_server_is_told_and_left_alone_for_long() {
    let phone = Phone::signed_in().await;
    phone.record(1);
    phone.server.fault("POST /v1/push", Fault::Refuse(507, Code::ServerFull, Value::Null));
    assert_eq!(phone.sync().await, Err(Code::ServerFull.into()));
    let status = phone.client.progress().overview().unwrap().status;
    let wait = status.next_try.unwrap().ms_since(crate::ports::Clock::now(&*phone.clock).wall_ms);
    assert!((400_000..=900_000).contains(&wait), "{wait}");
}

/// The server is restored from a backup that has its first two facts and no file.
fn restore(phone: &Phone) {
    let mut world = phone.server.world();
    world.incarnation.0 = uuid::Uuid::from_u128(0xB2);
    world.lose_after(2);
    world.blobs.clear();
    world.docs.clear();
    world.feed_head = 0;
}

/// After the server was restored from a backup, the phone stops and keeps everything. A sign-in then sends the facts
/// that the backup lacks.
#[tokio::test]
async fn another_incarnation_stops_the_lanes_until_a_sign_in_and_then_everything_is_sent_again() {
    let phone = Phone::signed_in().await;
    phone.record(4);
    let id = phone.keep(b"photo", BlobRole::Original);
    phone.sync().await.unwrap();
    restore(&phone);
    phone.record(1);
    assert_eq!(phone.sync().await, Err(Code::IncarnationChanged.into()));
    assert_eq!(phone.five().iter().sum::<u64>(), 6);
    phone.client.session().sign_in("li", "correct").await.unwrap();
    phone.sync().await.unwrap();
    assert_eq!((phone.server.world().lines.len(), phone.five()), (6, [0, 0, 0, 6, 0]));
    assert_eq!(phone.server.world().blobs[&id].bytes, b"photo");
}

/// After a restore the phone claims again with its receipt, without anybody's help, and one sync brings back what the
/// backup lacks.
#[tokio::test]
async fn after_a_restore_one_sync_claims_by_the_receipt_and_sends_what_the_backup_lacks() {
    let phone = Phone::signed_in().await;
    phone.record(4);
    let id = phone.keep(b"photo", BlobRole::Original);
    phone.sync().await.unwrap();
    restore(&phone);
    phone.server.world().takes_receipts = true;
    phone.record(1);
    phone.sync().await.unwrap();
    assert_eq!((phone.server.world().lines.len(), phone.five()), (6, [0, 0, 0, 6, 0]));
    assert_eq!(phone.server.world().blobs[&id].bytes, b"photo");
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_asked() {
    let phone = Phone::new(&FakeServer::new());
    assert_eq!(phone.sync().await, Err(Code::NotSignedIn.into()));
    assert_eq!(phone.log(), Vec::<String>::new());
    let words = crate::session::Failure::of(Code::NotSignedIn).words(Language::En);
    assert!(words.starts_with("Nobody is signed in"), "{words}");
}
