//! Phone and server are processes, and both are killed with SIGKILL at random moments, drawn from a seed.
//!
//! The phone writes each call that returned Ok to a pipe, which outlives the phone. After everything has been sent,
//! each of these calls is on the server exactly once, with every byte of its photos and fixes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use firebee_server::store::{Store, migrate::migrate, schema};
use firebee_tests::{
    firm::Firm,
    kept::{Kept, lines},
    link::{Harm, Link, Seen},
    picture,
    served::{PASSWORD, open_for_years},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const PHONE_KILLS: u32 = 30;
const PHONE_KILLS_IN_A_BLOB: u32 = 7;
const SERVER_KILLS_IN_A_BLOB: u32 = 4;
/// Nothing that one event waits for takes longer, even on a machine that does ten other things.
const EVENT_EXPECTED: Duration = Duration::from_secs(60);

/// Dice (xorshift) from the seed that is printed.
struct Dice(u64);

impl Dice {
    fn draw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// A process and the lines that it writes.
struct Process {
    child: Child,
    lines: UnboundedReceiver<String>,
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = unbounded_channel();
        // The pipe is read to its end also when the process is dead: what it wrote, it wrote.
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// The next line; `None` when the process has ended and all was read.
    async fn line(&mut self) -> Option<String> {
        let waited = tokio::time::timeout(EVENT_EXPECTED, self.lines.recv()).await;
        waited.unwrap_or_else(|_| panic!("nothing happened for {EVENT_EXPECTED:?}"))
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What the phone said.
#[derive(Default)]
struct Book {
    facts: Vec<String>,
    photos: Vec<(u32, usize)>,
    fixes: Vec<(i64, i64)>,
    /// Facts that it said were recorded and not yet that they are acknowledged.
    unacked: u64,
    /// Blobs that it said the server has not verified.
    unverified: u64,
    events: u64,
}

impl Book {
    fn note(&mut self, line: &str) {
        self.events += 1;
        let words: Vec<&str> = line.split([' ', ',']).collect();
        match words.as_slice() {
            ["ok", "fact" | "task", id] => {
                self.facts.push((*id).to_owned());
                self.unacked += 1;
            }
            ["ok", "photo", number, bytes] => {
                self.photos.push((number.parse().unwrap(), bytes.parse().unwrap()));
                self.unverified += 3;
            }
            ["ok", "fixes", first, count] => self.fixes.push((first.parse().unwrap(), count.parse().unwrap())),
            ["counts", acked, "of", total, "", blobs, ..] => {
                self.unacked = total.parse::<u64>().unwrap() - acked.parse::<u64>().unwrap();
                self.unverified = blobs.parse().unwrap();
            }
            _ => {}
        }
    }
}

struct Run {
    dice: Dice,
    data: TempDir,
    home: TempDir,
    login: String,
    server: Process,
    link: Link,
    book: Book,
    lives: u32,
    server_kills: u32,
}

impl Run {
    async fn new(seed: u64) -> Self {
        let (data, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let store = Store::sqlite(&data.path().join("firebee.db"), 1).unwrap();
        migrate(&store, schema::MIGRATIONS).await.unwrap();
        let firm = Firm::found((store, None), 1).await;
        open_for_years(&firm).await;
        firm.lay_key(data.path());
        firm.store.close().await;
        let (server, address) = start_server(data.path()).await;
        let login = firm.operators[0].to_string();
        let link = Link::to(address).await;
        let (dice, book) = (Dice(seed | 1), Book::default());
        Self { dice, data, home, login, server, link, book, lives: 0, server_kills: 0 }
    }

    fn phone(&mut self, what: &str) -> Process {
        self.lives += 1;
        let seed = self.dice.draw(1 << 40).to_string();
        let first = (self.lives * 1_000).to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_firebee-phone"));
        command.arg(self.home.path()).args([&self.link.url(), &self.login, PASSWORD, &seed, &first, what]);
        Process::start(&mut command)
    }

    async fn kill_server(&mut self) {
        self.server.kill();
        let (server, address) = start_server(self.data.path()).await;
        self.server = server;
        self.link.lead_to(address);
        self.server_kills += 1;
    }

    /// Notes so many events of the phone.
    async fn watch(&mut self, phone: &mut Process, events: u64) {
        for _ in 0..events {
            let line = phone.line().await.unwrap_or_else(|| panic!("the phone ended by itself"));
            self.book.note(&line);
        }
    }

    /// Kills the phone, reads what it still wrote; whether a fact was not yet acknowledged, and whether a fact or a blob
    /// was not.
    async fn kill(&mut self, mut phone: Process) -> (bool, bool) {
        phone.kill();
        while let Some(line) = phone.line().await {
            self.book.note(&line);
        }
        (self.book.unacked > 0, self.book.unacked + self.book.unverified > 0)
    }

    /// From now on the blob after some others stops in the middle of its bytes.
    fn stall_a_blob(&mut self) {
        let (mut skip, part) = (self.dice.draw(4), self.dice.draw(1_000));
        self.link.plan(move |seen| {
            if !is_blob(seen) {
                return Harm::None;
            }
            if skip > 0 {
                skip -= 1;
                return Harm::None;
            }
            // Only one: the next blob passes.
            skip = u64::MAX;
            Harm::Stall(1 + (seen.body - 2) * usize::try_from(part).unwrap() / 1_000)
        });
    }

    /// Notes events until a blob has stopped in the middle.
    async fn until_stalled(&mut self, phone: &mut Process) {
        let mut stalled = self.link.stalled();
        stalled.mark_unchanged();
        self.stall_a_blob();
        loop {
            tokio::select! {
                () = async { stalled.changed().await.unwrap() } => return,
                line = phone.line() => self.book.note(&line.unwrap_or_else(|| panic!("the phone ended by itself"))),
            }
        }
    }
}

fn is_blob(seen: &Seen) -> bool {
    matches!(seen.method.as_str(), "PUT" | "PATCH") && seen.path.starts_with("/v1/blobs") && seen.body > 500
}

async fn start_server(data: &Path) -> (Process, SocketAddr) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee-server"));
    command.arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
    command.env("FIREBEE_METRICS", "off").env("FIREBEE_LOG", "error");
    let mut server = Process::start(&mut command);
    let line = server.line().await.unwrap_or_else(|| panic!("the server does not start"));
    let address = line.strip_prefix("firebee listens on http://").unwrap_or_else(|| panic!("{line}"));
    (server, address.parse().unwrap())
}

fn seed() -> u64 {
    std::env::var("FIREBEE_KILL_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_122)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_returned_ok_is_on_the_server_once_after_thirty_kills_of_either_side() {
    let (seed, started) = (seed(), Instant::now());
    println!("seed {seed} (FIREBEE_KILL_SEED=…)");
    let mut run = Run::new(seed).await;
    let (mut facts_open, mut open, mut in_a_blob, mut server_in_a_blob) = (0, 0, 0, 0);
    for life in 0..PHONE_KILLS {
        let mut phone = run.phone("work");
        // The lives are mixed by their number; what happens in each is drawn.
        let turn = life * 7 % PHONE_KILLS;
        if turn < PHONE_KILLS_IN_A_BLOB {
            run.until_stalled(&mut phone).await;
            in_a_blob += 1;
        } else if turn < PHONE_KILLS_IN_A_BLOB + SERVER_KILLS_IN_A_BLOB {
            run.until_stalled(&mut phone).await;
            run.kill_server().await;
            server_in_a_blob += 1;
            let events = 1 + run.dice.draw(40);
            run.watch(&mut phone, events).await;
        } else {
            let (before, after) = (1 + run.dice.draw(60), run.dice.draw(30));
            run.watch(&mut phone, before).await;
            run.kill_server().await;
            run.watch(&mut phone, after).await;
        }
        let (fact, anything) = run.kill(phone).await;
        facts_open += u32::from(fact);
        open += u32::from(anything);
        run.link.plan(|_| Harm::None);
        run.link.let_go();
        if run.server_kills <= life {
            run.kill_server().await;
        }
    }
    let Book { facts, photos, fixes, events, .. } = &run.book;
    println!(
        "{PHONE_KILLS} kills of the phone, {open} between a capture and the last ack ({facts_open} of them with a fact \
         open), {in_a_blob} inside a blob; \
         {} of the server, {server_in_a_blob} inside a blob; {} facts, {} photos, {} walks returned Ok in {events} events",
        run.server_kills,
        facts.len(),
        photos.len(),
        fixes.len(),
    );
    assert!(open >= 20, "only {open} kills between the first capture and the last ack");
    assert!(facts_open >= 5, "only {facts_open} kills while a fact was not acknowledged");
    assert!(in_a_blob >= 5 && server_in_a_blob >= 3, "{in_a_blob} and {server_in_a_blob} kills inside a blob");
    assert!(run.server_kills >= PHONE_KILLS, "only {} kills of the server", run.server_kills);
    let mut phone = run.phone("drain");
    let mut last = String::new();
    while let Some(line) = phone.line().await {
        run.book.note(&line);
        last = line;
    }
    assert!(last.starts_with("drained "), "{last}");
    assert!(last.ends_with(" parked 0"), "{last}");
    run.server.kill();
    verify(&run).await;
    println!("verified after {:?}", started.elapsed());
}

/// A fact on the server, as a reader finds it who knows nothing of the program.
struct Arrived {
    kind: String,
    code: Option<String>,
    body: serde_json::Value,
}

async fn verify(run: &Run) {
    let held = on_server(&run.data.path().join("firebee.db")).await;
    let recorded = in_journal(&run.home.path().join("journal.db"));
    for (id, copies) in &held {
        assert_eq!(copies.len(), 1, "{id} is on the server more than once");
        assert_eq!(copies[0].code, None, "{id} is quarantined");
    }
    for id in &run.book.facts {
        assert!(held.contains_key(id), "{id} returned Ok and is not on the server");
    }
    assert_eq!(
        held.keys().cloned().collect::<BTreeSet<_>>(),
        recorded,
        "the journal and the server hold the same facts"
    );
    let blobs = files(&run.data.path().join("blobs"));
    let mut announced = BTreeMap::new();
    for fact in held.values().flatten() {
        for blob in fact.body["blobs"].as_array().unwrap() {
            let id = blob["id"].as_str().unwrap().trim_start_matches("sha256-").to_owned();
            let bytes = fs::read(blobs.get(&id).unwrap_or_else(|| panic!("blob {id} is not on the server"))).unwrap();
            assert_eq!(hex(&Sha256::digest(&bytes)), id, "blob {id} is not whole");
            announced.insert(id, bytes);
        }
    }
    for (number, len) in &run.book.photos {
        let bytes = picture::jpeg(*number, *len);
        let id = hex(&Sha256::digest(&bytes));
        assert!(announced.get(&id) == Some(&bytes), "photo {number} is not on the server byte for byte");
    }
    verify_fixes(run, &held, &announced);
}

fn verify_fixes(run: &Run, held: &BTreeMap<String, Vec<Arrived>>, blobs: &BTreeMap<String, Vec<u8>>) {
    let mut times: BTreeMap<i64, u32> = BTreeMap::new();
    for fact in held.values().flatten().filter(|fact| fact.kind == "track.segment") {
        let id = fact.body["body"]["blob"].as_str().unwrap().trim_start_matches("sha256-");
        for fix in firebee_protocol::track::decode(&blobs[id]).unwrap().fixes {
            *times.entry(fix.boot_ms).or_default() += 1;
        }
    }
    for (first, count) in &run.book.fixes {
        for ms in *first..first + count {
            assert_eq!(times.get(&ms), Some(&1), "the fix at {ms} returned Ok");
        }
    }
}

async fn on_server(path: &Path) -> BTreeMap<String, Vec<Arrived>> {
    let store = Store::sqlite(path, 1).unwrap();
    let kept = lines(&store).await;
    store.close().await;
    let mut held: BTreeMap<String, Vec<Arrived>> = BTreeMap::new();
    for Kept { bytes, code, .. } in kept {
        let code = code.map(|code| code.to_string());
        let body: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let (id, kind) = (body["id"].as_str().unwrap().to_owned(), body["kind"].as_str().unwrap().to_owned());
        held.entry(id).or_default().push(Arrived { kind, code, body });
    }
    held
}

fn in_journal(path: &Path) -> BTreeSet<String> {
    let database = rusqlite::Connection::open(path).unwrap();
    let mut found = database.prepare("SELECT id FROM fact").unwrap();
    let ids = found.query_map([], |row| row.get::<_, [u8; 16]>(0)).unwrap();
    ids.map(|id| uuid::Uuid::from_bytes(id.unwrap()).to_string()).collect()
}

/// Every file below a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.file_name().unwrap().to_string_lossy().into_owned(), path);
        }
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
