//! Programs outside that are told things: one that keeps what came and answers with what it is told to, and one that is silent.

use crate::authority::Shown;
use firebee_server::courier::Courier;
use firebee_tests::office::Office;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

/// What is to come at once comes within this time, however busy the machine is.
const AT_ONCE: Duration = Duration::from_secs(10);

/// Takes out what is due now, and waits for all of it. Returns how many receivers have their message.
pub async fn taken_out(office: &Office) -> usize {
    let mut courier = Courier::new(office.app.clone());
    let mut has_it = 0;
    loop {
        courier.start().await;
        match courier.ended().await {
            Some(ended) => has_it += ended,
            None => return has_it,
        }
    }
}

/// A request as it came: its head and its body.
pub type Came = (String, Vec<u8>);

/// A program that answers with what it is told to.
pub struct Receiver {
    pub port: u16,
    told: Arc<Told>,
}

struct Told {
    came: Mutex<Vec<Came>>,
    /// Rings when something came.
    rings: Notify,
    answer: Mutex<(&'static str, &'static str)>,
    /// Whoever holds the permit keeps the answers back.
    answers: Arc<Semaphore>,
}

impl Receiver {
    pub async fn start() -> Self {
        Self::listen(None).await
    }

    /// One that is met over TLS, where it shows a certificate.
    pub async fn with_certificate(shown: &Shown) -> Self {
        Self::listen(Some(shown.acceptor())).await
    }

    async fn listen(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Mutex::new(("204 No Content", ""));
        let (came, rings, answers) = (Mutex::default(), Notify::new(), Arc::new(Semaphore::new(1)));
        let told = Arc::new(Told { came, rings, answer, answers });
        let kept = Arc::clone(&told);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                match &tls {
                    None => kept.take(stream).await,
                    // Whoever does not trust the certificate hangs up.
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => kept.take(stream).await,
                        Err(_) => None,
                    },
                };
            }
        });
        Self { port, told }
    }

    pub fn says(&self, status: &'static str, body: &'static str) {
        *self.told.answer.lock().unwrap() = (status, body);
    }

    pub fn take(&self) -> Vec<Came> {
        std::mem::take(&mut *self.told.came.lock().unwrap())
    }

    /// Waits until something came.
    pub async fn came(&self) {
        timeout(AT_ONCE, self.told.rings.notified()).await.unwrap();
    }

    /// Answers nobody while this is held.
    pub async fn silent(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.told.answers).acquire_owned().await.unwrap()
    }
}

impl Told {
    /// Takes a request and answers it. Nothing where the other side hung up.
    async fn take(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Option<()> {
        let mut bytes = Vec::new();
        let came = loop {
            let mut piece = [0; 4_096];
            let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
            bytes.extend_from_slice(&piece[..read]);
            let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let length: usize = header(&head, "content-length").unwrap().parse().unwrap();
            if bytes.len() == end + 4 + length {
                break (head, bytes[end + 4..].to_vec());
            }
        };
        self.came.lock().unwrap().push(came);
        self.rings.notify_one();
        let _answers = self.answers.acquire().await.unwrap();
        let (said, told) = *self.answer.lock().unwrap();
        let length = told.len();
        let answer = format!("HTTP/1.1 {said}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{told}");
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()
    }
}

/// A program that takes connections and never says anything.
pub struct Silent {
    pub port: u16,
    held: Arc<AtomicUsize>,
    rings: Arc<Notify>,
}

impl Silent {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (held, rings) = (Arc::<AtomicUsize>::default(), Arc::<Notify>::default());
        let (count, ring) = (Arc::clone(&held), Arc::clone(&rings));
        tokio::spawn(async move {
            let mut kept = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                kept.push(stream);
                count.fetch_add(1, Ordering::SeqCst);
                ring.notify_one();
            }
        });
        Self { port, held, rings }
    }

    /// How many connections came.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    /// Waits until a connection came.
    pub async fn came(&self) {
        timeout(AT_ONCE, self.rings.notified()).await.unwrap();
    }
}

pub fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
