//! A link that fails: a TCP proxy between phones and server. It recognises pushes and pictures, and breaks them as a
//! link in a cellar would. It counts the faults that really happened.

mod faults;
mod http;
#[cfg(test)]
mod tests;

use self::{
    faults::{Fault, PUSH_BYTES_MAX, Plan, Target},
    http::{Head, Length, relay},
};
use serde::Serialize;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    io::{AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// What the link does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It passes everything.
    Good,
    /// It passes nothing: connections are reset, new ones at once.
    Cut,
    /// It loses replies, repeats pushes and breaks inside pictures.
    Faulty,
}

/// What the proxy did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Pushes that the server answered and whose answer was kept back.
    pub lost_replies: u64,
    /// Connections that were reset inside the body of a blob.
    pub resets_in_blob: u64,
    /// Pushes that the server got a second time.
    pub duplicates: u64,
}

impl Counts {
    /// Whether each fault has happened.
    pub const fn all_happened(&self) -> bool {
        self.lost_replies > 0 && self.resets_in_blob > 0 && self.duplicates > 0
    }
}

/// A free port that only this machine reaches.
pub const ANYWHERE_HERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A running proxy. It ends when it is dropped.
pub struct Proxy {
    address: SocketAddr,
    link: watch::Sender<Link>,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    server: SocketAddr,
    plan: Mutex<Plan>,
    lost_replies: AtomicU64,
    resets_in_blob: AtomicU64,
    duplicates: AtomicU64,
}

impl Proxy {
    /// Listens at an address and passes on to `server`; the link is good until told otherwise.
    ///
    /// # Errors
    /// Nothing can listen there.
    pub async fn start(listen: SocketAddr, server: SocketAddr, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (link, seen) = watch::channel(Link::Good);
        let count = || AtomicU64::new(0);
        let shared = Arc::new(Shared {
            server,
            plan: Mutex::new(Plan::new(seed)),
            lost_replies: count(),
            resets_in_blob: count(),
            duplicates: count(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared), seen));
        Ok(Self { address, link, shared, accepting })
    }

    /// Where phones connect.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the link; a cut resets what is open.
    pub fn set(&self, link: Link) {
        self.link.send_replace(link);
    }

    /// What it has done so far.
    pub fn counts(&self) -> Counts {
        let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        Counts {
            lost_replies: count(&self.shared.lost_replies),
            resets_in_blob: count(&self.shared.resets_in_blob),
            duplicates: count(&self.shared.duplicates),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, link: watch::Receiver<Link>) {
    while let Ok((phone, _)) = listener.accept().await {
        let (shared, mut link) = (Arc::clone(&shared), link.clone());
        tokio::spawn(async move {
            // However the connection ends, it ends with a reset: a link that breaks sends no farewell.
            phone.set_zero_linger().ok();
            let carried = link.clone();
            tokio::select! {
                biased;
                // The sender is gone when the proxy is: then the connection ends as in a cut.
                _ = link.wait_for(|link| *link == Link::Cut) => {}
                _ = carry(phone, &shared, carried) => {}
            }
        });
    }
}

/// Passes one connection on, request by request. Ends with the phone's, the server's or a fault's end.
async fn carry(phone: TcpStream, shared: &Shared, link: watch::Receiver<Link>) -> io::Result<()> {
    let server = TcpStream::connect(shared.server).await?;
    for stream in [&phone, &server] {
        stream.set_nodelay(true)?;
    }
    let (mut phone, mut server) = (BufReader::new(phone), BufReader::new(server));
    while let Some(head) = Head::read(&mut phone).await? {
        let target = target(&head);
        let fault = if *link.borrow() == Link::Faulty { shared.next(target) } else { Fault::None };
        match fault {
            Fault::Reset { after } => {
                server.write_all(&head.bytes).await?;
                relay(&mut phone, &mut server, head.request_length(), after).await?;
                shared.resets_in_blob.fetch_add(1, Ordering::SeqCst);
                return Ok(());
            }
            Fault::LostReply => {
                pass_request(&head, &mut phone, &mut server).await?;
                answer_of(&head, &mut server, &mut tokio::io::sink()).await?;
                shared.lost_replies.fetch_add(1, Ordering::SeqCst);
                return Ok(());
            }
            Fault::Duplicate => {
                let mut request = head.bytes.clone();
                relay(&mut phone, &mut request, head.request_length(), u64::MAX).await?;
                server.write_all(&request).await?;
                let mut answer = Vec::new();
                let closes = answer_of(&head, &mut server, &mut answer).await?;
                shared.repeat(&head, &request).await?;
                phone.write_all(&answer).await?;
                if closes {
                    return farewell(phone).await;
                }
            }
            Fault::None => {
                pass_request(&head, &mut phone, &mut server).await?;
                if answer_of(&head, &mut server, &mut phone).await? {
                    return farewell(phone).await;
                }
            }
        }
    }
    Ok(())
}

impl Shared {
    fn next(&self, target: Target) -> Fault {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner).next(target)
    }

    /// Sends the same bytes again on a new connection and drops the answer.
    async fn repeat(&self, head: &Head, request: &[u8]) -> io::Result<()> {
        let mut server = BufReader::new(TcpStream::connect(self.server).await?);
        server.write_all(request).await?;
        answer_of(head, &mut server, &mut tokio::io::sink()).await?;
        self.duplicates.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

fn target(head: &Head) -> Target {
    let length = head.request_length();
    match (head.method(), head.path(), length) {
        ("POST", "/v1/push", Length::Chunked) => Target::Push,
        ("POST", "/v1/push", Length::Bytes(bytes)) if bytes <= PUSH_BYTES_MAX => Target::Push,
        ("PUT" | "PATCH", path, Length::Bytes(bytes)) if path.starts_with("/v1/blobs/") => Target::Blob(bytes),
        _ => Target::Other,
    }
}

/// A server may answer before it has read the whole body and end the connection; its answer still counts, so an
/// error while writing is left to the reading that follows.
async fn pass_request(
    head: &Head,
    phone: &mut BufReader<TcpStream>,
    server: &mut BufReader<TcpStream>,
) -> io::Result<()> {
    server.write_all(&head.bytes).await?;
    match relay(phone, server, head.request_length(), u64::MAX).await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(error),
        _ => Ok(()),
    }
}

/// Passes the answer on; gives whether the connection ends with it.
async fn answer_of(
    request: &Head,
    server: &mut BufReader<TcpStream>,
    to: &mut (impl tokio::io::AsyncWrite + Unpin),
) -> io::Result<bool> {
    let head = Head::read(server).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
    to.write_all(&head.bytes).await?;
    let length = head.answer_length(request.method());
    relay(server, to, length, u64::MAX).await?;
    Ok(head.closes || request.closes || length == Length::UntilClose)
}

/// The one orderly end: the last answer was passed on and must reach the phone.
async fn farewell(phone: BufReader<TcpStream>) -> io::Result<()> {
    let mut phone = phone.into_inner();
    phone.shutdown().await?;
    // Until the phone ends its side, too: a reset now could overtake the answer.
    tokio::io::copy(&mut phone, &mut tokio::io::sink()).await.map(|_| ())
}
