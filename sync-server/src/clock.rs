//! The server's clock. Tests set it; apart from that they use the real server.

use firebee_domain::time::Timestamp;
pub use firebee_domain::time::china_minute;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::time::Instant;

/// Where the server's time comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A time that stands until it is moved.
    Set(Arc<AtomicI64>),
    /// The machine's clock plus an offset in milliseconds, so that a demo can tell a long story quickly.
    Shifted(Arc<AtomicI64>),
    /// A time in milliseconds that goes on from an instant of the runtime, whose time a simulation pauses.
    Running(Arc<AtomicI64>, Instant),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn standing_at(now: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(now.0)))
    }

    /// A clock that says `now`, and goes on as the runtime's does.
    pub fn running_from(now: Timestamp) -> Self {
        Self::Running(Arc::new(AtomicI64::new(now.0)), Instant::now())
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => machine_now(),
            Self::Set(ms) => Timestamp(ms.load(Ordering::SeqCst)),
            Self::Shifted(ms) => machine_now().plus_ms(ms.load(Ordering::SeqCst)),
            Self::Running(ms, since) => {
                let passed_ms = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
                Timestamp(ms.load(Ordering::SeqCst)).plus_ms(passed_ms)
            }
        }
    }

    /// Moves a clock that was set; the machine's own is left alone.
    pub fn advance_ms(&self, ms: i64) {
        if let Self::Set(now) | Self::Running(now, _) = self {
            now.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

fn machine_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
