//! A program outside that is told things: it keeps what came, and answers with what it is told to.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

/// A request as it came: its head and its body.
pub type Came = (String, Vec<u8>);

/// A program that answers with what it is told to.
pub struct Receiver {
    pub port: u16,
    came: Arc<Mutex<Vec<Came>>>,
    answer: Arc<Mutex<(&'static str, &'static str)>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (came, answer) = (Arc::<Mutex<Vec<Came>>>::default(), Arc::new(Mutex::new(("204 No Content", ""))));
        let (kept, said) = (Arc::clone(&came), Arc::clone(&answer));
        tokio::spawn(async move {
            'next: while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                let (head, body) = loop {
                    let mut piece = [0; 4_096];
                    let read = stream.read(&mut piece).await.unwrap();
                    if read == 0 {
                        continue 'next;
                    }
                    bytes.extend_from_slice(&piece[..read]);
                    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
                    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
                    let length: usize = header(&head, "content-length").unwrap().parse().unwrap();
                    if bytes.len() == end + 4 + length {
                        break (head, bytes[end + 4..].to_vec());
                    }
                };
                kept.lock().unwrap().push((head, body));
                let (said, told) = *said.lock().unwrap();
                let length = told.len();
                let answer = format!("HTTP/1.1 {said}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{told}");
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { port, came, answer }
    }

    pub fn says(&self, status: &'static str, body: &'static str) {
        *self.answer.lock().unwrap() = (status, body);
    }

    pub fn take(&self) -> Vec<Came> {
        std::mem::take(&mut *self.came.lock().unwrap())
    }
}

pub fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
