//! Tells a slow link from a dead one: a request may last long, but it may not stand still for too long.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// The deadline of one request. Each byte that moves puts it off.
#[derive(Debug)]
pub(super) struct Pulse {
    silence_max: Duration,
    deadline: Mutex<Instant>,
}

/// The most bytes that can still be in buffers after the last byte was handed over.
const BUFFERED_BYTES_MAX: u64 = 1 << 20;
/// The speed of the slowest link on which the request waits until these bytes are through.
const BUFFERED_BYTES_PER_S: u64 = 16 << 10;

impl Pulse {
    /// It begins now.
    pub(super) fn new(silence_max: Duration) -> Self {
        Self { silence_max, deadline: Mutex::new(Instant::now() + silence_max) }
    }

    /// Bytes moved.
    pub(super) fn beat(&self) {
        *self.deadline() = Instant::now() + self.silence_max;
    }

    /// The whole body of `len` bytes was handed over. Its buffered part is still on its way.
    pub(super) fn body_ended(&self, len: u64) {
        let buffered = Duration::from_secs(len.min(BUFFERED_BYTES_MAX) / BUFFERED_BYTES_PER_S);
        *self.deadline() = Instant::now() + self.silence_max + buffered;
    }

    /// Returns once nothing has moved for too long.
    pub(super) async fn stopped(&self) {
        loop {
            let deadline = *self.deadline();
            if Instant::now() >= deadline {
                return;
            }
            sleep_until(deadline).await;
        }
    }

    fn deadline(&self) -> MutexGuard<'_, Instant> {
        self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_stops_after_30_s_without_a_beat_and_later_while_a_buffered_body_drains() {
        let begun = Instant::now();
        let pulse = Pulse::new(Duration::from_secs(30));
        for _ in 0..10 {
            tokio::time::advance(Duration::from_secs(29)).await;
            assert!(Instant::now() < *pulse.deadline(), "it beat");
            pulse.beat();
        }
        pulse.body_ended(48 << 10);
        pulse.stopped().await;
        assert_eq!(begun.elapsed().as_secs(), 290 + 30 + 3);
        pulse.body_ended(30 << 20);
        let begun = Instant::now();
        pulse.stopped().await;
        assert_eq!(begun.elapsed().as_secs(), 30 + 64);
    }
}
