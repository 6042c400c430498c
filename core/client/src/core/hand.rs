//! Fixes in memory that are not in the journal yet.

use super::Core;
use firebee_domain::track::Fix;
use std::sync::{MutexGuard, PoisonError};

/// The number of buffered fixes that triggers a transaction.
const FIXES_IN_HAND_MAX: usize = 50;
/// The longest time that a fix stays in the buffer, in milliseconds.
const IN_HAND_MS_MAX: i64 = 10_000;

/// Fixes in memory that are not in the journal yet.
#[derive(Debug, Default)]
pub(super) struct FixBuffer {
    fixes: Vec<Fix>,
    since_boot_ms: i64,
}

impl Core {
    fn hand(&self) -> MutexGuard<'_, FixBuffer> {
        self.fixes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy of the buffered fixes. They stay buffered until a transaction has stored them.
    pub(crate) fn in_hand(&self) -> Vec<Fix> {
        self.hand().fixes.clone()
    }

    /// Removes the first `count` fixes from the buffer, because they are in the journal or belong to no track. The
    /// caller still holds the journal's writer, so no other thread can store or drop the same fixes. More fixes may
    /// have been added behind them.
    pub(crate) fn leave_hand(&self, count: usize) {
        let mut hand = self.hand();
        let count = count.min(hand.fixes.len());
        hand.fixes.drain(..count);
    }

    /// Adds fixes to the buffer. Returns true when they should be stored now.
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
