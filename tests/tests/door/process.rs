//! `firebee serve` as a process, and requests to it from any address of this machine.

use firebee_server::{clock::Clock, config::Config, state::open};
use firebee_tests::office::{OTHER_FIRM, Office};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

/// A server that runs as a process.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its folder.
    pub folder: TempDir,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Process {
    /// Starts a server that may open so many files, with the firm whose manager signs in as `qian`.
    pub async fn start(files: u32) -> Self {
        Self::start_in(Self::founded().await, files, &[])
    }

    /// A folder with the firm whose manager signs in as `qian`.
    pub async fn founded() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let app = open(Config::in_folder(folder.path()), Clock::System).await.unwrap();
        Office::found(&app, OTHER_FIRM, true).await;
        app.store.close().await;
        folder
    }

    /// Starts a server on a folder of any content, with further flags.
    pub fn start_in(folder: TempDir, files: u32, flags: &[&str]) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", "ulimit -n \"$1\"; shift; exec \"$0\" --listen 127.0.0.1:0 \"$@\""])
            .args([env!("CARGO_BIN_EXE_firebee-server"), &files.to_string()])
            .args(flags)
            .env("FIREBEE_DATA", folder.path())
            .env("FIREBEE_METRICS", "off")
            .env("FIREBEE_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("firebee listens on http://").unwrap().parse().unwrap();
        Self { child, address, folder }
    }

    /// Memory that it holds now, in MB, and the most that it ever held.
    pub fn memory_mb(&self) -> [u64; 2] {
        ["VmRSS:", "VmHWM:"].map(|name| self.status_mb(name))
    }

    fn status_mb(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    }

    /// Ends it and returns its log.
    pub fn log(mut self) -> String {
        self.child.kill().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }

    /// The status of `GET /healthz`, and how long it took.
    pub async fn health(&self) -> (u16, Duration) {
        ask(self.address, [127, 0, 0, 9], "GET /healthz HTTP/1.1\r\n".into(), "").await
    }

    /// The status of a sign-in on the console from an address of this machine, and how long it took.
    pub async fn sign_in(&self, from: [u8; 4], login: &str, password: &str) -> (u16, Duration) {
        let form = format!("login={login}&password={}", password.replace(' ', "+"));
        let head = format!(
            "POST /sign-in HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
            form.len()
        );
        ask(self.address, from, head, &form).await
    }
}

/// A connection from an address of this machine.
pub async fn connect(to: SocketAddr, from: [u8; 4]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    socket.connect(to).await.unwrap()
}

async fn ask(to: SocketAddr, from: [u8; 4], head: String, body: &str) -> (u16, Duration) {
    let asked = Instant::now();
    let mut stream = connect(to, from).await;
    let request = format!("{head}host: firebee.example\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {answer}"));
    (status.parse().unwrap(), asked.elapsed())
}

/// Lets this test open as many files as the system allows.
pub fn open_many_files() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}
