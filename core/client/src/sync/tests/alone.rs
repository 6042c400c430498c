//! Failures of one blob or one store, while everything else continues.

use super::{Fault, Phone};
use crate::{
    core::Network,
    journal::{RetireReason, StoreHealth},
    sync::Lane,
};
use firebee_domain::code::Code;
use firebee_protocol::fact::BlobRole;
use serde_json::Value;

#[tokio::test]
async fn a_photo_that_was_given_up_as_lost_is_sent_once_the_phone_holds_it_again() {
    let phone = Phone::signed_in().await;
    let id = phone.keep(b"photo", BlobRole::Original);
    std::fs::remove_file(phone.client.core().blobs.path(id)).unwrap();
    phone.sync().await.unwrap();
    assert!(phone.server.world().blobs[&id].bytes.is_empty(), "its file is gone");
    assert_eq!(phone.keep(b"photo", BlobRole::Original), id);
    assert_eq!(phone.client.session().unsent().unwrap().blobs, 1);
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().blobs[&id].bytes, b"photo");
}

/// A restored journal does not name the photos that were taken after its backup. They must not be deleted.
#[tokio::test]
async fn a_journal_that_was_rolled_back_sweeps_no_photo_away() {
    let phone = Phone::signed_in().await;
    phone.record(1);
    phone.client.suspend().await.unwrap();
    let journal = phone.home.path().join("li").join("journal.db");
    let yesterday = std::fs::read(&journal).unwrap();
    phone.client.resume().await;
    let id = phone.keep(b"photo", BlobRole::Original);
    phone.client.core().journal.note_high_water().unwrap();
    phone.client.suspend().await.unwrap();
    std::fs::write(&journal, yesterday).unwrap();
    let phone = phone.restart();
    assert_eq!(phone.client.health(), StoreHealth::Retired(RetireReason::RolledBack));
    assert!(phone.client.core().blobs.path(id).exists());
}

/// One blob that always fails delays no other.
#[tokio::test]
async fn a_blob_that_the_server_cannot_take_or_the_line_never_carries_lets_the_others_pass() {
    for fault in [Fault::Refuse(503, Code::SlowDown, Value::Null), Fault::LoseRequest, Fault::TimeOut] {
        let phone = Phone::signed_in().await;
        let poison = phone.keep(b"poison", BlobRole::Thumb);
        let good = phone.keep(b"good", BlobRole::Original);
        for _ in 0..20 {
            let body: &'static str = format!("PUT /v1/blobs/{poison}").leak();
            phone.server.fault(body, fault.clone());
            phone.server.fault("PATCH", fault.clone());
        }
        for _ in 0..3 {
            assert!(phone.sync().await.is_err());
        }
        assert_eq!(phone.server.world().blobs[&good].bytes, b"good", "{fault:?}");
        assert!(phone.server.world().blobs[&poison].bytes.is_empty());
    }
}

/// A photo that cannot be read at the moment delays no other.
#[cfg(unix)]
#[tokio::test]
async fn a_photo_that_cannot_be_read_at_the_moment_lets_the_others_pass_and_is_not_given_up() {
    let phone = Phone::signed_in().await;
    let unreadable = phone.keep(b"unreadable", BlobRole::Thumb);
    let good = phone.keep(b"good", BlobRole::Original);
    let path = phone.client.core().blobs.path(unreadable);
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&path, &path).unwrap();
    assert_eq!(phone.sync().await, Err(Code::StorageFailed.into()));
    assert_eq!(phone.server.world().blobs[&good].bytes, b"good");
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, b"unreadable").unwrap();
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().blobs[&unreadable].bytes, b"unreadable");
}

/// A push that is still on the old network keeps no other lane from using the new one.
#[tokio::test]
async fn another_network_reaches_every_lane_while_one_is_stuck_on_the_old_one() {
    let phone = Phone::signed_in().await;
    let id = phone.keep(b"photo", BlobRole::Original);
    phone.server.fault("PUT", Fault::LoseRequest);
    assert_eq!(phone.sync().await, Err(Code::NetworkError.into()));
    let sync = phone.client.sync();
    let inner = &sync.lanes.inner;
    // As the lane's driver holds it for as long as its request takes.
    let stuck = inner.push.lock().await;
    sync.connectivity_changed(Network::Unmetered);
    crate::sync::drive::run(inner, Lane::Blobs).await;
    assert_eq!(phone.server.world().blobs[&id].bytes, b"photo");
    drop(stuck);
}
