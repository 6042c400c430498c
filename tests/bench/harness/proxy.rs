//! A TCP proxy that counts, so that headers and whatever else travels is in the numbers.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    runtime::Runtime,
};

/// What went through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traffic {
    /// Bytes from client to server.
    pub up: u64,
    /// Bytes from server to client.
    pub down: u64,
    /// Round trips: requests that follow an answer, or come first on a connection. This counts right because our
    /// clients never send a second request before the answer.
    pub trips: u64,
}

impl Traffic {
    /// Since an earlier look.
    pub const fn since(self, earlier: Self) -> Self {
        Self { up: self.up - earlier.up, down: self.down - earlier.down, trips: self.trips - earlier.trips }
    }

    /// Both ways.
    pub const fn both(self) -> u64 {
        self.up + self.down
    }
}

/// What a proxy has counted.
#[derive(Default)]
pub struct Counts {
    up: AtomicU64,
    down: AtomicU64,
    trips: AtomicU64,
}

impl Counts {
    /// What went through so far.
    pub fn traffic(&self) -> Traffic {
        let of = |count: &AtomicU64| count.load(Ordering::SeqCst);
        Traffic { up: of(&self.up), down: of(&self.down), trips: of(&self.trips) }
    }
}

/// A running proxy; it ends with this value.
pub struct Proxy {
    /// What a client takes for the server.
    pub url: String,
    counts: Arc<Counts>,
    _threads: Runtime,
}

impl Proxy {
    /// A proxy in front of a server.
    pub fn before(url: &str) -> Self {
        let server = url.trim_start_matches("http://").to_owned();
        let threads = Runtime::new().expect("threads start");
        let listener = threads.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let counts = Arc::new(Counts::default());
        let counting = counts.clone();
        threads.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.expect("the server listens");
                for stream in [&client, &server] {
                    stream.set_nodelay(true).expect("a socket takes its settings");
                }
                let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                let asking = Arc::new(AtomicU64::new(0));
                tokio::spawn(pass(from_client, to_server, counting.clone(), Way::Up, asking.clone()));
                tokio::spawn(pass(from_server, to_client, counting.clone(), Way::Down, asking));
            }
        });
        Self { url, counts, _threads: threads }
    }

    /// What it counts.
    pub fn counts(&self) -> Arc<Counts> {
        self.counts.clone()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// Counts before passing bytes on, so that a received answer is always counted.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, counts: Arc<Counts>, way: Way, asking: Arc<AtomicU64>) {
    let mut piece = vec![0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        match way {
            Way::Up => {
                counts.up.fetch_add(length as u64, Ordering::SeqCst);
                let trips = 1 - asking.swap(1, Ordering::SeqCst);
                counts.trips.fetch_add(trips, Ordering::SeqCst);
            }
            Way::Down => {
                counts.down.fetch_add(length as u64, Ordering::SeqCst);
                asking.store(0, Ordering::SeqCst);
            }
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
    to.shutdown().await.ok();
}
