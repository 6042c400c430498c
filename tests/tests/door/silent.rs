//! Connections that say nothing.

use crate::process::{Process, connect, open_many_files};
use std::time::Duration;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

async fn silent(server: &Process, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        streams.push(connect(server.address, [127, 0, 2, 1]).await);
    }
    streams
}

/// Whoever speaks gets in, however many are silent and however few files the server may open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_keep_nobody_out() {
    open_many_files();
    for files in [4_096, 256] {
        let server = Process::start(files).await;
        let mut silent = silent(&server, 1_500).await;
        for _ in 0..3 {
            let (status, took) = server.health().await;
            println!("{files} files, {} silent connections: healthz {status} in {took:?}", silent.len());
            assert_eq!(status, 200);
            assert!(took < Duration::from_secs(1), "{took:?}");
            silent.push(connect(server.address, [127, 0, 2, 2]).await);
        }
    }
}

/// Who sends a body that never ends keeps nobody out: such a request counts only when the server knows its token. Each of
/// these is refused at once, but for claims, and the server would read on for a while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_whose_bodies_never_end_keep_nobody_out() {
    open_many_files();
    for asked in ["PUT /v1/blobs/sha256-0", "POST /v1/push", "POST /v1/session/claim", "POST /sign-in"] {
        let server = Process::start(256).await;
        let head = format!(
            "{asked} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{{\"a\":"
        );
        let mut endless = Vec::new();
        for _ in 0..1_000 {
            let mut stream = connect(server.address, [127, 0, 2, 3]).await;
            // The server may have closed it already for another.
            stream.write_all(head.as_bytes()).await.ok();
            endless.push(stream);
        }
        let (status, took) = server.health().await;
        println!("{} times {asked} without an end: healthz {status} in {took:?}", endless.len());
        assert_eq!(status, 200);
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
}

/// The server waits out what the system refuses, and does not fill its log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_a_file_for_a_connection_waits_and_says_so_once() {
    open_many_files();
    let server = Process::start(FEW_FILES).await;
    let silent = silent(&server, 200).await;
    let (status, took) = server.health().await;
    println!("{FEW_FILES} files, {} silent connections: healthz {status} in {took:?}", silent.len());
    assert_eq!(status, 200);
    let log = server.log();
    assert_eq!(log.matches("no connection can be taken now").count(), 1, "{log}");
}

/// Fewer than the server opens for itself and for the fewest connections that it wants.
const FEW_FILES: u32 = 26;
