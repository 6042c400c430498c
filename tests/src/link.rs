//! A link that fails on demand: an HTTP-aware TCP proxy that gives each request the fault in its plan.
//!
//! It keeps a request and its answer whole in memory, one request a connection, so that a fault falls on an exact byte.
#![expect(clippy::expect_used, reason = "a test without its link must fail, loudly")]

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// What happens to one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Harm {
    /// It passes.
    #[default]
    None,
    /// The connection is refused the moment the request has come: the network is gone.
    Cut,
    /// The server gets so many bytes of the request, head included, then both sides are reset.
    ResetRequest(usize),
    /// The phone gets so many bytes of the answer, head included, then it is reset. The server has acted.
    ResetAnswer(usize),
    /// The server gets the request twice; the phone gets the second answer.
    Twice,
    /// The server gets the request now, and a stray copy after the phone has its answer.
    Stray,
    /// Somebody else answers: status and body, without our header.
    Portal(u16, Vec<u8>),
    /// The server gets only so many bytes of the body. The link reports this and waits until the phone or the server is
    /// gone, or until the test releases the link.
    Stall(usize),
}

/// A request that came, as far as a plan aims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// The path without query.
    pub path: String,
    /// Bytes of the head.
    pub head: usize,
    /// Bytes of the body as the head says; 0 for one in chunks.
    pub body: usize,
}

type Plan = Box<dyn FnMut(&Seen) -> Harm + Send>;

/// The proxy; ends when it is dropped.
pub struct Link {
    /// Where phones connect.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    server: Mutex<SocketAddr>,
    plan: Mutex<Plan>,
    log: Mutex<Vec<(Seen, Harm)>>,
    stalled: watch::Sender<u64>,
    let_go: watch::Sender<u64>,
}

impl Link {
    /// A link to `server` on which nothing fails yet.
    ///
    /// # Panics
    /// If it cannot listen.
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let plan: Plan = Box::new(|_| Harm::None);
        let shared = Arc::new(Shared {
            server: Mutex::new(server),
            plan: Mutex::new(plan),
            log: Mutex::default(),
            stalled: watch::Sender::default(),
            let_go: watch::Sender::default(),
        });
        let task = tokio::spawn(listen(listener, shared.clone()));
        Self { address, shared, task }
    }

    /// What phones are configured with.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on each request suffers what `plan` says of it.
    pub fn plan(&self, plan: impl FnMut(&Seen) -> Harm + Send + 'static) {
        *locked(&self.shared.plan) = Box::new(plan);
    }

    /// The server is at another address now.
    pub fn lead_to(&self, server: SocketAddr) {
        *locked(&self.shared.server) = server;
    }

    /// The first request to a path that `aim` accepts suffers `harm`; all others pass.
    pub fn once(&self, aim: impl Fn(&Seen) -> bool + Send + 'static, harm: Harm) {
        let mut harm = Some(harm);
        self.plan(move |seen| if aim(seen) { harm.take().unwrap_or_default() } else { Harm::None });
    }

    /// How many requests have stalled so far; changes when one more does.
    pub fn stalled(&self) -> watch::Receiver<u64> {
        self.shared.stalled.subscribe()
    }

    /// Requests that stall are reset.
    pub fn let_go(&self) {
        self.shared.let_go.send_modify(|times| *times += 1);
    }

    /// What came, and what happened to it; empties the log.
    pub fn take_log(&self) -> Vec<(Seen, Harm)> {
        std::mem::take(&mut *locked(&self.shared.log))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((phone, _)) = listener.accept().await {
        let shared = shared.clone();
        // A connection that breaks is what this is for.
        tokio::spawn(async move { serve(phone, &shared).await.ok() });
    }
}

async fn serve(mut phone: TcpStream, shared: &Shared) -> io::Result<()> {
    let head = read_head(&mut phone).await?;
    let harm = (locked(&shared.plan))(&head.seen);
    locked(&shared.log).push((head.seen.clone(), harm.clone()));
    if let Harm::Stall(bytes) = harm {
        return stall(phone, shared, head, bytes).await;
    }
    let request = read_body(&mut phone, head, false).await?;
    let server = *locked(&shared.server);
    let whole = async || exchange(server, &request).await;
    match harm {
        Harm::None => answer(&mut phone, &whole().await?).await,
        Harm::Cut => reset(&phone),
        Harm::ResetRequest(bytes) => {
            let mut stream = TcpStream::connect(server).await?;
            stream.write_all(request.bytes.get(..bytes).unwrap_or(&request.bytes)).await?;
            stream.flush().await?;
            reset(&stream)?;
            reset(&phone)
        }
        Harm::ResetAnswer(bytes) => {
            let whole = whole().await?;
            phone.write_all(whole.get(..bytes).unwrap_or(&whole)).await?;
            phone.flush().await?;
            reset(&phone)
        }
        Harm::Twice => {
            whole().await?;
            answer(&mut phone, &whole().await?).await
        }
        Harm::Stray => {
            answer(&mut phone, &whole().await?).await?;
            whole().await.map(drop)
        }
        Harm::Portal(status, body) => {
            let head = format!(
                "HTTP/1.1 {status} Portal\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            answer(&mut phone, &[head.as_bytes(), &body].concat()).await
        }
        // Done above, before the body was read.
        Harm::Stall(_) => Ok(()),
    }
}

/// Passes the head and so many bytes of the body on, then nothing.
async fn stall(mut phone: TcpStream, shared: &Shared, head: Message, bytes: usize) -> io::Result<()> {
    let address = *locked(&shared.server);
    let mut server = TcpStream::connect(address).await?;
    let mut message = head;
    let wanted = message.seen.head + bytes.min(message.seen.body);
    while message.bytes.len() < wanted {
        more(&mut phone, &mut message.bytes).await?;
    }
    server.write_all(message.bytes.get(..wanted).unwrap_or(&message.bytes)).await?;
    server.flush().await?;
    let mut let_go = shared.let_go.subscribe();
    shared.stalled.send_modify(|times| *times += 1);
    // What the phone still sends is thrown away, so that its end is seen.
    let mut rest = Vec::new();
    tokio::select! {
        _ = phone.read_to_end(&mut rest) => {}
        _ = server.readable() => {}
        _ = let_go.changed() => {}
    }
    reset(&phone)?;
    reset(&server)
}

async fn answer(phone: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    phone.write_all(bytes).await?;
    phone.shutdown().await
}

/// The next thing that the peer reads is a reset.
fn reset(stream: &TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}

struct Message {
    seen: Seen,
    chunked: bool,
    /// Head and body, as far as they were read.
    bytes: Vec<u8>,
}

async fn exchange(server: SocketAddr, request: &Message) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    let (mut from, mut into) = stream.split();
    // The server may answer before it has read everything.
    let (sent, answer) =
        tokio::join!(into.write_all(&request.bytes), read_answer(&mut from, request.seen.method == "HEAD"));
    sent.or_else(|error| if answer.is_ok() { Ok(()) } else { Err(error) })?;
    answer
}

async fn read_answer(from: &mut (impl AsyncRead + Unpin), bodiless: bool) -> io::Result<Vec<u8>> {
    let head = read_head(from).await?;
    Ok(read_body(from, head, bodiless).await?.bytes)
}

/// Reads a head, and what came with it, and has its sender end the connection behind the message.
async fn read_head(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Message> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(from, &mut bytes).await?;
    };
    let (head, rest) = bytes.split_at_checked(end + 4).unwrap_or((&bytes, &[]));
    let head = String::from_utf8_lossy(head).into_owned();
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let length = field(&head, "content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let lines = head.trim_end().lines().filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let rewritten = lines.chain(["Connection: close", "", ""]).collect::<Vec<_>>().join("\r\n");
    let seen = Seen {
        method: method.to_owned(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        head: rewritten.len(),
        body: length,
    };
    Ok(Message {
        seen,
        chunked: field(&head, "transfer-encoding").is_some(),
        bytes: [rewritten.as_bytes(), rest].concat(),
    })
}

async fn read_body(from: &mut (impl AsyncRead + Unpin), head: Message, bodiless: bool) -> io::Result<Message> {
    let mut message = head;
    let no_body = bodiless || message.bytes.starts_with(b"HTTP/1.1 204");
    let start = message.seen.head;
    if no_body {
        message.bytes.truncate(start);
    } else if message.chunked {
        while !message.bytes.get(start..).is_some_and(|body| body.ends_with(b"0\r\n\r\n")) {
            more(from, &mut message.bytes).await?;
        }
    } else {
        while message.bytes.len() < start + message.seen.body {
            more(from, &mut message.bytes).await?;
        }
    }
    Ok(message)
}

fn field(head: &str, name: &str) -> Option<String> {
    let mut fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

async fn more(from: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> io::Result<()> {
    if from.read_buf(bytes).await? == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
