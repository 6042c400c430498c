//! What keeps a phone from going on, told by its code and in both languages.

use super::{FakeServer, Fault, NEXT_SEED, Phone, T0, open_by};
use crate::{
    Client, OpenError,
    ports::{Entropy, EntropyError, Ports, Signer, SignerError, fakes::FakeClock},
    sync::ExportError,
};
use firebee_domain::code::Code;
use firebee_protocol::{
    sign::PublicKey,
    text::{Language, problem_text},
};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A phone by ports of the test's own.
fn phone(server: &FakeServer, change: impl FnOnce(Ports) -> Ports) -> Phone {
    let home = tempfile::tempdir().unwrap();
    let clock = Arc::new(FakeClock::at(T0));
    let client = open_by(&home, (server, &clock), NEXT_SEED.fetch_add(1, Ordering::Relaxed), change).unwrap();
    Phone { client, server: server.clone(), clock, home }
}

/// What the phone shows of its last error.
fn shows(phone: &Phone, code: Code) {
    let told = phone.client.progress().overview().unwrap().status.last_error.unwrap();
    assert_eq!(told.code, code);
    let say = |language| problem_text(code, &[], language);
    assert_eq!((told.text_zh, told.text_en), (say(Language::Zh), say(Language::En)));
}

/// A keystore that can be locked.
struct Locked(Arc<dyn Signer>, Arc<AtomicBool>);

impl Locked {
    fn open(&self) -> Result<&dyn Signer, SignerError> {
        if self.1.load(Ordering::Relaxed) {
            return Err(SignerError::Unavailable { reason: "the phone is locked".into() });
        }
        Ok(&*self.0)
    }
}

impl Signer for Locked {
    fn create(&self, alias: &str) -> Result<PublicKey, SignerError> {
        self.open()?.create(alias)
    }

    fn public_key(&self, alias: &str) -> Result<Option<PublicKey>, SignerError> {
        self.open()?.public_key(alias)
    }

    fn sign(&self, alias: &str, text: &[u8]) -> Result<[u8; 64], SignerError> {
        self.open()?.sign(alias, text)
    }
}

/// Recording goes on while the keystore is locked; what was recorded is sent when it opens again.
#[tokio::test]
async fn a_locked_keystore_is_told_and_nothing_is_lost() {
    let locked = Arc::new(AtomicBool::new(false));
    let lock = locked.clone();
    let server = FakeServer::new();
    let phone = phone(&server, |ports| Ports { signer: Arc::new(Locked(ports.signer.clone(), lock)), ..ports });
    phone.client.session().sign_in("li", "correct").await.unwrap();
    locked.store(true, Ordering::Relaxed);
    phone.record(2);
    assert_eq!(phone.sync().await, Err(Code::KeyUnavailable.into()));
    shows(&phone, Code::KeyUnavailable);
    locked.store(false, Ordering::Relaxed);
    phone.client.sync().connectivity_changed(crate::core::Network::Unmetered);
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 2, 0]);
}

/// Random bytes that may stop.
struct Dry(Arc<dyn Entropy>, Arc<AtomicBool>);

impl Entropy for Dry {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        if self.1.load(Ordering::Relaxed) { Err(EntropyError) } else { self.0.fill(bytes) }
    }
}

#[tokio::test]
async fn without_random_bytes_nobody_signs_in_and_it_is_told() {
    let dry = Arc::new(AtomicBool::new(false));
    let stopped = dry.clone();
    let phone =
        phone(&FakeServer::new(), |ports| Ports { entropy: Arc::new(Dry(ports.entropy.clone(), stopped)), ..ports });
    dry.store(true, Ordering::Relaxed);
    let refused = phone.client.session().sign_in("li", "correct").await.unwrap_err();
    assert_eq!(refused.code(), Code::EntropyUnavailable);
    dry.store(false, Ordering::Relaxed);
    phone.client.session().sign_in("li", "correct").await.unwrap();
}

#[tokio::test]
async fn an_answer_that_does_not_follow_the_protocol_does_not_count_and_is_told() {
    let phone = Phone::signed_in().await;
    phone.server.fault("GET /v1/pull", Fault::Forge(|reply| *reply = json!([])));
    assert_eq!(phone.sync().await, Err(Code::ServerUnverified.into()));
    shows(&phone, Code::ServerUnverified);
    phone.client.sync().connectivity_changed(crate::core::Network::Unmetered);
    phone.sync().await.unwrap();
}

/// What a damaged disk lost cannot be sent again; what is left is kept.
#[tokio::test]
async fn records_that_were_freed_and_are_asked_for_again_are_told() {
    let phone = Phone::signed_in().await;
    phone.record(4);
    phone.sync().await.unwrap();
    let journal = rusqlite::Connection::open(phone.home.path().join("li").join("journal.db")).unwrap();
    journal.execute("UPDATE fact SET line = x'' WHERE seq <= 3", []).unwrap();
    drop(journal);
    phone.server.world().lose_after(1);
    phone.record(1);
    assert_eq!(phone.sync().await, Err(Code::LostOnServer.into()));
    shows(&phone, Code::LostOnServer);
    assert_eq!(phone.counts().total(), 5);
}

#[tokio::test]
async fn an_export_that_cannot_be_made_is_told() {
    let phone = Phone::signed_in().await;
    phone.sync().await.unwrap();
    let export = async || phone.client.sync().export(phone.home.path().join("export.firebee")).await;
    let code = |refused: Result<_, ExportError>| refused.map(|_| ()).map_err(|error| error.code());
    assert_eq!(code(export().await), Err(Code::NothingUnsent));
    phone.record(1);
    assert_eq!(code(export().await), Err(Code::RecipientMissing));
    assert!(!phone.home.path().join("export.firebee").exists());
}

/// A journal of a newer app is not touched by an older one.
#[tokio::test]
async fn a_journal_of_a_newer_app_asks_for_an_upgrade() {
    let Phone { client, server, clock, home } = Phone::signed_in().await;
    drop(client);
    let path = home.path().join("li").join("journal.db");
    let journal = rusqlite::Connection::open(&path).unwrap();
    journal.pragma_update(None, "user_version", 99).unwrap();
    drop(journal);
    let open = || -> Result<Client, OpenError> { open_by(&home, (&server, &clock), 1, |ports| ports) };
    let refused = open().map(drop).map_err(|error| error.code());
    assert_eq!(refused, Err(Code::UpgradeRequired));
    let journal = rusqlite::Connection::open(&path).unwrap();
    assert_eq!(journal.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 99);
}
