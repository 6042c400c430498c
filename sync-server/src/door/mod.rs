//! The listener: how many connections are open at once, how long a silent one stays, and how each is served.
//!
//! A full house closes the connection that has been silent longest, so that silent connections keep nobody out. A
//! request of a stranger counts only when all of it has come: who sends a body byte by byte keeps nobody out either.

mod accept;
mod connection;
pub mod drain;
mod open;
mod watched;

pub use open::Asked;

use crate::observe::Seldom;
use axum::Router;
use open::Open;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

/// Connections at once, however many files the process may open.
const CONNECTIONS_MAX: u64 = 4_096;
/// Connections at once, however few.
const CONNECTIONS_MIN: u64 = 8;
/// Open files beside those of connections: the database, the log, the listeners.
const OTHER_FILES: u64 = 64;

/// What a listener allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// How long the head of a request may take, and a connection may be silent between two requests.
    pub head_max: Duration,
    /// How long a request may be under way without a byte in either direction.
    pub still_max: Duration,
}

impl Limits {
    /// Limits that fit the open files that the system allows this process. Takes all that may be had.
    pub fn of_this_process() -> Self {
        let Rlimit { maximum, current } = getrlimit(Resource::Nofile);
        let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
        let files = if raised { maximum } else { current }.unwrap_or(u64::MAX);
        // A request may have a file open beside its connection.
        let connections = files.saturating_sub(OTHER_FILES).div_euclid(2).clamp(CONNECTIONS_MIN, CONNECTIONS_MAX);
        Self {
            connections: usize::try_from(connections).unwrap_or(usize::MAX),
            head_max: Duration::from_secs(30),
            still_max: Duration::from_secs(120),
        }
    }
}

/// Serves what `router` answers until `stopped`. Then requests under way end first.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stopped: watch::Receiver<()>) {
    let open = Arc::new(Open::new(limits.connections));
    let (complaints, mut connections) = (Seldom::default(), JoinSet::new());
    let stop = stopped.clone();
    let mut ended = std::pin::pin!(stopped.changed());
    loop {
        let next = async {
            let (stream, peer) = accept::accept(&listener, &open, &complaints).await;
            (stream, peer, open.place().await)
        };
        let (stream, peer, place) = tokio::select! {
            next = next => next,
            // An error means that the sender is gone, which also stops the server.
            _ = &mut ended => break,
        };
        connections.spawn(connection::serve(stream, peer, place, router.clone(), limits, stop.clone()));
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}
