//! A body that comes bit by bit, as a test feeds it.

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use tokio::sync::mpsc;

/// What feeds the body, and the body.
pub fn fed() -> (mpsc::Sender<Bytes>, Body) {
    let (feed, body) = mpsc::channel::<Bytes>(1);
    let body =
        stream::unfold(body, async |mut body| body.recv().await.map(|chunk| (Ok::<_, std::io::Error>(chunk), body)));
    (feed, Body::from_stream(body.fuse()))
}
