//! Real PostgreSQL for tests: a throw-away cluster a test binary, a schema a test.
//!
//! No test skips PostgreSQL. Where it is not installed every test that needs it fails and says: run scripts/setup.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database must fail, loudly")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio_postgres::{Config, NoTls, config::Host};

/// A private cluster, for tests that stop it. It ends with this value or with the process, however the process dies: a
/// guarding script waits for the end of its input.
pub struct Cluster {
    guard: Child,
    words: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    config: Config,
}

impl Cluster {
    /// Makes and starts a cluster (1 to 2 s).
    ///
    /// # Panics
    /// If it does not start; the reason is on standard error.
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/throwaway-postgres");
        let mut guard = Command::new(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/throwaway-postgres runs");
        let words = guard.stdin.take();
        let answers = BufReader::new(guard.stdout.take().expect("standard output is piped"));
        let mut cluster = Self { guard, words, answers, config: Config::new() };
        cluster.config = cluster.answer().parse().expect("the script prints a connection string");
        cluster
    }

    /// How to connect.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Stops it as a crash would, and starts it again.
    ///
    /// # Panics
    /// If it does not come back.
    pub fn restart(&mut self) {
        self.say("restart");
    }

    /// Stops it as a crash would.
    ///
    /// # Panics
    /// If it does not stop.
    pub fn stop(&mut self) {
        self.say("stop");
    }

    /// Starts it after [`Cluster::stop`].
    ///
    /// # Panics
    /// If it does not start.
    pub fn start_again(&mut self) {
        self.say("start");
    }

    /// Starts it again with TLS, on a port of loopback. Gives a connection string for `localhost`, and the file of the
    /// authority that signed its certificate.
    ///
    /// # Panics
    /// If it does not start.
    pub fn with_tls(&mut self) -> (String, String) {
        let answer = self.say("tls");
        let (address, authority) = answer.rsplit_once(' ').expect("an address and a file");
        (address.to_owned(), authority.to_owned())
    }

    /// A connection string through PgBouncer in transaction mode.
    ///
    /// # Panics
    /// If PgBouncer does not start.
    pub fn pooler(&mut self) -> String {
        self.say("pooler")
    }

    fn say(&mut self, word: &str) -> String {
        let words = self.words.as_mut().expect("open until dropped");
        writeln!(words, "{word}").expect("the guard of PostgreSQL listens");
        self.answer()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(n) if n > 0 => line.trim().to_owned(),
            _ => panic!("PostgreSQL did not start (see above); if it is not installed, run scripts/setup"),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.words.take());
        self.guard.wait().ok();
    }
}

/// A fresh, empty schema in the cluster that all tests of this process share; every connection of this configuration
/// works in it.
///
/// # Panics
/// If PostgreSQL does not start.
pub async fn schema() -> Config {
    schema_in(shared().await).await
}

async fn shared() -> Config {
    static SHARED: LazyLock<Cluster> = LazyLock::new(Cluster::start);
    tokio::task::spawn_blocking(|| SHARED.config()).await.expect("PostgreSQL starts")
}

/// Set to anything, every transaction of every test on PostgreSQL is SERIALIZABLE: the whole suite then shows that
/// correctness rests on no weaker isolation's habits, and that each job may run twice.
const SERIALIZABLE: &str = "FIREBEE_TEST_SERIALIZABLE";

/// A fresh, empty schema in a cluster of one's own.
///
/// # Panics
/// If the cluster does not answer.
pub async fn schema_in(config: Config) -> Config {
    let serializable = std::env::var_os(SERIALIZABLE).is_some();
    isolated_schema_in(config, serializable).await
}

/// As [`schema`], where every transaction is SERIALIZABLE.
///
/// # Panics
/// If PostgreSQL does not start.
pub async fn serializable_schema() -> Config {
    isolated_schema_in(shared().await, true).await
}

async fn isolated_schema_in(mut config: Config, serializable: bool) -> Config {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = config.connect(NoTls).await.expect("PostgreSQL answers");
    let served = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE SCHEMA {name}")).await.expect("a schema is made");
    drop(client);
    served.await.expect("the connection ends").expect("the connection ends well");
    let isolation = if serializable { " -cdefault_transaction_isolation=serializable" } else { "" };
    config.options(format!("-csearch_path={name}{isolation}"));
    config
}

/// A fresh, empty database in the cluster that all tests of this process share, as a connection string: for servers that
/// read it from their settings.
///
/// # Panics
/// If PostgreSQL does not start.
pub async fn database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("own_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    administer(&format!("CREATE DATABASE {name}")).await;
    let config = shared().await;
    let host = match config.get_hosts() {
        [Host::Unix(path), ..] => path.display().to_string(),
        _ => panic!("the cluster is reached by a socket"),
    };
    format!("host={host} user=postgres dbname={name}")
}

/// Runs a statement as the administrator of the shared cluster.
///
/// # Panics
/// If it is refused.
pub async fn administer(statement: &str) {
    let (client, connection) = shared().await.connect(NoTls).await.expect("PostgreSQL answers");
    let served = tokio::spawn(connection);
    client.batch_execute(statement).await.expect("the statement is run");
    drop(client);
    served.await.expect("the connection ends").expect("the connection ends well");
}
