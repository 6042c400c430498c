//! An office that listens, and phones in the hands of its operator.

use firebee_client::{
    Client, ClientConfig,
    http::{HttpConfig, HttpTransport},
    ports::{Ports, SoftwareSigner, SystemEntropy},
    session::{SignInError, SignedIn},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{DescribeTask, StartTask, SubmitTask},
    },
};
use firebee_domain::{
    catalogue::Nature,
    code::Code,
    evidence::PhotoRole,
    id::{FactId, PlanId, PlanItemId, TaskId},
    time::Timestamp,
};
use firebee_protocol::{
    document::TaskDocument,
    session::{Device, Unsent},
};
use firebee_server::{
    office::plan::{self, Create, Recall},
    query, row, sql,
    store::{Sql, StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    clock::SetClock,
    firm::Issued,
    kept::lines,
    link::{Harm, Link},
    office::{Office, PASSWORD},
    picture,
    recorded::untestable,
};
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// An office that listens; `ma` has four items of its plan.
pub struct Scene {
    pub office: Office,
    pub link: Link,
    pub plan: PlanId,
    serving: JoinHandle<()>,
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Scene {
    pub async fn open() -> Self {
        let office = Office::sqlite().await;
        let plan = office.plan().await;
        Self::over(office, plan).await
    }

    /// As [`Scene::open`], with the plan of a period, at this instant.
    pub async fn open_for(nature: Nature, month: &str, at: Timestamp) -> Self {
        let office = Office::sqlite().await;
        office.clock.advance_ms(at.ms_since(office.clock.now()));
        let wanted = Create { project: office.project(), nature, month: month.parse().unwrap() };
        let plan = plan::create(&office.app.store, &office.app.clock, office.act("li").await, wanted).await.unwrap();
        Self::over(office, plan).await
    }

    async fn over(office: Office, plan: PlanId) -> Self {
        let items = office.items(plan).await;
        office.issue(plan, &items[..4], "ma").await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = office.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { link: Link::to(address).await, office, plan, serving }
    }

    /// A phone that is signed in and has pulled its plan.
    pub async fn phone(&self, name: &str) -> Phone {
        let phone = Phone::new(self, name);
        phone.sign_in().await.unwrap();
        phone.client.sync().now().await.unwrap();
        phone
    }

    /// As [`Scene::phone`], of somebody else.
    pub async fn phone_of(&self, login: &'static str, name: &str) -> Phone {
        let phone = Phone { login, ..Phone::new(self, name) };
        phone.sign_in().await.unwrap();
        phone.client.sync().now().await.unwrap();
        phone
    }

    /// Time passes, for the server and for these phones.
    pub fn pass(&self, phones: &[&Phone], ms: i64) {
        self.office.clock.advance_ms(ms);
        phones.iter().for_each(|phone| phone.clock.advance_ms(ms));
    }

    /// The lead takes items back.
    pub async fn recall(&self, items: &[PlanItemId]) {
        let wanted = Recall { plan: self.plan, items: items.to_vec() };
        plan::recall(&self.office.app.store, self.office.act("li").await, wanted).await.unwrap();
    }

    /// The lead issues items to somebody.
    pub async fn issue(&self, items: &[PlanItemId], to: &str) {
        let all = self.office.items(self.plan).await;
        let chosen: Vec<Issued> = all.into_iter().filter(|issued| items.contains(&issued.item)).collect();
        self.office.issue(self.plan, &chosen, to).await;
    }

    /// Somebody deletes a task on its page.
    pub async fn delete(&self, login: &str, task: TaskId, reason: &str) -> Page {
        let browser = Browser::of(&self.office, login).await;
        let page = browser.get(&format!("/tasks/{task}")).await;
        browser.submit(&page, &format!("/tasks/{task}/delete"), &[("reason", reason)]).await
    }

    /// Nothing gets through that this names.
    pub fn cut(&self, what: fn(&str) -> bool) {
        self.link.plan(move |seen| if what(&seen.path) { Harm::Cut } else { Harm::None });
    }

    /// The network is there again.
    pub fn mend(&self) {
        self.link.plan(|_| Harm::None);
    }

    /// The task as the server shows it, once it counts.
    pub async fn task(&self, task: TaskId) -> Option<TaskDocument> {
        let org = self.office.org;
        let read = async move |tx: &mut Tx| query::task::document(tx, org, task).await;
        self.office.app.store.read::<_, StoreError, _>("task", read).await.unwrap()
    }

    pub async fn number(&self, sql: Sql) -> i64 {
        self.office.number(sql).await
    }

    /// How many facts wait or are left out with this code.
    pub async fn parked(&self, code: Code) -> i64 {
        let read = async move |tx: &mut Tx| {
            let find = sql!("SELECT count(*) FROM parked WHERE code = ?1");
            tx.query_opt(find, &row![code]).await?.map_or(Ok(0), |row| row.get(0))
        };
        self.office.app.store.read::<_, StoreError, _>("parked", read).await.unwrap()
    }

    /// Every fact stands on the server once, byte for byte, and nowhere else.
    pub async fn stands_once(&self, facts: &BTreeSet<Vec<u8>>) {
        let kept = lines(&self.office.app.store).await;
        let found: BTreeSet<Vec<u8>> = kept.iter().map(|line| line.bytes.to_vec()).collect();
        let missing = facts.difference(&found).count();
        assert_eq!(missing, 0, "{missing} of {} facts are not on the server", facts.len());
    }

    /// A manager takes the account of `ma` from its phone.
    pub async fn release(&self, reason: &str) -> Page {
        let wang = Browser::of(&self.office, "wang").await;
        let action = format!("/staff/{}/phone", self.office.account("ma"));
        wang.submit(&wang.get("/staff").await, &action, &[("reason", reason)]).await
    }

    /// Somebody decides on everything that waits of a task.
    pub async fn decide(&self, login: &str, phone: &Phone, task: TaskId, decision: &str) -> Page {
        let browser = Browser::of(&self.office, login).await;
        let path = format!("/undecided/{}/{task}", phone.store());
        let page = browser.get(&path).await;
        let action = format!("{path}/decide");
        browser.submit(&page, &action, &[("decision", decision), ("reason", "与业主核对过")]).await
    }
}

/// A phone of `ma`, or of somebody else.
pub struct Phone {
    pub client: Client,
    pub clock: Arc<SetClock>,
    pub home: TempDir,
    url: String,
    name: String,
    login: &'static str,
}

impl Phone {
    /// A phone that nobody has signed in on.
    pub fn new(scene: &Scene, name: &str) -> Self {
        let (home, clock) = (TempDir::new().unwrap(), Arc::new(SetClock::at(scene.office.clock.now().0)));
        let client = open(home.path(), &scene.link.url(), name, clock.clone());
        Self { client, clock, home, url: scene.link.url(), name: name.to_owned(), login: "ma" }
    }

    /// The app ends; `meanwhile` happens to its folder; it starts again.
    pub fn restart(&mut self, meanwhile: impl FnOnce(&Path)) {
        let elsewhere = TempDir::new().unwrap();
        // The old client goes first: one writer a journal.
        self.client = open(elsewhere.path(), &self.url, &self.name, self.clock.clone());
        meanwhile(self.home.path());
        self.client = open(self.home.path(), &self.url, &self.name, self.clock.clone());
    }

    pub async fn sign_in(&self) -> Result<SignedIn, SignInError> {
        self.client.session().sign_in(self.login, PASSWORD).await
    }

    /// The items that are issued and not begun.
    pub fn items(&self) -> Vec<PlanItemId> {
        let plans = self.client.projects().issued(None).unwrap();
        plans.iter().flat_map(|plan| &plan.items).map(|item| item.item).collect()
    }

    /// Begins a task with one item.
    pub fn start(&self, item: PlanItemId) -> TaskId {
        self.clock.advance_ms(1_000);
        let plan = self.client.projects().issued(None).unwrap().remove(0).plan;
        self.client.tasks().start(&StartTask { plan, items: vec![item], location_allowed: true }).unwrap()
    }

    pub fn answer(&self, task: TaskId, item: PlanItemId) -> FactId {
        self.clock.advance_ms(1_000);
        self.client.tasks().record_result(&untestable(task, item)).unwrap()
    }

    /// Takes a photo; each number is another picture.
    pub fn photograph(&self, task: TaskId, item: Option<PlanItemId>, number: u32) {
        self.clock.advance_ms(1_000);
        let role = if item.is_some() { PhotoRole::Evidence } else { PhotoRole::Selfie };
        let source = PhotoSource::Bytes(picture::jpeg(number, 20_000));
        let photo = TakePhoto { task, role, item, ordinal: item.map(|_| 1), source };
        self.client.evidence().take_photo(&photo).unwrap();
    }

    /// The rest of a task: the selfie, a photo of the site where there is none yet, no controller, handed in.
    pub fn hand_in(&self, task: TaskId, number: u32) {
        self.photograph(task, None, number);
        let held = self.client.tasks().get(task).unwrap().task;
        if held.current_photos().all(|photo| photo.taken.role == PhotoRole::Selfie) {
            let source = PhotoSource::Bytes(picture::jpeg(number, 20_000));
            let photo = TakePhoto { task, role: PhotoRole::Panel, item: None, ordinal: None, source };
            self.client.evidence().take_photo(&photo).unwrap();
        }
        let (controller_brand, helpers, instruments) = (None, Vec::new(), Vec::new());
        self.client.tasks().describe(&DescribeTask { task, controller_brand, helpers, instruments }).unwrap();
        self.client.tasks().submit(SubmitTask { task }).unwrap();
    }

    /// A whole task with one item, handed in.
    pub fn whole(&self, item: PlanItemId, number: u32) -> TaskId {
        let task = self.start(item);
        self.answer(task, item);
        self.photograph(task, Some(item), number);
        self.hand_in(task, number + 1);
        task
    }

    pub fn unsent(&self) -> Unsent {
        self.client.session().unsent().unwrap()
    }

    /// Its store, as the server knows it.
    pub fn store(&self) -> String {
        firebee_client::journal::inspect(self.home.path()).unwrap().store.unwrap().to_string()
    }

    /// The codes of what does not count, as its screen shows them.
    pub fn not_counted(&self) -> Vec<String> {
        let shown = self.client.screens().sync().unwrap().not_counted;
        shown.iter().map(|told| told.code.to_string()).collect()
    }

    /// Rounds until nothing is unsent. What the account's state refuses may stay refused.
    pub async fn sends_all(&self) {
        for _ in 0..8 {
            let _ = self.client.sync().now().await;
            if self.unsent() == Unsent::default() {
                return;
            }
        }
        assert_eq!(self.unsent(), Unsent::default(), "{:?}", self.client.progress().overview().unwrap().status);
    }
}

pub fn open(folder: &Path, url: &str, name: &str, clock: Arc<SetClock>) -> Client {
    try_open(folder, url, name, clock).unwrap()
}

pub fn try_open(
    folder: &Path,
    url: &str,
    name: &str,
    clock: Arc<SetClock>,
) -> Result<Client, firebee_client::OpenError> {
    let entropy = Arc::new(SystemEntropy);
    let keys: PathBuf = folder.join("keys");
    let signer = SoftwareSigner::open(keys, entropy.clone()).unwrap();
    let transport = HttpTransport::new(&HttpConfig::to(url)).unwrap();
    let ports = Ports { clock, transport: Arc::new(transport), signer: Arc::new(signer), entropy };
    let device = Device { name: name.into(), system: "Android 14".into(), app: "0.1.0".into() };
    let config = ClientConfig { reserve_bytes: 4_096, ..ClientConfig::new(folder, url, device) };
    Client::blocking_open(config, ports)
}
