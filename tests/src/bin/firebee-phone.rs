//! A phone in a process of its own, to be killed: records results, photos and fixes through the real core, and syncs.
//!
//! `firebee-phone FOLDER URL LOGIN PASSWORD SEED FIRST work|drain`. Every line on standard output is one event; a line
//! that begins with `ok` is a call that returned Ok, and it is written before anything else happens. `FIRST` is the
//! number of the first picture. `drain` records nothing more, sends everything and ends.
#![expect(clippy::expect_used, clippy::panic, reason = "whatever goes wrong here, the test must hear of it")]

use firebee_client::{
    Client, ClientConfig, Network,
    http::{HttpConfig, HttpTransport},
    journal::ClaimState,
    ports::{
        BoxFuture, Clock, Ports, Request, Response, SoftwareSigner, SystemClock, SystemEntropy, Transport,
        TransportError,
    },
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{RecordResult, StartTask, TaskFilter},
        track::StartTrack,
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{PlanItemId, TaskId},
    track::{Fix, Provider},
};
use firebee_protocol::session::Device;
use firebee_tests::{picture, recorded::untestable};
use std::{
    env,
    io::{self, Write as _},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::net::TcpStream;

/// Bytes of a picture that goes in one piece, and of one that goes in several.
const SMALL_BYTES: usize = 20_000;
const LARGE_BYTES: usize = 1_400_000;
/// Fixes in one call: so many are written at once.
const FIXES: i64 = 50;

/// One event. The pipe has it before the next thing is done.
fn tell(event: std::fmt::Arguments<'_>) {
    let mut out = io::stdout().lock();
    writeln!(out, "{event}").and_then(|()| out.flush()).expect("the test listens");
}

/// Tells of every request and answer.
struct Told(HttpTransport);

impl Transport for Told {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let path = request.path.split('?').next().unwrap_or_default().to_owned();
        tell(format_args!("ask {} {path}", <&str>::from(request.method)));
        Box::pin(async move {
            let answer = self.0.send(request).await;
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            tell(format_args!("told {status} {path}"));
            answer
        })
    }
}

struct Phone {
    client: Client,
    /// Host and port of the server.
    server: String,
    clock: SystemClock,
    state: u64,
    picture: u32,
    last_fix_ms: i64,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let given: Vec<String> = env::args().skip(1).collect();
    let [folder, url, login, password, seed, first, what] = given.as_slice() else {
        panic!("seven arguments: {given:?}")
    };
    let clock = SystemClock::new().expect("a clock");
    let folder = PathBuf::from(folder);
    let entropy = Arc::new(SystemEntropy);
    let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone()).expect("a keystore");
    let transport = Told(HttpTransport::new(&HttpConfig::to(url)).expect("a transport"));
    let ports = Ports { clock: Arc::new(clock), transport: Arc::new(transport), signer: Arc::new(signer), entropy };
    let device = Device { name: "Pixel 6a".into(), system: "Android 14".into(), app: "0.1.0".into() };
    let config =
        ClientConfig { reserve_bytes: 64 << 10, photo_bytes: 64 << 10, ..ClientConfig::new(folder, url, device) };
    let client = Client::blocking_open(config, ports).unwrap_or_else(|error| panic!("{}: {error}", error.code()));
    tell(format_args!("opened"));
    let state = seed.parse::<u64>().expect("a seed") | 1;
    let picture = first.parse().expect("a number");
    let server = url.trim_start_matches("http://").to_owned();
    let phone = Phone { client, server, clock, state, picture, last_fix_ms: 0 };
    phone.sign_in(login, password).await;
    if what == "drain" { phone.drain().await } else { phone.work().await }
}

impl Phone {
    /// A number below `sides`.
    fn draw(&mut self, sides: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % sides
    }

    async fn sign_in(&self, login: &str, password: &str) {
        let signed_in = |client: &Client| {
            client.session().state().expect("the journal reads").is_some_and(|held| held.state == ClaimState::SignedIn)
        };
        while !signed_in(&self.client) {
            match self.client.session().sign_in(login, password).await {
                Ok(_) => tell(format_args!("signed in")),
                Err(error) => self.wait_for_the_server(error.code().as_str()).await,
            }
        }
    }

    /// Waits until the server, which is killed and started again, accepts a connection.
    async fn wait_for_the_server(&self, code: &str) {
        tell(format_args!("failed {code}"));
        assert!(!["storage_damaged", "diverged", "sign_in_failed"].contains(&code), "{code}");
        while TcpStream::connect(&self.server).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    async fn task(&self) -> (TaskId, Vec<PlanItemId>) {
        loop {
            // Nothing is known of the account before its documents came.
            if let Some(task) = self.client.tasks().list(&TaskFilter::default()).unwrap_or_default().pop() {
                let view = self.client.tasks().get(task.id).expect("the task");
                return (task.id, view.task.items.iter().map(|held| held.item).collect());
            }
            if let Some(plan) = self.client.projects().issued(None).unwrap_or_default().pop() {
                let items = plan.items.iter().map(|item| item.item).collect();
                let start = StartTask { plan: plan.plan, items, location_allowed: true };
                let task = self.client.tasks().start(&start).expect("a task");
                tell(format_args!("ok task {task}"));
            } else if let Err(failure) = self.client.sync().now().await {
                self.wait_for_the_server(failure.code.as_str()).await;
            }
        }
    }

    async fn work(mut self) {
        let (task, items) = self.task().await;
        self.client.sync().start();
        let changes = self.client.changes();
        let progress = self.client.progress();
        tokio::spawn(async move {
            while changes.next().await.is_some() {
                let seen = progress.overview().expect("counts");
                let acked = seen.facts.acked + seen.facts.durable;
                tell(format_args!("counts {acked} of {}, {} blobs unsent", seen.facts.total(), seen.blobs_unsent));
            }
        });
        loop {
            let at = usize::try_from(self.draw(items.len() as u64)).expect("small");
            let item = items.get(at).copied().expect("an item");
            match self.draw(10) {
                0..=4 => self.record(task, item),
                5 | 6 => self.photograph(task, item, SMALL_BYTES),
                7 => self.photograph(task, item, LARGE_BYTES),
                _ => self.walk(task),
            }
            // Taps come in bursts; the lanes get their turn at the end of one.
            if self.draw(3) > 0 {
                continue;
            }
            tokio::task::yield_now().await;
            self.let_the_lanes_catch_up().await;
        }
    }

    /// A person makes a pause when much is unsent; the lanes tell of every step meanwhile.
    async fn let_the_lanes_catch_up(&self) {
        let changes = self.client.changes();
        while self.client.progress().overview().expect("counts").blobs_unsent > 12 {
            // Whatever wakes us, the counts are read again; a failed lane waits for its back-off.
            let _ = tokio::time::timeout(Duration::from_millis(200), changes.next()).await;
            self.client.sync().connectivity_changed(Network::Unmetered);
        }
    }

    fn record(&mut self, task: TaskId, item: PlanItemId) {
        let ordinal = u32::try_from(self.draw(3)).expect("small") + 1;
        let result = RecordResult { ordinal, ..untestable(task, item) };
        let fact =
            self.client.tasks().record_result(&result).unwrap_or_else(|error| panic!("{}: {error}", error.code()));
        tell(format_args!("ok fact {fact}"));
    }

    fn photograph(&mut self, task: TaskId, item: PlanItemId, bytes: usize) {
        let number = self.picture;
        self.picture += 1;
        let source = PhotoSource::Bytes(picture::jpeg(number, bytes));
        let photo = TakePhoto { task, role: PhotoRole::Evidence, item: Some(item), ordinal: Some(1), source };
        let fact =
            self.client.evidence().take_photo(&photo).unwrap_or_else(|error| panic!("{}: {error}", error.code()));
        tell(format_args!("ok fact {fact}"));
        tell(format_args!("ok photo {number} {bytes}"));
    }

    fn walk(&mut self, task: TaskId) {
        let tracks = self.client.tracks();
        if tracks.status().expect("the track").is_none() {
            let started = tracks.start(StartTrack { task, replayed: false });
            started.unwrap_or_else(|error| panic!("{}: {error}", error.code()));
            tell(format_args!("ok track"));
        }
        let now = self.clock.now().boot_ms;
        if now - FIXES <= self.last_fix_ms {
            return;
        }
        self.last_fix_ms = now;
        let fix = |n: i64| Fix {
            boot_ms: now - FIXES + 1 + n,
            lat_e6: 31_230_000 + i32::try_from(n).unwrap_or(0),
            lon_e6: 121_470_000,
            accuracy_m: 5,
            provider: Provider::Gnss,
            mock: false,
        };
        let fixes: Vec<Fix> = (0..FIXES).map(fix).collect();
        let kept = tracks.append(&fixes).unwrap_or_else(|error| panic!("{}: {error}", error.code()));
        if kept.durable {
            tell(format_args!("ok fixes {} {FIXES}", now - FIXES + 1));
        }
    }

    async fn drain(self) {
        let tracks = self.client.tracks();
        if tracks.status().expect("the track").is_some() {
            tracks.stop().expect("the track ends");
            tell(format_args!("ok track stopped"));
        }
        loop {
            let failed = self.client.sync().now().await.err();
            let seen = self.client.progress().overview().expect("counts");
            if seen.facts.pending + seen.facts.sent + seen.blobs_unsent == 0 {
                tell(format_args!("drained {} parked {}", seen.facts.total(), seen.facts.parked));
                return;
            }
            let code = failed.map_or_else(|| "unfinished".to_owned(), |failure| failure.code.into());
            self.wait_for_the_server(&code).await;
        }
    }
}
