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
use tokio_postgres::{Config, NoTls};

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
    static SHARED: LazyLock<Cluster> = LazyLock::new(Cluster::start);
    let config = tokio::task::spawn_blocking(|| SHARED.config()).await.expect("PostgreSQL starts");
    schema_in(config).await
}

/// A fresh, empty schema in a cluster of one's own.
///
/// # Panics
/// If the cluster does not answer.
pub async fn schema_in(mut config: Config) -> Config {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let (client, connection) = config.connect(NoTls).await.expect("PostgreSQL answers");
    let served = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE SCHEMA {name}")).await.expect("a schema is made");
    drop(client);
    served.await.expect("the connection ends").expect("the connection ends well");
    config.options(format!("-csearch_path={name}"));
    config
}
