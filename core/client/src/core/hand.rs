//! Fixes that came and are not in the journal yet.

use super::Core;
use firebee_domain::track::Fix;
use std::sync::{MutexGuard, PoisonError};

/// So many fixes in hand are kept at once.
const FIXES_IN_HAND_MAX: usize = 50;
/// The first fix in hand waits no longer than this, in milliseconds.
const IN_HAND_MS_MAX: i64 = 10_000;

/// Fixes that came and are not in the journal yet.
#[derive(Debug, Default)]
pub(super) struct FixBuffer {
    fixes: Vec<Fix>,
    since_boot_ms: i64,
}

impl Core {
    fn hand(&self) -> MutexGuard<'_, FixBuffer> {
        self.fixes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fixes in hand, which stay there until a transaction has kept them.
    pub(crate) fn in_hand(&self) -> Vec<Fix> {
        self.hand().fixes.clone()
    }

    /// The first fixes in hand are in the journal, or belong to no track. Who has kept them calls this before the writer
    /// is free, so that nobody else keeps or drops them too; further ones may have come behind them.
    pub(crate) fn leave_hand(&self, count: usize) {
        let mut hand = self.hand();
        let count = count.min(hand.fixes.len());
        hand.fixes.drain(..count);
    }

    /// Takes fixes in hand; true when it is time to keep them.
    pub(crate) fn take_in_hand(&self, fixes: &[Fix], boot_ms: i64) -> bool {
        let mut hand = self.hand();
        if hand.fixes.is_empty() {
            hand.since_boot_ms = boot_ms;
        }
        hand.fixes.extend_from_slice(fixes);
        let waited = boot_ms.saturating_sub(hand.since_boot_ms);
        hand.fixes.len() >= FIXES_IN_HAND_MAX || waited >= IN_HAND_MS_MAX
    }
}
