//! One connection: HTTP/1 until it ends, is too slow, or has to go.

use super::{
    Limits,
    open::{Asked, Life, Place, UnderWay},
    watched::Watched,
};
use axum::{
    Error, Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
};
use hyper::{
    Request,
    body::{Body as HttpBody, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};
use tokio::{net::TcpStream, sync::watch};
use tower::ServiceExt as _;

/// The most bytes of a connection that are held unread: the longest head of a request, and a stretch of its body. A
/// stranger can make the server hold no more.
const READ_BYTES_MAX: usize = 64 << 10;

/// Serves a connection to its end.
pub(super) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<()>,
) {
    let life = &place.life;
    let service = service_fn(|request: Request<Incoming>| {
        let (under_way, asked, router) = (life.begin(), Asked(Arc::clone(life)), router.clone());
        async move {
            let mut request = request.map(|body| Body::new(Arriving::new(body, &asked.0)));
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(asked);
            let answer = router.oneshot(request).await;
            answer.map(|answer| answer.map(|body| Answer { body, _under_way: under_way }))
        }
    });
    let watched = TokioIo::new(Watched { stream, life: life.clone() });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_max).max_buf_size(READ_BYTES_MAX);
    let mut served = pin!(http.serve_connection(watched, service));
    let mut still = pin!(life.still(limits.still_max));
    let mut ending = false;
    loop {
        tokio::select! {
            // How a connection ends is its peer's to know.
            _ = &mut served => return,
            () = life.spared.notified() => return,
            () = &mut still => return,
            _ = stopped.changed(), if !ending => {
                ending = true;
                served.as_mut().graceful_shutdown();
            }
        }
    }
}

/// The body of a request on its way: when its end has come, the request counts.
struct Arriving {
    body: Incoming,
    life: Arc<Life>,
}

impl Arriving {
    fn new(body: Incoming, life: &Arc<Life>) -> Self {
        if body.is_end_stream() {
            life.count();
        }
        Self { body, life: Arc::clone(life) }
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.life.count();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer on its way: its request is under way until the last byte is handed over.
struct Answer {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
