use super::*;
use tokio::{io::AsyncReadExt as _, sync::mpsc};

/// A server that notes each request whole and answers its number.
async fn server() -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (note, noted) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut number = 0;
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let note = note.clone();
            number += 1;
            let number = number;
            tokio::spawn(async move {
                while let Ok(Some(head)) = Head::read(&mut stream).await {
                    let mut body = Vec::new();
                    let whole = relay(&mut stream, &mut body, head.request_length(), u64::MAX).await.is_ok();
                    let end = if whole { "whole" } else { "broken" };
                    note.send(format!("{} {} {} {end}", head.method(), head.path(), body.len())).ok();
                    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nno {number:02}");
                    if !whole || stream.write_all(answer.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (address, noted)
}

struct Phone(BufReader<TcpStream>);

impl Phone {
    async fn connect(proxy: &Proxy) -> Self {
        Self(BufReader::new(TcpStream::connect(proxy.address()).await.unwrap()))
    }

    /// Sends a request and gives the body of its answer.
    async fn ask(&mut self, method: &str, path: &str, body: usize) -> io::Result<String> {
        let head = format!("{method} {path} HTTP/1.1\r\nContent-Length: {body}\r\n\r\n");
        self.0.write_all(head.as_bytes()).await?;
        self.0.write_all(&vec![b'x'; body]).await?;
        let head = Head::read(&mut self.0).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut answer = Vec::new();
        relay(&mut self.0, &mut answer, head.answer_length(method), u64::MAX).await?;
        Ok(String::from_utf8(answer).unwrap())
    }
}

#[tokio::test]
async fn a_good_link_passes_request_after_request_on_one_connection() {
    let (server, mut noted) = server().await;
    let proxy = Proxy::start(ANYWHERE_HERE, server, 1).await.unwrap();
    let mut phone = Phone::connect(&proxy).await;
    assert_eq!(phone.ask("POST", "/v1/push", 100_000).await.unwrap(), "no 01");
    assert_eq!(phone.ask("GET", "/v1/pull?cursor=1", 0).await.unwrap(), "no 01");
    assert_eq!(noted.recv().await.unwrap(), "POST /v1/push 100000 whole");
    assert_eq!(noted.recv().await.unwrap(), "GET /v1/pull 0 whole");
    assert_eq!(proxy.counts(), Counts::default());
}

#[tokio::test]
async fn a_cut_link_ends_what_is_open_and_lets_nothing_new_through() {
    let (server, mut noted) = server().await;
    let proxy = Proxy::start(ANYWHERE_HERE, server, 1).await.unwrap();
    let mut phone = Phone::connect(&proxy).await;
    phone.ask("GET", "/", 0).await.unwrap();
    proxy.set(Link::Cut);
    assert!(phone.ask("GET", "/", 0).await.is_err());
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.ok();
    assert!(!matches!(stream.read(&mut [0; 8]).await, Ok(1..)));
    proxy.set(Link::Good);
    assert!(Phone::connect(&proxy).await.ask("GET", "/late", 0).await.is_ok());
    assert_eq!(noted.recv().await.unwrap(), "GET / 0 whole");
    assert_eq!(noted.recv().await.unwrap(), "GET /late 0 whole");
}

#[tokio::test]
async fn of_two_pushes_on_a_faulty_link_one_reply_is_lost_and_one_push_arrives_twice() {
    for seed in 0..8 {
        let (server, mut noted) = server().await;
        let proxy = Proxy::start(ANYWHERE_HERE, server, seed).await.unwrap();
        proxy.set(Link::Faulty);
        let (mut answered, mut lost) = (0, 0);
        for _ in 0..2 {
            match Phone::connect(&proxy).await.ask("POST", "/v1/push", 300).await {
                Ok(_) => answered += 1,
                Err(_) => lost += 1,
            }
        }
        assert_eq!((answered, lost), (1, 1));
        for _ in 0..3 {
            assert_eq!(noted.recv().await.unwrap(), "POST /v1/push 300 whole");
        }
        assert!(noted.try_recv().is_err());
        assert_eq!(proxy.counts(), Counts { lost_replies: 1, resets_in_blob: 0, duplicates: 1 });
    }
}

#[tokio::test]
async fn a_picture_is_reset_inside_its_body_and_passes_the_next_time() {
    let (server, mut noted) = server().await;
    let proxy = Proxy::start(ANYWHERE_HERE, server, 5).await.unwrap();
    proxy.set(Link::Faulty);
    assert!(Phone::connect(&proxy).await.ask("PUT", "/v1/blobs/a", 200_000).await.is_err());
    let broken = noted.recv().await.unwrap();
    assert!(broken.ends_with("broken"), "{broken}");
    assert!(Phone::connect(&proxy).await.ask("PATCH", "/v1/blobs/a", 150_000).await.is_ok());
    assert_eq!(noted.recv().await.unwrap(), "PATCH /v1/blobs/a 150000 whole");
    assert_eq!(proxy.counts(), Counts { lost_replies: 0, resets_in_blob: 1, duplicates: 0 });
    assert!(!proxy.counts().all_happened());
}
