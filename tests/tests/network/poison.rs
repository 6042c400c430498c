//! A fact that the server cannot count, and a blob whose bytes are wrong: each is told, and delays nothing.

use crate::scene::{Scene, find_blob, has_sentences};
use firebee_domain::{
    code::Code,
    id::{FactId, Hash, ProjectId, StoreId},
};
use firebee_protocol::{
    chain::{chain_next, content_hash, scope_hash},
    fact,
};
use firebee_tests::kept::lines;
use rusqlite::params;
use uuid::Uuid;

/// Puts a line into the journal as an app of the future would have recorded it.
fn plant(scene: &mut Scene, edit: impl Fn(String) -> String) {
    let journal = rusqlite::Connection::open(scene.home.path().join("journal.db")).unwrap();
    let (seq, chain, project, task, line): (i64, [u8; 32], [u8; 16], [u8; 16], Vec<u8>) = journal
        .query_row("SELECT seq, chain, project, task, line FROM fact ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .unwrap();
    let store: [u8; 16] = journal.query_row("SELECT store_id FROM store", [], |row| row.get(0)).unwrap();
    let id = firebee_tests::device::next_id();
    let text = String::from_utf8(line).unwrap();
    let old = text.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let line = edit(text.replacen(&old, &id.to_string(), 1)).into_bytes();
    let content = content_hash(&line);
    let scope = scope_hash(StoreId(Uuid::from_bytes(store)), Some(ProjectId(Uuid::from_bytes(project))));
    let next = u64::try_from(seq + 1).unwrap();
    let after = chain_next(Hash(chain), next, scope, content);
    let insert = "INSERT INTO fact (seq, id, kind, project, task, line, content_hash, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let kind = "result.guessed";
    journal.execute(insert, params![seq + 1, id.0.as_bytes(), kind, project, task, line, content.0, after.0]).unwrap();
    drop(journal);
    scene.restart();
}

fn codes(scene: &Scene) -> Vec<String> {
    scene.client.progress().parked().unwrap().into_iter().map(|parked| parked.code.into()).collect()
}

async fn is_parked_and_delays_nothing(code: &str, edit: impl Fn(String) -> String) {
    let mut scene = Scene::new().await;
    let before: FactId = scene.record();
    plant(&mut scene, edit);
    let picture = scene.photograph(20_000);
    let after = scene.record();
    scene.settles().await;
    assert_eq!(codes(&scene), [code]);
    has_sentences(code.parse().unwrap());
    let counts = scene.overview().facts;
    assert_eq!((counts.parked, counts.total()), (1, 6), "{counts:?}");
    let document = scene.document().await;
    let found = |id: FactId| document.task.results.iter().any(|held| held.fact == id);
    assert!(found(before) && found(after), "what was recorded around it counts");
    assert!(scene.on_server(&picture) == Some(picture));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poison_fact_is_received_not_counted_and_shown_with_its_code() {
    is_parked_and_delays_nothing("malformed", |line| line.replacen("\"ordinal\":1", "\"ordinal\":1.5", 1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kind_that_the_server_does_not_know_is_received_not_counted_and_shown_with_its_code() {
    is_parked_and_delays_nothing("kind_unknown", |line| line.replacen("result.recorded", "result.guessed", 1)).await;
}

/// The bytes on the phone have changed: the server refuses them, the phone looks and says so, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blob_whose_hash_does_not_match_is_counted_as_lost_and_delays_nothing() {
    let mut scene = Scene::new().await;
    let damaged = scene.photograph(30_000);
    let sound = scene.photograph(30_000);
    let path = find_blob(scene.home.path().join("blobs"), &damaged).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    scene.settles().await;
    let seen = scene.overview();
    assert_eq!((seen.blobs_lost, seen.blobs_unsent), (1, 0), "{seen:?}");
    has_sentences(Code::LostLocal);
    let photos = scene.client.progress().task(scene.task).unwrap().photos;
    assert_eq!((photos.verified, photos.taken), (1, 2), "one photo stays open");
    assert_eq!(scene.on_server(&damaged), None, "the wrong bytes are not kept under that name");
    assert!(scene.on_server(&sound) == Some(sound));
    let store = &scene.served.firm.store;
    let is_note = |line: &[u8]| fact::parse(line).is_ok_and(|fact| fact.kind == "device.note");
    assert!(lines(store).await.iter().any(|kept| is_note(&kept.bytes)), "the note of the loss is on the server");
}
