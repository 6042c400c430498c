//! The real server, as it ships, in a process of its own.

use super::estate::{Estate, PASSWORD};
use crate::harness::child::Child;
use firebee_domain::id::IncarnationId;
use firebee_server::{
    clock::Clock,
    config::Config,
    keys::{Keyring, Keys},
    password::Passwords,
    random::uuid_v4,
    serve::serve,
    store::{Store, migrate::migrate, schema},
};
use rusqlite::{Connection, OpenFlags};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::runtime::Runtime;

/// A running server.
pub struct Server {
    child: Arc<Child>,
    folder: PathBuf,
}

impl Server {
    /// Founds a firm in `folder` and serves it.
    pub fn start(folder: &Path, operators: usize, plans: usize) -> Self {
        let folder = folder.join("server");
        std::fs::create_dir(&folder).expect("a folder is made");
        let named = folder.display().to_string();
        let child = Child::start("server", &[&named, &operators.to_string(), &plans.to_string()]);
        Self { child: Arc::new(child), folder }
    }

    /// What clients take it for.
    pub fn url(&self) -> &str {
        &self.child.said
    }

    /// Its process.
    pub fn process(&self) -> Arc<Child> {
        self.child.clone()
    }

    /// The bodies of the last `count` task documents, as they are handed out.
    pub fn task_documents(&self, count: usize) -> Vec<String> {
        let file = self.folder.join("firebee.db");
        let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("SQLite opens");
        let sql = "SELECT d.body FROM document d JOIN feed f ON f.kind = d.kind AND f.id = d.id
                   WHERE d.kind = 'task' AND f.account = ?1 ORDER BY f.feed_seq DESC LIMIT ?2";
        let mut select = database.prepare(sql).expect("the server has documents");
        let lead = super::estate::account(0);
        let bodies = select.query_map((lead.0.as_bytes(), count as i64), |row| row.get(0)).expect("SQL");
        bodies.map(|body| body.expect("a body")).collect()
    }
}

/// As a child: founds the firm, serves it until the process ends, and gives the address.
pub fn play(folder: &Path, operators: usize, plans: usize) -> String {
    let threads = Runtime::new().expect("threads start");
    let address = threads.block_on(async {
        let store = Store::sqlite(&folder.join("firebee.db"), 1).expect("SQLite opens");
        migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
        let password_hash = Passwords::default().hash(PASSWORD.into()).await.expect("a hash");
        let signing = Keyring::in_folder(folder).make(super::estate::organisation()).expect("the key is written");
        let seal = Keys { incarnation: IncarnationId(uuid_v4().expect("random bytes")), signing }.seal();
        Estate { operators, plans, password_hash, seal }.found(&store).await;
        store.close().await;
        let config =
            Config { listen: "127.0.0.1:0".parse().expect("an address"), metrics: None, ..Config::in_folder(folder) };
        let running = serve(config, Clock::System).await.expect("the server starts");
        let address = running.address;
        std::mem::forget(running);
        address
    });
    std::mem::forget(threads);
    format!("http://{address}")
}
