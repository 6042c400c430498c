//! How many statements a test's thread has asked of the stores.

use std::cell::Cell;

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// One more.
pub(crate) fn note() {
    ASKED.with(|asked| asked.set(asked.get() + 1));
}

/// All until now.
pub(crate) fn asked() -> u64 {
    ASKED.with(Cell::get)
}
