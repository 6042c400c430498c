//! How long a listener bears a slow client.

use axum::{Router, body::Bytes, routing::post};
use firebee_server::door::{Limits, serve};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(3_600);

/// A listener that answers each body with its length.
async fn listen(limits: Limits) -> (SocketAddr, watch::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(());
    let router = Router::new().route("/", post(async |body: Bytes| body.len().to_string()));
    tokio::spawn(serve(listener, router, limits, stopped));
    (address, stop)
}

/// What the server says before it closes the connection.
async fn last_words(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // A reset is a close as well.
    stream.read_to_end(&mut said).await.ok();
    String::from_utf8(said).unwrap()
}

#[tokio::test]
async fn a_head_that_does_not_come_and_a_silence_between_requests_end_a_connection() {
    let (address, _stop) = listen(Limits { connections: 8, head_max: SHORT, still_max: LONG }).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"POST / HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc").await.unwrap();
    assert_eq!(last_words(&mut silent).await, "");
    assert_eq!(last_words(&mut half).await, "");
    let said = last_words(&mut idle).await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("\r\n\r\n3"), "{said}");
}

#[tokio::test]
async fn a_body_that_stands_still_ends_its_connection() {
    let (address, _stop) = listen(Limits { connections: 8, head_max: LONG, still_max: SHORT }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc").await.unwrap();
    assert_eq!(last_words(&mut stream).await, "");
}

#[tokio::test]
async fn a_stop_lets_a_request_end_and_closes_what_is_silent() {
    let (address, stop) = listen(Limits { connections: 8, head_max: LONG, still_max: LONG }).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut busy = TcpStream::connect(address).await.unwrap();
    busy.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n").await.unwrap();
    let mut asked_for_more = [0; 25];
    busy.read_exact(&mut asked_for_more).await.unwrap();
    stop.send(()).unwrap();
    assert_eq!(last_words(&mut silent).await, "");
    busy.write_all(b"abc").await.unwrap();
    let said = last_words(&mut busy).await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("3"), "{said}");
}
