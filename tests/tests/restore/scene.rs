//! A server over two firms, stopped and started again at one address, and real phones.

use firebee_client::{
    Client, ClientConfig,
    http::{HttpConfig, HttpTransport},
    ports::{Ports, SoftwareSigner, SystemEntropy},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::StartTask,
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{AccountId, PlanItemId, TaskId},
};
use firebee_protocol::session::Device;
use firebee_server::{
    Running,
    blobs::Blobs,
    clock::Clock,
    config::{Config, PostgresAddress},
    keys::Keyring,
    row, serve, sql,
    state::{StartError, open_store},
    store::{Store, StoreError, Tx, migrate::migrate, schema},
    verify::{Verified, verify},
};
use firebee_tests::{
    clock::SetClock,
    firm::{Firm, MORNING},
    picture, postgres,
    recorded::untestable,
    served::{PASSWORD, open_for_years},
};
use std::{collections::BTreeSet, net::SocketAddr, path::Path, sync::Arc};
use tempfile::TempDir;
use uuid::Uuid;

/// Two firms, of the names `firm` and `other`, on a server that is stopped.
pub struct Site {
    pub config: Config,
    pub firms: [Firm; 2],
    pub folder: TempDir,
    database: Option<String>,
    running: Option<Running>,
    copies: u32,
}

impl Site {
    pub async fn sqlite() -> Self {
        Self::on(None).await
    }

    pub async fn postgres() -> Self {
        Self::on(Some(postgres::database().await)).await
    }

    async fn on(postgres: Option<String>) -> Self {
        let folder = TempDir::new().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let data = folder.path().join("data");
        let database = postgres.as_ref().map(|address| address.split("dbname=").nth(1).unwrap().to_owned());
        let postgres = postgres.map(|address| PostgresAddress::parse(&address).unwrap());
        let config = Config { listen: free, metrics: None, postgres, ..Config::in_folder(data) };
        let store = open_store(&config).await.unwrap();
        migrate(&store, schema::MIGRATIONS).await.unwrap();
        let firms = [Firm::found((store.clone(), None), 1).await, Firm::found((store.clone(), None), 2).await];
        for firm in &firms {
            open_for_years(firm).await;
            firm.lay_key(&config.data);
        }
        let id = Uuid::from_u128((2 << 64) | 1);
        let rename = async move |tx: &mut Tx| {
            let rename = sql!("UPDATE organisation SET name = 'other' WHERE id = ?1");
            tx.execute(rename, &row![&id]).await
        };
        assert_eq!(store.write::<_, StoreError, _>("rename", rename).await, Ok(1));
        store.close().await;
        Self { config, firms, folder, database, running: None, copies: 0 }
    }

    pub async fn start(&mut self) -> Result<(), StartError> {
        let clock = Clock::standing_at(MORNING.plus_ms(2 * 3_600_000));
        self.running = Some(serve(self.config.clone(), clock).await?);
        Ok(())
    }

    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    /// Waits until the server ends by itself.
    pub async fn wait_until_it_ends(&mut self) -> std::io::Result<()> {
        self.running.as_mut().unwrap().wait().await
    }

    /// A PostgreSQL database that nobody has used.
    pub async fn empty_postgres() -> PostgresAddress {
        PostgresAddress::parse(&postgres::database().await).unwrap()
    }

    pub const fn address(&self) -> SocketAddr {
        self.config.listen
    }

    /// The database of the stopped server, with the schema; who takes it closes it.
    pub async fn database(&self) -> Store {
        let store = open_store(&self.config).await.unwrap();
        migrate(&store, schema::MIGRATIONS).await.unwrap();
        store
    }

    /// The files and the keys.
    pub fn files(&self) -> (Blobs, Keyring) {
        (Blobs::at(&self.config.blobs_folder()), Keyring::in_folder(&self.config.data))
    }

    /// A copy of the stopped server's database, as an administrator makes one by hand.
    pub async fn copy_database(&mut self) -> String {
        self.copies += 1;
        let name = format!("old_{}", self.copies);
        match &self.database {
            Some(database) => {
                let name = format!("{database}_{name}");
                postgres::administer(&format!("CREATE DATABASE {name} TEMPLATE {database}")).await;
                name
            }
            None => {
                let to = self.folder.path().join(name);
                std::fs::copy(self.config.data.join("firebee.db"), &to).unwrap();
                to.display().to_string()
            }
        }
    }

    /// Puts such a copy back.
    pub async fn put_database(&self, copy: &str) {
        match &self.database {
            Some(database) => {
                postgres::administer(&format!("DROP DATABASE {database}")).await;
                postgres::administer(&format!("CREATE DATABASE {database} TEMPLATE {copy}")).await;
            }
            None => std::fs::copy(copy, self.config.data.join("firebee.db")).map(drop).unwrap(),
        }
    }

    /// Everything that the stopped server holds.
    pub async fn held(&self) -> Held {
        held(&self.config).await
    }
}

/// The facts that count and the blobs that are whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    pub facts: BTreeSet<String>,
    pub blobs: BTreeSet<String>,
}

pub async fn held(config: &Config) -> Held {
    let Verified { facts, blobs, .. } = verify(config).await.unwrap();
    assert!(facts.iter().all(|fact| fact.code.is_none()), "every fact counts: {facts:?}");
    Held {
        facts: facts.into_iter().map(|fact| fact.id.to_string()).collect(),
        blobs: blobs.into_iter().filter(|blob| blob.sound).map(|blob| blob.id.to_string()).collect(),
    }
}

/// A phone that is signed in.
pub struct Worker {
    pub client: Client,
    task: Option<(TaskId, PlanItemId)>,
    clock: Arc<SetClock>,
    pictures: u32,
    _home: TempDir,
}

impl Worker {
    pub async fn signed_in(address: SocketAddr, account: AccountId, number: u32) -> Self {
        let home = TempDir::new().unwrap();
        let clock = Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0));
        let client = open(home.path(), address, clock.clone());
        client.session().sign_in(&account.to_string(), PASSWORD).await.unwrap();
        client.sync().now().await.unwrap();
        Self { client, task: None, clock, pictures: number * 100, _home: home }
    }

    /// Records an answer and a photo.
    pub fn work(&mut self) {
        let (task, item) = *self.task.get_or_insert_with(|| {
            let plan = self.client.projects().issued(None).unwrap().remove(0);
            let items: Vec<PlanItemId> = plan.items.iter().map(|item| item.item).collect();
            let item = items[0];
            let start = StartTask { plan: plan.plan, items, location_allowed: true };
            (self.client.tasks().start(&start).unwrap(), item)
        });
        self.clock.advance_ms(1_000);
        let result = untestable(task, item);
        self.client.tasks().record_result(&result).unwrap();
        self.pictures += 1;
        let source = PhotoSource::Bytes(picture::jpeg(self.pictures, 20_000));
        let photo = TakePhoto { task, role: PhotoRole::Evidence, item: Some(item), ordinal: Some(1), source };
        self.client.evidence().take_photo(&photo).unwrap();
    }

    /// One sync, after which nothing is unsent.
    pub async fn sync(&self) {
        self.client.sync().now().await.unwrap();
        let seen = self.client.progress().overview().unwrap();
        assert_eq!(
            (seen.facts.pending, seen.facts.sent, seen.facts.parked, seen.blobs_unsent),
            (0, 0, 0, 0),
            "{seen:?}"
        );
    }
}

fn open(folder: &Path, address: SocketAddr, clock: Arc<SetClock>) -> Client {
    let entropy = Arc::new(SystemEntropy);
    let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone()).unwrap();
    let url = format!("http://{address}");
    let transport = HttpTransport::new(&HttpConfig::to(url.clone())).unwrap();
    let ports = Ports { clock, transport: Arc::new(transport), signer: Arc::new(signer), entropy };
    let device = Device { name: "Pixel 6a".into(), system: "Android 14".into(), app: "0.1.0".into() };
    let config = ClientConfig { reserve_bytes: 4_096, ..ClientConfig::new(folder.to_owned(), url, device) };
    Client::blocking_open(config, ports).unwrap()
}
