//! Notices that somebody moved the wall clock: within a boot it keeps its distance from the boot clock.

use super::Core;
use crate::ports::Clocks;
use firebee_domain::id::BootId;
use std::sync::{MutexGuard, PoisonError};

/// How far the wall clock may move against the boot clock before that is noted, in milliseconds. The network sets a phone's
/// clock by seconds, a person by more.
const JUMP_MS: i64 = 60_000;

/// The distance of the two clocks at the last fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct WallOffset {
    boot_id: BootId,
    ms: i64,
}

impl WallOffset {
    pub(super) const fn of(clocks: &Clocks) -> Self {
        Self { boot_id: clocks.boot_id, ms: clocks.wall_ms.0.saturating_sub(clocks.boot_ms) }
    }
}

impl Core {
    /// By how much the wall clock jumped since the last fact, in milliseconds; `None` when it did not, or when the phone was
    /// restarted meanwhile, so that nothing is known of it.
    pub(crate) fn clock_jump(&self, clocks: &Clocks) -> Option<i64> {
        let now = WallOffset::of(clocks);
        let held = self.wall().filter(|held| held.boot_id == now.boot_id)?;
        let by_ms = now.ms.saturating_sub(held.ms);
        (by_ms.saturating_abs() > JUMP_MS).then_some(by_ms)
    }

    /// A fact was recorded at these clocks.
    pub(crate) fn keep_clocks(&self, clocks: &Clocks) {
        *self.wall() = Some(WallOffset::of(clocks));
    }

    fn wall(&self) -> MutexGuard<'_, Option<WallOffset>> {
        self.wall.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
