//! A phone's clocks in the hands of a test.

use firebee_client::ports::{Clock, Clocks, SatelliteTime};
use firebee_domain::{id::BootId, time::Timestamp};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;
use uuid::Uuid;

/// A clock that moves only when a test moves it.
#[derive(Debug)]
pub struct SetClock(Mutex<Clocks>);

impl SetClock {
    /// A clock at `wall_ms`, one hour after its boot.
    pub const fn at(wall_ms: i64) -> Self {
        let boot_id = BootId(Uuid::from_u128(1));
        Self(Mutex::new(Clocks { wall_ms: Timestamp(wall_ms), boot_ms: 3_600_000, boot_id, satellites: None }))
    }

    /// Both clocks go on.
    pub fn advance_ms(&self, ms: i64) {
        let mut clocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clocks.wall_ms = clocks.wall_ms.plus_ms(ms);
        clocks.boot_ms = clocks.boot_ms.saturating_add(ms);
    }

    /// Satellites give a time now.
    pub fn give_satellites(&self, at: Timestamp) {
        let mut clocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clocks.satellites = Some(SatelliteTime { at, boot_ms: clocks.boot_ms });
    }

    /// The phone restarts: another boot, whose clock begins anew.
    pub fn restart(&self) {
        let mut clocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let boot_id = BootId(Uuid::from_u128(clocks.boot_id.0.as_u128() + 1));
        *clocks = Clocks { boot_id, boot_ms: 5_000, satellites: None, ..*clocks };
    }

    /// The wall clock jumps, the boot clock does not.
    pub fn set_wall_ms(&self, wall_ms: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).wall_ms = Timestamp(wall_ms);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Clocks {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Clocks that go on as the runtime's does, whose time a simulation pauses.
#[derive(Debug)]
pub struct RunningClock {
    /// What they said at `since`.
    set: SetClock,
    since: Mutex<Instant>,
}

impl RunningClock {
    /// Clocks at `wall_ms`, one hour after the boot.
    pub fn at(wall_ms: i64) -> Self {
        Self { set: SetClock::at(wall_ms), since: Mutex::new(Instant::now()) }
    }

    /// The clocks, which stand at this moment, to be moved; they go on from there.
    pub fn set(&self) -> &SetClock {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
        *since += Duration::from_millis(passed);
        self.set.advance_ms(i64::try_from(passed).unwrap_or(i64::MAX));
        &self.set
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Clocks {
        self.set().now()
    }
}
