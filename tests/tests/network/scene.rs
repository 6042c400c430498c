//! One phone in a started task, behind a link.

use firebee_client::{
    Client, ClientConfig,
    http::{HttpConfig, HttpTransport},
    ports::{Ports, SoftwareSigner, SystemEntropy},
    work::{
        evidence::{PhotoSource, TakePhoto},
        progress::Overview,
        task::StartTask,
    },
};
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    id::{FactId, PlanItemId, TaskId},
};
use firebee_protocol::{
    document::TaskDocument,
    session::Device,
    text::{Language, problem_text},
};
use firebee_server::{
    row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    clock::SetClock,
    firm::MORNING,
    kept::lines,
    link::{Harm, Link, Seen},
    picture,
    recorded::untestable,
    served::{PASSWORD, Served, count, open_for_years},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, path::PathBuf, sync::Arc};
use tempfile::TempDir;

/// Rounds after which a phone whose link works has sent everything, with room to spare.
const ROUNDS: u32 = 8;

pub struct Scene {
    pub served: Served,
    pub link: Link,
    pub client: Client,
    pub clock: Arc<SetClock>,
    pub home: TempDir,
    pub task: TaskId,
    pub items: Vec<PlanItemId>,
    pictures: u32,
}

impl Scene {
    /// A phone that has pulled its plan and started a task; nothing of it is sent yet.
    pub async fn new() -> Self {
        Self::on(Served::start().await).await
    }

    pub async fn on(served: Served) -> Self {
        open_for_years(&served.firm).await;
        let link = Link::to(served.address).await;
        let home = TempDir::new().unwrap();
        let clock = Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0));
        let client = open(home.path().to_owned(), &link, clock.clone());
        let login = served.firm.operators[0].to_string();
        client.session().sign_in(&login, PASSWORD).await.unwrap();
        client.sync().now().await.unwrap();
        let plan = client.projects().issued(None).unwrap().remove(0);
        let items: Vec<PlanItemId> = plan.items.iter().map(|item| item.item).collect();
        let start = StartTask { plan: plan.plan, items: items.clone(), location_allowed: true };
        let task = client.tasks().start(&start).unwrap();
        link.take_log();
        Self { served, link, client, clock, home, task, items, pictures: 0 }
    }

    /// The app ends and starts again.
    pub fn restart(&mut self) {
        let folder = self.home.path().to_owned();
        // The old client goes first: one writer a journal.
        let elsewhere = TempDir::new().unwrap();
        self.client = open(elsewhere.path().to_owned(), &self.link, self.clock.clone());
        self.client = open(folder, &self.link, self.clock.clone());
    }

    pub fn record(&self) -> FactId {
        self.clock.advance_ms(1_000);
        let result = untestable(self.task, self.items[0]);
        self.client.tasks().record_result(&result).unwrap()
    }

    /// Takes a photo of at least so many bytes; gives its bytes.
    pub fn photograph(&mut self, bytes: usize) -> Vec<u8> {
        self.clock.advance_ms(1_000);
        self.pictures += 1;
        let picture = picture::jpeg(self.pictures, bytes);
        let photo = TakePhoto {
            task: self.task,
            role: PhotoRole::Evidence,
            item: Some(self.items[0]),
            ordinal: Some(1),
            source: PhotoSource::Bytes(picture.clone()),
        };
        self.client.evidence().take_photo(&photo).unwrap();
        picture
    }

    pub fn overview(&self) -> Overview {
        self.client.progress().overview().unwrap()
    }

    /// One round that must fail; the user sees this code, in two sentences, and that something is still unsent.
    pub async fn fails_with(&self, code: &str) {
        let failure = self.client.sync().now().await.map_err(|failure| failure.code);
        assert_eq!(failure, Err(code.parse().unwrap()));
        let shown = self.overview().status.last_error.unwrap();
        assert_eq!(shown.code.as_str(), code);
        assert!(!shown.text_zh.is_ascii() && shown.text_en.is_ascii() && shown.text_en.contains(' '), "{shown:?}");
    }

    /// The link works again: everything is sent, and stands on the server once, byte for byte.
    pub async fn settles(&self) {
        self.link.plan(|_| Harm::None);
        let mut rounds = 0;
        while let Err(failure) = self.client.sync().now().await {
            rounds += 1;
            assert!(rounds < ROUNDS, "after {rounds} rounds: {failure:?}");
        }
        let seen = self.overview();
        assert_eq!((seen.facts.pending, seen.facts.sent, seen.blobs_unsent), (0, 0, 0), "{seen:?}");
        assert_eq!(seen.status.last_error, None);
        let store = &self.served.firm.store;
        let total = usize::try_from(seen.facts.total()).unwrap();
        let kept = lines(store).await;
        let once: BTreeSet<&[u8]> = kept.iter().map(|kept| kept.bytes.as_ref()).collect();
        assert_eq!((once.len(), kept.len()), (total, total), "each fact once, each place once");
        assert_eq!(count(store, sql!("SELECT count(*) FROM conflict")).await, 0);
    }

    /// The photo's file on the server.
    pub fn on_server(&self, picture: &[u8]) -> Option<Vec<u8>> {
        let hex: String = Sha256::digest(picture).iter().map(|byte| format!("{byte:02x}")).collect();
        find(self.served.folder.path().join("blobs"), &hex).map(|path| std::fs::read(path).unwrap())
    }

    /// The task as the server shows it.
    pub async fn document(&self) -> TaskDocument {
        let id = self.task.to_string();
        let read = async move |tx: &mut Tx| {
            let select = sql!("SELECT body FROM document WHERE kind = 'task' AND id = ?1");
            tx.query_opt(select, &row![&id])
                .await?
                .map_or(Ok(String::new()), |row| row.get::<Packed>(0).map(|body| body.0))
        };
        let body = self.served.firm.store.read::<_, StoreError, _>("task", read).await.unwrap();
        serde_json::from_str(&body).unwrap()
    }
}

pub fn open(folder: PathBuf, link: &Link, clock: Arc<SetClock>) -> Client {
    open_as(folder, link, clock, |config| config)
}

/// As [`open`], with other settings.
pub fn open_as(
    folder: PathBuf,
    link: &Link,
    clock: Arc<SetClock>,
    set: impl FnOnce(ClientConfig) -> ClientConfig,
) -> Client {
    let entropy = Arc::new(SystemEntropy);
    let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone()).unwrap();
    let transport = HttpTransport::new(&HttpConfig::to(link.url())).unwrap();
    let ports = Ports { clock, transport: Arc::new(transport), signer: Arc::new(signer), entropy };
    let device = Device { name: "Pixel 6a".into(), system: "Android 14".into(), app: "0.1.0".into() };
    let config = ClientConfig { reserve_bytes: 4_096, ..ClientConfig::new(folder, link.url(), device) };
    Client::blocking_open(set(config), ports).unwrap()
}

fn find(folder: PathBuf, name: &str) -> Option<PathBuf> {
    std::fs::read_dir(folder).ok()?.find_map(|entry| {
        let path = entry.ok()?.path();
        if path.is_dir() { find(path, name) } else { path.ends_with(name).then_some(path) }
    })
}

pub fn is_push(seen: &Seen) -> bool {
    seen.path == "/v1/push"
}

pub fn is_pull(seen: &Seen) -> bool {
    seen.path == "/v1/pull"
}

/// Bytes of a blob, of whatever way of sending.
pub fn is_blob(seen: &Seen) -> bool {
    matches!(seen.method.as_str(), "PUT" | "PATCH") && seen.path.starts_with("/v1/blobs") && seen.body > 0
}

/// The file of a blob below a folder of the phone, where the first two digits are the folder.
pub fn find_blob(folder: PathBuf, bytes: &[u8]) -> Option<PathBuf> {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let (first, rest) = hex.split_at(2);
    let path = folder.join(first).join(rest);
    path.exists().then_some(path)
}

/// Whoever shows the code has two sentences for it, which need no values.
pub fn has_sentences(code: Code) {
    let (zh, en) = (problem_text(code, &[], Language::Zh), problem_text(code, &[], Language::En));
    assert!(!zh.is_ascii() && en.is_ascii() && en.contains(' '), "{code}: {zh} {en}");
}
