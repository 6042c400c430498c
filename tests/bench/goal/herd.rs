//! Goal 12: at the end of a month two thousand phones send a day's work to one server, within a minute and within ten
//! seconds. Nobody is turned away for good and nothing is lost.

use crate::{
    harness::{Bench, Goal, rounds::percentile},
    ours::{
        estate::Size,
        herd::{FACTS, ITEMS, Member, PHOTOS, members},
        server::Server,
        upload::id_of,
    },
};
use bytes::Bytes;
use firebee_client::{
    http::{HttpConfig, HttpTransport},
    ports::{Body, Method, Request, Response, Transport as _},
};
use firebee_protocol::push::INCARNATION_HEADER;
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

/// Phones, unless `BENCH_DEVICES` says another number. Only this number has goals.
const DEVICES: usize = 2_000;
/// The pause after `slow_down`, where the answer names none.
const PAUSE: Duration = Duration::from_millis(500);

/// What one phone met.
#[derive(Default)]
struct Met {
    push_ms: f64,
    photo_ms: Vec<f64>,
    slowed: u32,
    errors: Vec<String>,
}

/// Both windows, each against a server of its own.
pub fn run(bench: &mut Bench) {
    let devices = std::env::var("BENCH_DEVICES").ok().and_then(|text| text.parse().ok()).unwrap_or(DEVICES);
    for seconds in [60, 10] {
        window(bench, devices, seconds);
    }
}

fn window(bench: &mut Bench, devices: usize, seconds: u64) {
    let folder = bench.folder();
    let size = Size { operators: devices, busy: devices, plans: 1, items: ITEMS, signed_in: true, ..Size::default() };
    let server = Server::of(folder.path(), size);
    let members = members(server.folder());
    let incarnation = incarnation(&server);
    let threads = Runtime::new().expect("threads start");
    let (met, took) = threads.block_on(storm(server.url(), &incarnation, members, Duration::from_secs(seconds)));
    let name = |what: &str| format!("herd-{seconds}s-{what}");
    let (pushes, photos) = (met.iter().map(|met| met.push_ms), met.iter().flat_map(|met| met.photo_ms.iter().copied()));
    let (pushes, photos): (Vec<f64>, Vec<f64>) = (pushes.collect(), photos.collect());
    let errors: Vec<&String> = met.iter().flat_map(|met| &met.errors).collect();
    errors.iter().take(5).for_each(|error| println!("  {error}"));
    let lost = devices * (FACTS + PHOTOS) - counted(&server);
    let in_minute = seconds == 60;
    let only = |is: bool, goal: f64| if is { Goal::AtMost(goal) } else { Goal::None };
    bench.tell(&name("push-p50"), "ms", percentile(&pushes, 0.5), 1);
    bench.keep(&name("push-p99"), "ms", percentile(&pushes, 0.99), only(in_minute, 50.0), 1);
    bench.keep(&name("photo-p99"), "ms", percentile(&photos, 0.99), only(!in_minute, 500.0), 1);
    bench.keep(&name("done"), "s", took.as_secs_f64(), only(!in_minute, 16.0), 1);
    bench.keep(&name("peak"), "MB", server.process().memory_mb().1, only(!in_minute, 250.0), 1);
    bench.keep(&name("errors"), "errors", errors.len() as f64, Goal::AtMost(0.0), 1);
    bench.keep(&name("lost"), "facts and photos", lost as f64, Goal::AtMost(0.0), 1);
    bench.tell(&name("slowed"), "answers", met.iter().map(|met| f64::from(met.slowed)).sum(), 1);
    bench.keep(&name("database"), "GB", database_gb(server.folder()), Goal::AtMost(0.4), 1);
}

/// What the server holds: facts that count, and photos that are verified.
fn counted(server: &Server) -> usize {
    let facts = server.number("SELECT count(*) FROM fact") - server.number("SELECT count(*) FROM outcome");
    (facts + server.number("SELECT count(*) FROM blob WHERE state = 'verified'")) as usize
}

fn database_gb(folder: &Path) -> f64 {
    let files = ["firebee.db", "firebee.db-wal"].map(|name| std::fs::metadata(folder.join(name)));
    files.into_iter().flatten().map(|file| file.len() as f64 / 1e9).sum()
}

fn incarnation(server: &Server) -> String {
    let digits = server.text("SELECT hex(incarnation) FROM organisation");
    uuid::Uuid::try_parse(&digits).expect("an incarnation is a UUID").hyphenated().to_string()
}

/// Everybody sends within the window. Returns what each met, and when the last was done.
async fn storm(url: &str, incarnation: &str, members: Vec<Member>, window: Duration) -> (Vec<Met>, Duration) {
    let transport = Arc::new(HttpTransport::new(&HttpConfig::to(url)).expect("the address is good"));
    let (begun, count) = (Instant::now(), members.len() as u32);
    let mut running = Vec::with_capacity(members.len());
    for (nth, member) in (0..).zip(members) {
        let at = begun + window * nth / count;
        let phone = Phone { transport: transport.clone(), incarnation: incarnation.to_owned(), met: Met::default() };
        running.push(tokio::spawn(async move {
            tokio::time::sleep_until(at.into()).await;
            phone.day(member).await
        }));
    }
    let mut met = Vec::with_capacity(running.len());
    for phone in running {
        met.push(phone.await.expect("a phone ends well"));
    }
    (met, begun.elapsed())
}

struct Phone {
    transport: Arc<HttpTransport>,
    incarnation: String,
    met: Met,
}

impl Phone {
    async fn day(mut self, member: Member) -> Met {
        let packed = [("content-type", "application/x-ndjson"), ("content-encoding", "zstd")];
        self.met.push_ms = self.send(&member.token, Method::Post, "/v1/push".into(), &packed, member.push).await;
        for photo in member.photos {
            let path = format!("/v1/blobs/{}", id_of(&photo));
            let kind = [("content-type", "application/octet-stream")];
            let ms = self.send(&member.token, Method::Put, path, &kind, photo).await;
            self.met.photo_ms.push(ms);
        }
        self.send(&member.token, Method::Get, "/v1/pull".into(), &[], Bytes::new()).await;
        self.met
    }

    /// Sends until the server does not say `slow_down`; gives the milliseconds of it all.
    async fn send(&mut self, token: &str, method: Method, path: String, own: &[(&str, &str)], bytes: Bytes) -> f64 {
        let begun = Instant::now();
        loop {
            let mut headers = vec![
                ("authorization".to_owned(), format!("Bearer {token}")),
                (INCARNATION_HEADER.to_owned(), self.incarnation.clone()),
            ];
            headers.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            let request = Request { method, path: path.clone(), headers, body: Body::Bytes(bytes.clone()) };
            match self.transport.send(request).await {
                Ok(answer) if answer.status < 300 => return begun.elapsed().as_secs_f64() * 1_000.0,
                Ok(answer) if answer.status == 503 => {
                    self.met.slowed += 1;
                    wait_as_told(&answer).await;
                }
                Ok(answer) => {
                    let body = String::from_utf8_lossy(&answer.body).into_owned();
                    self.met.errors.push(format!("{path}: {} {body}", answer.status));
                    return begun.elapsed().as_secs_f64() * 1_000.0;
                }
                Err(error) => {
                    self.met.errors.push(format!("{path}: {error:?}"));
                    return begun.elapsed().as_secs_f64() * 1_000.0;
                }
            }
        }
    }
}

/// Waits as long as the server asks for.
async fn wait_as_told(answer: &Response) {
    let told = answer.header("retry-after").and_then(|value| value.parse().ok());
    tokio::time::sleep(told.map_or(PAUSE, Duration::from_secs)).await;
}
