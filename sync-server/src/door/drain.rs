//! Takes what a handler has left unread of a request's body before the answer goes. A sender that is cut off while it
//! sends sees a broken connection in place of the answer, and cannot use the connection again.

use super::Asked;
use axum::{
    Error,
    body::{Body, Bytes},
    extract::Request,
    http::header,
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt as _;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// The most bytes that are taken and dropped: a little more than any request may carry.
const REST_BYTES_MAX: usize = 32 << 20;
/// How long the sender may be silent meanwhile.
const SILENCE_MAX: Duration = Duration::from_secs(3);
/// How long all of it may take for a phone whose token the server knows, and for a stranger.
const REST_TIME_MAX: Duration = Duration::from_secs(60);
const STRANGER_TIME_MAX: Duration = Duration::from_secs(5);

/// Around every request: the rest of the body is taken and dropped, unless the answer closes the connection.
pub async fn rest(request: Request, next: Next) -> Response {
    // A client that sends `Expect` waits until it is asked for the body, so there is nothing to take yet.
    if request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let asked = request.extensions().get::<Asked>().cloned();
    let left = Arc::new(Mutex::new(None));
    let request = request.map(|body| Body::new(Lent { body: Some(body), left: Arc::clone(&left) }));
    let response = next.run(request).await;
    let rest = left.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(body) = rest.filter(|_| !response.headers().contains_key(header::CONNECTION)) {
        // A sender that is slower than this, or waits for the answer, is cut off after all.
        let known = asked.is_some_and(|asked| asked.counts());
        let _ = tokio::time::timeout(if known { REST_TIME_MAX } else { STRANGER_TIME_MAX }, take(body)).await;
    }
    response
}

async fn take(body: Body) {
    let mut stream = body.into_data_stream();
    let mut taken = 0;
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(SILENCE_MAX, stream.next()).await {
        taken += bytes.len();
        if taken > REST_BYTES_MAX {
            return;
        }
    }
}

/// A body that comes back when its handler drops it before its end.
struct Lent {
    body: Option<Body>,
    left: Arc<Mutex<Option<Body>>>,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.body.as_mut().map_or(Poll::Ready(None), |body| Pin::new(body).poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.is_end_stream() {
            *self.left.lock().unwrap_or_else(PoisonError::into_inner) = self.body.take();
        }
    }
}
