//! The real server, as it ships, in a process of its own.

use super::{
    estate::{Estate, PASSWORD, PLAN_ITEMS, Size},
    herd, history,
};
use crate::harness::child::Child;
use firebee_server::{
    clock::Clock,
    config::Config,
    password::Passwords,
    serve::serve,
    store::{Store, migrate::migrate, schema, unpack},
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
    /// Founds a firm in `folder` whose operators all have plans, and serves it.
    pub fn start(folder: &Path, operators: usize, plans: usize) -> Self {
        Self::of(folder, Size { operators, busy: operators, plans, items: PLAN_ITEMS, ..Size::default() })
    }

    /// As [`Server::start`] with one operator, whose feed has so many changes behind it.
    pub fn with_history(folder: &Path, plans: usize, history: usize) -> Self {
        Self::of(folder, Size { operators: 1, busy: 1, plans, items: PLAN_ITEMS, history, ..Size::default() })
    }

    /// Founds a firm of a size in `folder` and serves it.
    pub fn of(folder: &Path, size: Size) -> Self {
        let folder = folder.join("server");
        std::fs::create_dir(&folder).expect("a folder is made");
        let size = serde_json::to_string(&size).expect("a size is JSON");
        let child = Child::start("server", &[&folder.display().to_string(), &size]);
        Self { child: Arc::new(child), folder }
    }

    /// Its folder of data.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// One number out of its database.
    pub fn number(&self, sql: &str) -> u64 {
        let number: i64 = self.database().query_row(sql, [], |row| row.get(0)).expect("a number");
        number.unsigned_abs()
    }

    /// One text out of its database.
    pub fn text(&self, sql: &str) -> String {
        self.database().query_row(sql, [], |row| row.get(0)).expect("a text")
    }

    fn database(&self) -> Connection {
        let file = self.folder.join("firebee.db");
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("SQLite opens")
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
        let database = self.database();
        let sql = "SELECT d.body FROM document d JOIN feed f ON f.kind = d.kind AND f.id = d.id
                   WHERE d.kind = 'task' AND f.account = ?1 ORDER BY f.feed_seq DESC LIMIT ?2";
        let mut select = database.prepare(sql).expect("the server has documents");
        let lead = super::estate::account(0);
        let bodies = select.query_map((lead.0.as_bytes(), count as i64), |row| row.get::<_, Vec<u8>>(0)).expect("SQL");
        let text = |packed: Vec<u8>| String::from_utf8(unpack(&packed).expect("a packed body")).expect("a text");
        bodies.map(|body| text(body.expect("a body"))).collect()
    }
}

/// As a child: founds the firm, serves it until the process ends, and gives the address.
pub fn play(folder: &Path, size: &str) -> String {
    let size: Size = serde_json::from_str(size).expect("a size");
    let threads = Runtime::new().expect("threads start");
    let address = threads.block_on(async {
        let store = Store::sqlite(&folder.join("firebee.db"), 1).expect("SQLite opens");
        migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
        let password_hash = Passwords::default().hash(PASSWORD.into()).await.expect("a hash");
        let seal = super::estate::seal(folder);
        Estate { size, password_hash, seal }.found(&store).await;
        history::write(&store, size.history).await;
        if size.signed_in {
            herd::sign_in(&store, size.operators, folder).await;
        }
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
