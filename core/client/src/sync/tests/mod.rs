//! The drivers against a server that is played in process.

mod alone;
mod faults;
mod flows;
mod packs;
mod refused;
mod server;

use crate::{
    Client, ClientConfig, OpenError,
    journal::{Counts, JournalError},
    ports::{
        Ports,
        fakes::{FakeClock, FakeTransport, SeededEntropy, ports},
    },
};
use firebee_domain::{
    id::{ContentId, ProjectId},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, DeviceNote, Envelope, Mime, Subject},
    problem::CodeWord,
    session::Device,
};
pub(crate) use server::{FakeServer, Fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tempfile::TempDir;

/// A phone in a folder of its own, whose network is the played server.
pub(crate) struct Phone {
    pub(crate) client: Client,
    pub(crate) server: FakeServer,
    pub(crate) clock: Arc<FakeClock>,
    home: TempDir,
}

/// Two phones, and one that was restarted, never draw the same random bytes.
static NEXT_SEED: AtomicU64 = AtomicU64::new(1);

pub(crate) const T0: i64 = 1_800_000_000_000;

impl Phone {
    pub(crate) fn new(server: &FakeServer) -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = Arc::new(FakeClock::at(T0));
        let client = open(&home, server, &clock, NEXT_SEED.fetch_add(1, Ordering::Relaxed));
        Self { client, server: server.clone(), clock, home }
    }

    /// The app is killed and opened again.
    pub(crate) fn restart(self) -> Self {
        let Self { client, server, clock, home } = self;
        drop(client);
        let client = open(&home, &server, &clock, NEXT_SEED.fetch_add(1, Ordering::Relaxed));
        Self { client, server, clock, home }
    }

    pub(crate) async fn signed_in() -> Self {
        let phone = Self::new(&FakeServer::new());
        phone.client.session().sign_in("li", "correct").await.unwrap();
        phone
    }

    /// Records so many facts of this phone.
    pub(crate) fn record(&self, count: u64) {
        for n in 0..count {
            self.append(DeviceNote::ClockJump { by_ms: i64::try_from(n).unwrap() }, Vec::new());
        }
    }

    pub(crate) fn append(&self, note: DeviceNote, blobs: Vec<BlobRef>) {
        let core = self.client.core();
        let clocks = core.ports.clock.now();
        core.journal
            .write("record", |tx| {
                let envelope = Envelope {
                    project: Some(ProjectId(uuid::Uuid::from_u128(5))),
                    id: tx.next_fact_id(&clocks, &*core.ports.entropy)?,
                    account: tx.session()?.unwrap().account.unwrap(),
                    captured: tx.captured(&clocks)?,
                    subject: Subject::default(),
                    blobs: blobs.clone(),
                };
                tx.append(&envelope, &Body::DeviceNote(note.clone()))
            })
            .unwrap();
    }

    /// Keeps a blob and records a fact that announces it.
    pub(crate) fn keep(&self, bytes: &[u8], role: BlobRole) -> ContentId {
        let blob = self.client.core().blobs.keep(bytes).unwrap();
        let announced = BlobRef { id: blob.id, len: blob.len, mime: Mime::Jpeg, role };
        self.append(DeviceNote::MockLocation, vec![announced]);
        blob.id
    }

    pub(crate) fn counts(&self) -> Counts {
        let journal = &self.client.core().journal;
        journal.read::<_, JournalError>("counts", |rows| rows.counts(journal.identity())).unwrap()
    }

    /// The five counts, in order, which always add up to the facts recorded.
    pub(crate) fn five(&self) -> [u64; 5] {
        let journal = &self.client.core().journal;
        let head = journal.read::<_, JournalError>("head", |rows| rows.head(journal.identity())).unwrap();
        let counts = self.counts();
        assert_eq!(counts.total(), head.seq);
        [counts.pending, counts.sent, counts.acked, counts.durable, counts.parked]
    }

    pub(crate) async fn sync(&self) -> Result<(), CodeWord> {
        self.client.sync().now().await.map_err(|failure| failure.code)
    }

    pub(crate) fn last_error(&self) -> Option<CodeWord> {
        self.client.progress().overview().unwrap().status.last_error.map(|error| error.code)
    }

    pub(crate) fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.server.world().log)
    }
}

fn open(home: &TempDir, server: &FakeServer, clock: &Arc<FakeClock>, seed: u64) -> Client {
    open_by(home, (server, clock), seed, |ports| ports).unwrap()
}

/// As [`open`], by ports of the test's own.
fn open_by(
    home: &TempDir,
    (server, clock): (&FakeServer, &Arc<FakeClock>),
    seed: u64,
    change: impl FnOnce(Ports) -> Ports,
) -> Result<Client, OpenError> {
    let (server, ticking) = (server.clone(), clock.clone());
    let transport = Arc::new(FakeTransport(move |request| {
        ticking.advance_ms(40);
        server.world().clock_ms = ticking_now(&ticking);
        let answer = server.answer(request);
        ticking.advance_ms(40);
        // Lets other tasks run in between, as a real network would.
        async move {
            tokio::task::yield_now().await;
            answer
        }
    }));
    let entropy = Arc::new(SeededEntropy::new(seed));
    let base = ports(home.path(), clock.clone(), seed).unwrap();
    let device = Device { name: "Test".into(), system: "Linux".into(), app: "0".into() };
    let config = ClientConfig { reserve_bytes: 0, ..ClientConfig::new(home.path().join("li"), "http://test", device) };
    Client::blocking_open(config, change(Ports { transport, entropy, ..base }))
}

fn ticking_now(clock: &FakeClock) -> i64 {
    let Timestamp(now) = crate::ports::Clock::now(clock).wall_ms;
    now
}
