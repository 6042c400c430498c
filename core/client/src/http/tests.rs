use super::*;
use firebee_domain::code::Code;
use std::io::Write;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Answers one connection with these bytes and returns the request.
async fn once(answer: &'static [u8]) -> (String, tokio::task::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let got = stream.read(&mut buffer).await.unwrap_or(0);
            asked.extend_from_slice(&buffer[..got]);
            let has_body = asked.starts_with(b"PUT");
            if got == 0 || (!has_body && asked.ends_with(b"\r\n\r\n")) || asked.ends_with(b"END") {
                break;
            }
        }
        let _ = stream.write_all(answer).await;
        asked
    });
    (url, asked)
}

fn get(path: &str) -> Request {
    Request {
        method: Method::Get,
        path: path.into(),
        headers: vec![("firebee-x".into(), "1".into())],
        body: Body::Empty,
    }
}

fn transport(url: &str) -> HttpTransport {
    HttpTransport::new(&HttpConfig::to(url)).unwrap()
}

#[tokio::test]
async fn every_status_is_an_answer_and_no_redirect_is_followed() {
    let (url, asked) = once(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nFirebee-Server: 1\r\nContent-Length: 2\r\n\r\nhi",
    )
    .await;
    let answer = transport(&url).send(get("/v1/pull?cursor=x")).await.unwrap();
    assert_eq!((answer.status, answer.header("firebee-server"), &answer.body[..]), (302, Some("1"), &b"hi"[..]));
    let asked = String::from_utf8(asked.await.unwrap()).unwrap();
    assert!(asked.starts_with("GET /v1/pull?cursor=x HTTP/1.1\r\n") && asked.contains("firebee-x: 1\r\n"), "{asked}");
}

#[tokio::test]
async fn an_answer_above_16_mib_is_not_read_to_its_end() {
    let (url, _asked) = once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2000000\r\n").await;
    let lost = transport(&url).send(get("/")).await.unwrap_err();
    assert_eq!(lost.code(), Code::NetworkError, "it broke before its end");
    let (url, _asked) = once(long_answer()).await;
    assert_eq!(transport(&url).send(get("/")).await, Err(TransportError::TooLarge));
}

fn long_answer() -> &'static [u8] {
    let mut answer = b"HTTP/1.1 200 OK\r\nContent-Length: 17000000\r\n\r\n".to_vec();
    answer.resize(answer.len() + 17_000_000, b'x');
    answer.leak()
}

#[tokio::test]
async fn a_stretch_of_a_file_is_sent_with_its_length() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"0123456789END and more").unwrap();
    let (url, asked) = once(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    let body = Body::File { path: file.path().into(), from: 4, len: 9 };
    let request = Request { method: Method::Put, path: "/v1/blobs/x".into(), headers: Vec::new(), body };
    assert_eq!(transport(&url).send(request).await.unwrap().status, 204);
    let asked = String::from_utf8(asked.await.unwrap()).unwrap();
    assert!(asked.contains("content-length: 9\r\n") && asked.ends_with("\r\n\r\n456789END"), "{asked}");
}

#[tokio::test]
async fn a_file_that_is_missing_or_short_is_told_from_a_network_that_fails() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"0123").unwrap();
    for path in [file.path().to_owned(), file.path().with_extension("gone")] {
        let (url, _asked) = once(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        let body = Body::File { path, from: 0, len: 9 };
        let request = Request { method: Method::Put, path: "/".into(), headers: Vec::new(), body };
        let lost = transport(&url).send(request).await.unwrap_err();
        assert!(matches!(lost, TransportError::File { .. }), "{lost:?}");
        assert_eq!(lost.code(), Code::LostLocal);
    }
    let nobody = transport("http://127.0.0.1:1").send(get("/")).await.unwrap_err();
    assert!(matches!(nobody, TransportError::Network { .. }), "{nobody:?}");
}

#[test]
fn an_address_without_host_or_scheme_is_refused() {
    for url in ["", "example.com", "ftp://example.com", "https://", "https://a/?b=1"] {
        let refused = HttpTransport::new(&HttpConfig::to(url)).map(drop).map_err(|error| error.code());
        assert_eq!(refused, Err(Code::ServerAddressInvalid), "{url}");
    }
    let bad_root = HttpConfig { extra_roots: vec![vec![1, 2, 3]], ..HttpConfig::to("https://example.com") };
    assert!(matches!(HttpTransport::new(&bad_root), Err(HttpConfigError::Root)));
}

/// A server behind a slow link: reads `take` bytes at each tick, and answers after the whole request or never.
async fn slow(take: usize, pause: Duration, whole: usize, answer: &'static [u8]) -> String {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(64 << 10).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut taken, mut buffer) = (0, vec![0; take]);
        let mut pace = tokio::time::interval(pause);
        while taken < whole {
            taken += stream.read(&mut buffer).await.unwrap_or(whole);
            pace.tick().await;
        }
        stream.write_all(answer).await.unwrap();
        // What follows is for the client to give up.
        let _ = stream.read_to_end(&mut Vec::new()).await;
        std::future::pending::<()>().await;
    });
    url
}

fn impatient(url: &str) -> HttpTransport {
    HttpTransport::new(&HttpConfig { silence_timeout: Duration::from_millis(400), ..HttpConfig::to(url) }).unwrap()
}

const LARGE: usize = 8 << 20;

fn large() -> (tempfile::NamedTempFile, [Body; 2]) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&vec![7; LARGE]).unwrap();
    let of_file = Body::File { path: file.path().into(), from: 0, len: LARGE as u64 };
    (file, [of_file, Body::Bytes(vec![7; LARGE].into())])
}

#[tokio::test]
async fn a_link_that_is_slow_but_lives_carries_a_body_that_takes_longer_than_a_silence_may() {
    let (_file, bodies) = large();
    for body in bodies {
        let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
        let url = slow(64 << 10, Duration::from_millis(10), LARGE, answer).await;
        let begun = std::time::Instant::now();
        let request = Request { method: Method::Put, path: "/".into(), headers: Vec::new(), body };
        assert_eq!(impatient(&url).send(request).await.unwrap().status, 204);
        assert!(begun.elapsed() > Duration::from_millis(800), "{:?}: it was not slow", begun.elapsed());
    }
}

#[tokio::test]
async fn a_link_that_died_is_noticed_in_the_middle_of_a_body_before_the_answer_and_within_it() {
    let (_file, bodies) = large();
    let forever = Duration::from_secs(3_600);
    let put = bodies.map(|body| Request { method: Method::Put, path: "/".into(), headers: Vec::new(), body });
    let mut dead = Vec::new();
    for request in put {
        dead.push((slow(64 << 10, forever, LARGE, b"").await, request));
    }
    dead.push((slow(64 << 10, forever, 1, b"").await, get("/")));
    dead.push((
        slow(64 << 10, Duration::from_millis(1), 1, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").await,
        get("/"),
    ));
    for (url, request) in dead {
        let begun = std::time::Instant::now();
        assert_eq!(impatient(&url).send(request).await, Err(TransportError::TimedOut));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
