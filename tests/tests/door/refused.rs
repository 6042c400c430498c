//! A refusal reaches a sender that is still sending.

use crate::process::Process;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The head of the next answer, and its body.
async fn answer(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    loop {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).await.unwrap(), 1, "the connection stays open: {said:?}");
        said.push(byte[0]);
        let text = String::from_utf8_lossy(&said);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return text.into_owned();
        }
    }
}

#[tokio::test]
async fn a_refused_upload_is_answered_and_its_connection_goes_on() {
    let server = Process::start(256).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for _ in 0..3 {
        let head =
            format!("PUT /v1/blobs/sha256-{} HTTP/1.1\r\nhost: x\r\ncontent-length: 4000000\r\n\r\n", "0".repeat(64));
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![7; 4_000_000]).await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 4"));
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    }
}
