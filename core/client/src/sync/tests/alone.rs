//! What one blob or one store meets alone, while everything else goes on.

use super::Phone;
use crate::journal::{RetireReason, StoreHealth};
use firebee_protocol::fact::BlobRole;

#[tokio::test]
async fn a_photo_that_was_given_up_as_lost_is_sent_once_the_phone_holds_it_again() {
    let phone = Phone::signed_in().await;
    let id = phone.keep(b"photo", BlobRole::Original);
    std::fs::remove_file(phone.client.core().blobs.path(id)).unwrap();
    phone.server.world().faults.push_back(("PUT", super::Fault::LoseRequest));
    assert_eq!(phone.sync().await, Err("network_error".into()));
    phone.sync().await.unwrap();
    assert!(phone.server.world().blobs[&id].bytes.is_empty(), "its file is gone");
    assert_eq!(phone.keep(b"photo", BlobRole::Original), id);
    assert_eq!(phone.client.session().unsent().unwrap().blobs, 1);
    phone.sync().await.unwrap();
    assert_eq!(phone.server.world().blobs[&id].bytes, b"photo");
}

/// Yesterday's journal put back in place does not name today's photos; they exist nowhere else.
#[tokio::test]
async fn a_journal_that_was_rolled_back_sweeps_no_photo_away() {
    let phone = Phone::signed_in().await;
    phone.record(1);
    phone.client.suspend().unwrap();
    let journal = phone.home.path().join("li").join("journal.db");
    let yesterday = std::fs::read(&journal).unwrap();
    phone.client.resume();
    let id = phone.keep(b"photo", BlobRole::Original);
    phone.client.core().journal.note_high_water().unwrap();
    phone.client.suspend().unwrap();
    std::fs::write(&journal, yesterday).unwrap();
    let phone = phone.restart();
    assert_eq!(phone.client.health(), StoreHealth::Retired(RetireReason::RolledBack));
    assert!(phone.client.core().blobs.path(id).exists());
}
