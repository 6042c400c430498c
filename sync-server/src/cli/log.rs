//! Log lines on standard error: readable, or JSON for a collector.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts the log of this process; `FIREBEE_LOG` filters it (`info` unless told), as `tracing` filters do. A second
/// call does nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_env("FIREBEE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let started = if json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init()
    } else {
        registry.with(fmt::layer().with_target(false).with_writer(std::io::stderr)).try_init()
    };
    // Somebody else logs already: theirs stays.
    started.ok();
}
