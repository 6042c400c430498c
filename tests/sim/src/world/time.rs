//! The virtual time of a run: nobody waits for it.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// So many milliseconds pass.
pub async fn pass(ms: u64) {
    sleep_until(Instant::now() + Duration::from_millis(ms)).await;
}
