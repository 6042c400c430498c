//! A real phone: client, journal, cache, keys and lanes as they ship, over the real network stack.

use super::{estate, upload::id_of, watch::Watch};
use crate::harness::cost::{Cost, Meter};
use firebee_client::{
    Client, ClientConfig,
    disk::DiskFiles,
    http::{HttpConfig, HttpTransport},
    journal::{AppendError, BlobProgress, Journal, JournalConfig, JournalError, JournalTx},
    ports::{Ports, SoftwareSigner, SystemClock, SystemEntropy},
    work::task::{RecordResult, StartTask},
};
use firebee_domain::{
    catalogue::{Item, Told},
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    id::{AccountId, FactId, PlanItemId, TaskId},
    ordinals::Ordinals,
    result::{Many, ResultRecorded, Verdict, judge},
    task::{StartedItem, TaskKind, TaskStarted},
};
use firebee_protocol::{
    catalogue::Pack,
    fact::{BlobRef, BlobRole, Body, Envelope, Mime, Seen, Subject},
    session::Device,
};
use rusqlite::{Connection, OpenFlags};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};
use tokio::runtime::Runtime;

/// Facts of a task: its start, and an answer to each of its items but one.
const TASK_FACTS: usize = 50;

/// A phone that is signed in.
pub struct Phone {
    /// The client.
    pub client: Client,
    threads: Runtime,
    watch: Arc<Watch>,
    ports: Ports,
    /// The client's own journal, through another handle, to record thousands of facts in one commit.
    journal: Journal,
    folder: PathBuf,
    number: usize,
    recorded: usize,
    task: TaskId,
}

/// What a round of the lanes cost.
#[derive(Clone, Copy, Debug)]
pub struct Sync {
    /// Up to the first pull.
    pub push: Cost,
    /// From then on.
    pub pull: Cost,
}

impl Phone {
    /// A new phone in `folder` whose holder, by number, signs in and pulls.
    pub fn sign_in(folder: &Path, url: &str, number: usize, meter: Meter) -> Self {
        let folder = folder.join(format!("phone-{number}"));
        std::fs::create_dir(&folder).expect("a folder is made");
        let entropy = Arc::new(SystemEntropy);
        let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone()).expect("keys are kept");
        let real = HttpTransport::new(&HttpConfig::to(url)).expect("the address is good");
        let watch = Arc::new(Watch::new(real, meter));
        let ports = Ports {
            clock: Arc::new(SystemClock::new().expect("Linux has a clock")),
            transport: watch.clone(),
            signer: Arc::new(signer),
            entropy,
        };
        let threads = Runtime::new().expect("threads start");
        let client = open(&folder, url, &ports);
        let signed_in = threads.block_on(client.session().sign_in(&estate::login(number), estate::PASSWORD));
        signed_in.expect("the server lets everybody in");
        let journal = JournalConfig {
            folder: folder.clone(),
            vfs: None,
            files: Arc::new(DiskFiles),
            reserve_bytes: 0,
            lock: false,
        };
        let journal = Journal::open(journal, &*ports.signer, &*ports.entropy).expect("the journal opens");
        let task = TaskId::from(FactId(uuid::Uuid::nil()));
        let phone = Self { client, threads, watch, ports, journal, folder, number, recorded: 0, task };
        phone.sync();
        phone
    }

    /// Closes the client and opens it again; gives how long opening took, in milliseconds.
    pub fn reopen(self) -> (Self, f64) {
        let Self { client, ports, folder, .. } = self;
        let url = client.config().server_url.clone();
        drop(client);
        let begun = Instant::now();
        let client = open(&folder, &url, &ports);
        let took = begun.elapsed().as_secs_f64() * 1_000.0;
        (Self { client, ports, folder, ..self }, took)
    }

    /// The task in hand.
    pub const fn task(&self) -> TaskId {
        self.task
    }

    /// Records facts of the usual kind without pushing them: tasks of fifty, one plan after the other.
    pub fn record(&mut self, count: usize) {
        let mut left = count;
        while left > 0 {
            let batch = left.min(500);
            let first = self.recorded;
            let task = self
                .journal
                .write("record", |tx| (first..first + batch).try_fold(self.task, |task, nth| self.fact(tx, task, nth)));
            self.task = task.expect("facts are recorded");
            self.recorded += batch;
            left -= batch;
        }
    }

    /// The nth fact of this phone; gives the task that it belongs to.
    fn fact(&self, tx: &JournalTx<'_>, task: TaskId, nth: usize) -> Result<TaskId, AppendError> {
        let (plan, in_plan) = (nth / estate::PLAN_ITEMS, nth % estate::PLAN_ITEMS);
        let first_item = in_plan / TASK_FACTS * TASK_FACTS;
        let in_task = in_plan % TASK_FACTS;
        let item = |number: usize| estate::item(self.number, plan, first_item + number);
        let (subject_task, body) = if in_task == 0 {
            let chosen = (0..TASK_FACTS).map(item);
            let items = chosen.map(|(item, item_id)| StartedItem { item, item_id }).collect();
            let plan = Some(estate::plan(self.number, plan));
            (
                None,
                Body::TaskStarted(TaskStarted {
                    kind: TaskKind::Planned,
                    plan,
                    plan_name: "plan".into(),
                    items,
                    catalogue: None,
                    demands: firebee_domain::ways::Demands::default(),
                    event: None,
                }),
            )
        } else {
            (Some(task), Body::ResultRecorded(Box::new(answer(item(in_task - 1)))))
        };
        let own = |id: FactId| subject_task.or_else(|| Some(id.into()));
        self.append(tx, plan, own, Vec::new(), &body).map(|id| subject_task.unwrap_or_else(|| id.into()))
    }

    /// A fact about the task that `task` names, once the fact's id is known.
    fn append(
        &self,
        tx: &JournalTx<'_>,
        plan: usize,
        task: impl Fn(FactId) -> Option<TaskId>,
        blobs: Vec<BlobRef>,
        body: &Body,
    ) -> Result<FactId, AppendError> {
        let clocks = self.ports.clock.now();
        let id = tx.next_fact_id(&clocks, &*self.ports.entropy)?;
        let seen = Some(Seen { doc: estate::assignment(self.number, plan).to_string(), rev: 1 });
        let envelope = Envelope {
            project: Some(estate::project()),
            id,
            account: self.account(),
            captured: tx.captured(&clocks)?,
            subject: Subject { plan: Some(estate::plan(self.number, plan)), task: task(id), seen },
            blobs,
        };
        tx.append(&envelope, body).map(|recorded| recorded.id)
    }

    /// Announces a photo by a fact of the task in hand, without taking it: its bytes are uploaded by the benchmark.
    pub fn announce(&mut self, bytes: &[u8]) {
        let (body, announced) = photo(bytes);
        let blob = announced.id;
        let recorded = self.journal.write("announce", |tx| {
            let (task, blobs) = (Some(self.task), vec![announced.clone()]);
            let plan = self.recorded.saturating_sub(1) / estate::PLAN_ITEMS;
            let id = self.append(tx, plan, |_| task, blobs, &body)?;
            // The phone's own lane is to leave it alone.
            tx.set_blob(blob, BlobProgress::Verified, self.ports.clock.now().wall_ms)?;
            Ok::<_, AppendError>(id)
        });
        recorded.expect("a fact is recorded");
    }

    /// Starts a task of the first plan's next items by the phone's own use case.
    pub fn start_task(&self, nth: usize, items: usize) -> (TaskId, Vec<(PlanItemId, String)>) {
        let items: Vec<_> = (nth * items..(nth + 1) * items).map(|n| estate::item(self.number, 0, n)).collect();
        let (plan, chosen) = (estate::plan(self.number, 0), items.iter().map(|(item, _)| *item).collect());
        let task = self.client.tasks().start(&StartTask { plan, items: chosen, location_allowed: true });
        (task.expect("a task starts"), items)
    }

    /// Answers an item of a task by the phone's own use case.
    pub fn answer(&self, task: TaskId, (item, item_id): &(PlanItemId, String)) {
        let input = RecordResult {
            task,
            item: *item,
            ordinal: 1,
            position: None,
            variant: None,
            values: estate::values(known(item_id)),
            verdict: Verdict::Conform,
            override_reason: None,
            untestable_reason: None,
            untestable_code: None,
            fault: None,
            photos: Vec::new(),
            instrument: None,
        };
        self.client.tasks().record_result(&input).expect("an answer is recorded");
    }

    /// Empties the log of the journal.
    pub fn checkpoint(&self) {
        self.threads.block_on(self.client.suspend()).expect("nothing is in hand");
        self.threads.block_on(self.client.resume());
    }

    /// The access token and the incarnation of the server's data.
    pub fn token(&self) -> (String, String) {
        let session = self.journal.read::<_, JournalError>("token", |rows| rows.session());
        let session = session.expect("the journal is read").expect("the phone is signed in");
        let incarnation = session.incarnation.expect("the server has one");
        (session.access.expect("the phone has a token"), incarnation.to_string())
    }

    fn account(&self) -> AccountId {
        estate::account(self.number)
    }

    /// Sends every fact, then fetches every document that changed.
    pub fn sync(&self) -> Sync {
        self.watch.take_first_pull();
        let before = self.watch.look();
        self.threads.block_on(self.client.sync().now()).expect("the server takes and gives everything");
        let after = self.watch.look();
        let between = self.watch.take_first_pull().expect("every round pulls");
        Sync { push: before.until(&between), pull: between.until(&after) }
    }

    /// Checks that the server counts every fact. Facts in quarantine cost less and would falsify the result.
    pub fn check_all_counted(&self) {
        let counts = self.journal.read::<_, JournalError>("counts", |rows| rows.counts(self.journal.identity()));
        let counts = counts.expect("the journal is read");
        assert_eq!((counts.parked, counts.pending, counts.sent), (0, 0, 0), "{counts:?}");
    }

    /// The lines of the last `count` facts, in order.
    pub fn lines(&self, count: usize) -> Vec<Vec<u8>> {
        let sql = "SELECT line FROM (SELECT seq, line FROM fact ORDER BY seq DESC LIMIT ?1) ORDER BY seq";
        let journal = self.database("journal.db");
        let mut select = journal.prepare(sql).expect("the journal holds facts");
        let lines = select.query_map([count as i64], |row| row.get(0)).expect("SQL");
        lines.map(|line| line.expect("a line")).collect()
    }

    fn database(&self, name: &str) -> Connection {
        Connection::open_with_flags(self.folder.join(name), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("SQLite opens")
    }
}

fn open(folder: &Path, url: &str, ports: &Ports) -> Client {
    let device = Device { name: "bench".into(), system: "Linux".into(), app: "0".into() };
    let config = ClientConfig { reserve_bytes: 0, ..ClientConfig::new(folder, url, device) };
    Client::blocking_open(config, ports.clone()).expect("the client opens")
}

/// The body of a fact that takes a photo, and what it announces. One file is original, preview and thumbnail.
pub fn photo(bytes: &[u8]) -> (Body, BlobRef) {
    let blob = id_of(bytes);
    let taken = PhotoTaken {
        role: PhotoRole::Paper,
        item: None,
        ordinal: None,
        original: blob,
        preview: blob,
        thumbnail: blob,
        exif: PhotoExif::default(),
    };
    let announced = BlobRef { id: blob, len: bytes.len() as u64, mime: Mime::Jpeg, role: BlobRole::Original };
    (Body::PhotoTaken(Box::new(taken)), announced)
}

fn known(item_id: &str) -> &'static Item {
    Pack::embedded().catalogue.item(item_id).expect("the catalogue knows its items").item
}

/// An answer as a form gives it: what the catalogue says of the item, found to conform.
pub fn answer((item, item_id): (PlanItemId, String)) -> ResultRecorded {
    let pack = Pack::embedded();
    let found = pack.catalogue.item(&item_id).expect("the catalogue knows its items");
    let (values, verdict) = (estate::values(found.item), Verdict::Conform);
    let told = Told { location: "", ordinal: 1, variant: None, values: &values, verdict, reason: None };
    let judged =
        judge(&pack.catalogue, found, &told, Many { also: &Ordinals::default(), each: &[] }).expect("the values fit");
    ResultRecorded {
        item,
        ordinal: 1,
        also: Ordinals::default(),
        each: Vec::new(),
        position: None,
        catalogue: pack.id,
        item_id,
        name: judged.name,
        criterion: judged.criterion,
        variant: judged.variant,
        values,
        proposed: judged.proposed,
        verdict,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: None,
        measured_record: judged.measured_record,
        photos: Vec::new(),
        replaces: None,
        instrument: None,
        moved_from: None,
    }
}
