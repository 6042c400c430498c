//! A link that fails on demand: an HTTP-aware TCP proxy that does to each request what its plan says.
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
    /// The server gets it once now, and once more after the phone has its answer: a stray copy.
    Stray,
    /// Somebody else answers: status and body, without our header.
    Portal(u16, Vec<u8>),
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
    /// Bytes of the body as it stood on the wire.
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
        let shared = Arc::new(Shared { server: Mutex::new(server), plan: Mutex::new(plan), log: Mutex::default() });
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
    let request = read_message(&mut phone, false).await?;
    let harm = (locked(&shared.plan))(&request.seen);
    locked(&shared.log).push((request.seen.clone(), harm.clone()));
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
    }
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
    Ok(read_message(from, bodiless).await?.bytes)
}

/// Reads one message, and has its sender end the connection behind it.
async fn read_message(from: &mut (impl AsyncRead + Unpin), bodiless: bool) -> io::Result<Message> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(from, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let field = |name: &str| {
        let line = head
            .lines()
            .skip(1)
            .find_map(|line| line.split_once(':').filter(|(held, _)| held.eq_ignore_ascii_case(name)));
        line.map(|(_, value)| value.trim().to_owned())
    };
    let no_body = bodiless || head.starts_with("HTTP/1.1 204");
    let start = end + 4;
    let body_end = if no_body {
        start
    } else if field("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        loop {
            if bytes.get(start..).is_some_and(|body| body.ends_with(b"0\r\n\r\n")) {
                break bytes.len();
            }
            more(from, &mut bytes).await?;
        }
    } else {
        let length: usize = field("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        while bytes.len() < start + length {
            more(from, &mut bytes).await?;
        }
        start + length
    };
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let kept = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let rewritten = kept.chain(["Connection: close", "", ""]).collect::<Vec<_>>().join("\r\n");
    let seen = Seen {
        method: method.to_owned(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        head: rewritten.len(),
        body: body_end - start,
    };
    let body = bytes.get(start..body_end).unwrap_or_default();
    Ok(Message { seen, bytes: [rewritten.as_bytes(), body].concat() })
}

async fn more(from: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> io::Result<()> {
    if from.read_buf(bytes).await? == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
