//! The time of the story. Hours of a walk pass in a second: the phones' clocks run ahead, and the server's clock
//! follows when the link is back. The story begins so far in the past that it ends before the real time.

use firebee_client::ports::{Clock, Clocks};
use firebee_domain::{id::BootId, time::Timestamp};
use firebee_server::clock::Clock as ServerClock;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// A phone was switched on so long before the story.
const UP_MS: i64 = 7 * 3_600_000;

/// The machine's present instant.
pub fn machine_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The time of the story.
pub struct World {
    /// How far the story's time lies from the machine's, in ms.
    shift_ms: Arc<AtomicI64>,
    machine: Machine,
}

/// A time that never runs backwards, as the machine's own may.
#[derive(Clone, Copy)]
struct Machine {
    began: Instant,
    began_ms: i64,
}

impl Machine {
    fn now_ms(self) -> i64 {
        self.began_ms.saturating_add(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

impl World {
    /// A world in which it is `at` now.
    pub fn beginning_at(at: Timestamp) -> Self {
        let machine = Machine { began: Instant::now(), began_ms: machine_now().0 };
        Self { shift_ms: Arc::new(AtomicI64::new(at.0 - machine.began_ms)), machine }
    }

    /// The server's clock.
    pub fn server_clock(&self) -> ServerClock {
        ServerClock::Shifted(Arc::clone(&self.shift_ms))
    }

    /// A phone's clock, which shows the story's time until it runs ahead.
    pub fn phone_clock(&self, boot: Uuid) -> Arc<PhoneClock> {
        let shift_ms = AtomicI64::new(self.shift_ms.load(Ordering::SeqCst));
        let booted_ms = self.now().0 - UP_MS;
        Arc::new(PhoneClock { shift_ms, machine: self.machine, booted_ms, boot_id: BootId(boot) })
    }

    /// The present instant of the story.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.machine.now_ms() + self.shift_ms.load(Ordering::SeqCst))
    }

    /// Time passes for the server.
    pub fn pass(&self, ms: i64) {
        self.shift_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// The link is back, so all clocks move to the time of the phone that ran ahead furthest.
    pub fn meet<'a>(&self, phones: impl IntoIterator<Item = &'a PhoneClock> + Clone) {
        let ahead = phones.clone().into_iter().map(|phone| phone.shift_ms.load(Ordering::SeqCst)).max();
        self.shift_ms.fetch_max(ahead.unwrap_or(i64::MIN), Ordering::SeqCst);
        let shift_ms = self.shift_ms.load(Ordering::SeqCst);
        phones.into_iter().for_each(|phone| {
            phone.shift_ms.fetch_max(shift_ms, Ordering::SeqCst);
        });
    }
}

/// The clocks of one phone.
pub struct PhoneClock {
    shift_ms: AtomicI64,
    machine: Machine,
    booted_ms: i64,
    boot_id: BootId,
}

impl PhoneClock {
    /// Lets time pass on this phone until it is `at`; nothing happens when it is later already.
    pub fn pass_until(&self, at: Timestamp) {
        self.shift_ms.fetch_max(at.0 - self.machine.now_ms(), Ordering::SeqCst);
    }
}

impl Clock for PhoneClock {
    fn now(&self) -> Clocks {
        let wall_ms = self.machine.now_ms() + self.shift_ms.load(Ordering::SeqCst);
        Clocks {
            wall_ms: Timestamp(wall_ms),
            boot_ms: wall_ms - self.booted_ms,
            boot_id: self.boot_id,
            satellites: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    #[test]
    fn a_phone_runs_ahead_and_the_others_follow_when_they_meet() {
        let world = World::beginning_at(Timestamp(1_000_000_000_000));
        let (one, other) = (world.phone_clock(Uuid::from_u128(1)), world.phone_clock(Uuid::from_u128(2)));
        let before = one.now();
        one.pass_until(before.wall_ms.plus_ms(3 * HOUR_MS));
        one.pass_until(before.wall_ms);
        let ahead = one.now();
        assert!(ahead.wall_ms.ms_since(before.wall_ms) >= 3 * HOUR_MS);
        assert_eq!(ahead.wall_ms.ms_since(before.wall_ms), ahead.boot_ms - before.boot_ms);
        assert!(other.now().wall_ms.ms_since(before.wall_ms) < HOUR_MS && world.now() < ahead.wall_ms);
        world.meet([&*one, &*other]);
        assert!(world.now() >= ahead.wall_ms && other.now().wall_ms >= ahead.wall_ms);
        assert!(world.server_clock().now().ms_since(one.now().wall_ms).abs() < HOUR_MS);
    }
}
