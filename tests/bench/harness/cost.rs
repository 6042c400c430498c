//! What an operation costs: time, bytes, fsyncs and processor time, on both ends.

use super::{
    child::{Child, Used},
    proxy::{Counts, Traffic},
};
use std::{sync::Arc, time::Instant};

/// Looks at a client in this process, a server in another, and the link between them.
#[derive(Clone)]
pub struct Meter {
    server: Arc<Child>,
    link: Option<Arc<Counts>>,
}

/// One look.
#[derive(Clone, Copy)]
pub struct Look {
    begun: Instant,
    client: Used,
    server: Used,
    traffic: Traffic,
    ended: Instant,
}

/// What happened between two looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Milliseconds.
    pub ms: f64,
    /// By this process.
    pub client: Used,
    /// By the server's.
    pub server: Used,
    /// Through the link, if a proxy is part of it.
    pub traffic: Traffic,
}

impl Meter {
    /// Of a server whose clients connect directly.
    pub const fn direct(server: Arc<Child>) -> Self {
        Self { server, link: None }
    }

    /// Of a server behind a proxy.
    pub const fn through(server: Arc<Child>, link: Arc<Counts>) -> Self {
        Self { server, link: Some(link) }
    }

    /// Looks now. The look itself takes some microseconds, which no cost contains.
    pub fn look(&self) -> Look {
        let begun = Instant::now();
        let (client, server) = (Used::here(), self.server.used());
        let traffic = self.link.as_ref().map(|link| link.traffic()).unwrap_or_default();
        Look { begun, client, server, traffic, ended: Instant::now() }
    }

    /// What something costs.
    pub fn cost<T>(&self, act: impl FnOnce() -> T) -> Cost {
        let before = self.look();
        act();
        before.until(&self.look())
    }
}

impl Look {
    /// What happened from this look to a later one.
    pub fn until(&self, later: &Self) -> Cost {
        Cost {
            ms: later.begun.duration_since(self.ended).as_secs_f64() * 1_000.0,
            client: later.client.since(self.client),
            server: later.server.since(self.server),
            traffic: later.traffic.since(self.traffic),
        }
    }
}
