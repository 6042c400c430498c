//! Catalogue packs that plans pin beside the one that is built in.

use super::Phone;
use crate::changes::Change;
use firebee_domain::id::ContentId;
use firebee_protocol::catalogue::EMBEDDED_BYTES;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Another edition, as a server of another version keeps it.
fn other_edition() -> (ContentId, Value) {
    let mut pack: Value = serde_json::from_slice(EMBEDDED_BYTES).unwrap();
    pack["edition"] = json!("2031.01-r1");
    (ContentId(Sha256::digest(serde_json::to_vec(&pack).unwrap()).into()), pack)
}

#[tokio::test]
async fn r_093_a_pack_that_a_plan_pins_is_fetched_once_and_told() {
    for kind in ["assignment", "dispatch"] {
        let phone = Phone::signed_in().await;
        phone.sync().await.unwrap();
        let (id, pack) = other_edition();
        phone.server.world().packs.insert(id, pack);
        phone.server.world().publish(kind, "one", Some(json!({ "catalogue": id })));
        phone.sync().await.unwrap();
        let phone = phone.restart();
        let held = phone.client.core().packs.get(id).unwrap();
        assert_eq!(held.catalogue.edition, "2031.01-r1");
        phone.sync().await.unwrap();
        let fetched = phone.log().iter().filter(|name| name.starts_with("GET /v1/catalogues/")).count();
        assert_eq!(fetched, 1);
    }
}

#[tokio::test]
async fn a_pack_that_does_not_come_or_is_another_holds_nothing_up_and_is_asked_for_again() {
    let phone = Phone::signed_in().await;
    let (id, pack) = other_edition();
    phone.server.world().publish("assignment", "one", Some(json!({ "catalogue": id })));
    for lying in [false, true] {
        if lying {
            phone.server.world().packs.insert(id, json!({ "edition": "forged" }));
        }
        phone.record(1);
        phone.sync().await.unwrap();
        assert!(phone.client.core().packs.get(id).is_none());
        assert_eq!(phone.five()[0], 0);
    }
    // The first look after the app was opened finds what is still missing.
    let phone = phone.restart();
    phone.server.world().packs.insert(id, pack);
    let sync = phone.client.sync();
    let changes = phone.client.changes();
    sync.start();
    while changes.next().await != Some(Change::Documents) {}
    assert!(phone.client.core().packs.get(id).is_some());
    sync.stop().await;
}
