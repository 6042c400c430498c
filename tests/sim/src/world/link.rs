//! The network between one phone and the server: a [`Transport`] above, the router below, and the faults of the swarm.

use super::{
    disk::Life,
    host::{Answer, Host},
    time::pass,
};
use crate::{
    book::Book,
    swarm::{self, Fault},
    tape::{choose, draw},
    trace,
};
use axum::{body::Body as Stream, http};
use bytes::Bytes;
use firebee_client::ports::{Body, BoxFuture, Method, Request, Response, Transport, TransportError};
use futures_util::{StreamExt as _, stream};
use std::{
    collections::BTreeMap,
    io::{self, Read as _, Seek as _, SeekFrom},
    sync::{Arc, Mutex, PoisonError},
};

/// One phone's way to the server.
pub struct SimLink {
    host: Arc<Host>,
    phone: usize,
    life: Arc<Life>,
    book: Arc<Mutex<Book>>,
    /// What a cache on the way keeps: the last answer to each GET.
    cached: Mutex<BTreeMap<String, Response>>,
}

impl SimLink {
    /// The way of this phone.
    pub fn new(host: Arc<Host>, phone: usize, life: Arc<Life>, book: Arc<Mutex<Book>>) -> Self {
        Self { host, phone, life, book, cached: Mutex::default() }
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        if self.life.disk.is_off() {
            return Err(gone());
        }
        let fault = swarm::next();
        let body = read(&request.body)?;
        if request.path == "/v1/push" {
            // What is sent was recorded: the book knows it before the server can.
            self.book.lock().unwrap_or_else(PoisonError::into_inner).read_journal(self.phone);
        }
        let word = <&str>::from(request.method);
        let path = request.path.split('?').next().unwrap_or_default();
        trace::note(&format!("phone {}", self.phone), &format!("{word} {path}"), &format!("{} {fault:?}", body.len()));
        pause("way out", fault).await;
        match fault {
            Fault::LostRequest => {
                pass(draw("time-out", 30_000)).await;
                return Err(TransportError::TimedOut);
            }
            Fault::Portal => return Ok(portal()),
            Fault::Stale if request.method == Method::Get => {
                let cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner).get(&request.path).cloned();
                if let Some(cached) = cached {
                    return Ok(cached);
                }
            }
            _ => {}
        }
        let cut = (fault == Fault::CutRequest).then(|| draw("cut request", body.len() as u64));
        let answer = self.ask(&request, &body, cut).await;
        if fault == Fault::Stray {
            let (host, late) = (self.host.clone(), built(&request, &body, None));
            let (delay, body) = (draw("stray", 60_000), body.clone());
            tokio::spawn(async move {
                pass(delay).await;
                host.answer(late, body).await
            });
        }
        let answer = if fault == Fault::Twice { self.ask(&request, &body, None).await } else { answer };
        pause("way back", fault).await;
        if cut.is_some() || matches!(fault, Fault::LostReply | Fault::CutReply) {
            return Err(gone());
        }
        let response = response(answer.ok_or_else(gone)?);
        if request.method == Method::Get {
            let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
            cached.insert(request.path, response.clone());
        }
        Ok(response)
    }

    async fn ask(&self, request: &Request, body: &Bytes, cut: Option<u64>) -> Option<Answer> {
        self.host.answer(built(request, body, cut), body.clone()).await
    }
}

impl Transport for SimLink {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

fn gone() -> TransportError {
    TransportError::Network { reason: "the connection broke".into() }
}

async fn pause(label: &str, fault: Fault) {
    let most = if fault == Fault::Slow { 20_000 } else { 200 };
    pass(1 + draw(label, most)).await;
}

fn response(answer: Answer) -> Response {
    Response { status: answer.status, headers: answer.headers, body: answer.body }
}

/// Somebody else's answer: a page, or what looks like our own success.
fn portal() -> Response {
    let (status, body) = match choose("portal", &[1, 1, 1, 1]) {
        0 => (200, "<html>Please accept our terms</html>"),
        1 => (302, ""),
        2 => (511, "<html>Sign in</html>"),
        _ => (200, r#"{"acked_through":99,"durable_through":99,"results":[],"epoch":1,"fenced":false,"feed_head":0}"#),
    };
    let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
    Response { status, headers, body: Bytes::from_static(body.as_bytes()) }
}

/// The body, whole; the client has it in memory or in a file.
fn read(body: &Body) -> Result<Bytes, TransportError> {
    let failed = |error: io::Error| TransportError::File { reason: error.to_string() };
    match body {
        Body::Empty => Ok(Bytes::new()),
        Body::Bytes(bytes) => Ok(bytes.clone()),
        Body::File { path, from, len } => {
            let mut file = std::fs::File::open(path).map_err(failed)?;
            file.seek(SeekFrom::Start(*from)).map_err(failed)?;
            let mut bytes = vec![0; usize::try_from(*len).unwrap_or(usize::MAX)];
            file.read_exact(&mut bytes).map_err(failed)?;
            Ok(bytes.into())
        }
    }
}

/// The request as the server gets it; with `cut`, its body breaks off there.
fn built(request: &Request, body: &Bytes, cut: Option<u64>) -> http::Request<Stream> {
    let mut builder = http::Request::builder().method(<&str>::from(request.method)).uri(&request.path);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    if matches!(request.method, Method::Post | Method::Put | Method::Patch) {
        builder = builder.header("content-length", body.len());
    }
    builder.body(pieces(body, cut)).unwrap_or_default()
}

/// The body in a few pieces that take their time.
fn pieces(body: &Bytes, cut: Option<u64>) -> Stream {
    let end = cut.map_or(body.len(), |at| usize::try_from(at).unwrap_or(0).min(body.len()));
    if body.is_empty() {
        return Stream::empty();
    }
    let middle = usize::try_from(draw("piece", end as u64 + 1)).unwrap_or(0);
    let mut pieces: Vec<io::Result<Bytes>> = vec![Ok(body.slice(..middle)), Ok(body.slice(middle..end))];
    pieces.retain(|piece| piece.as_ref().is_ok_and(|piece| !piece.is_empty()));
    if cut.is_some() {
        pieces.push(Err(io::ErrorKind::ConnectionReset.into()));
    }
    let slowly = stream::iter(pieces).then(|piece| async {
        pass(1).await;
        piece
    });
    Stream::from_stream(slowly.fuse())
}
