//! The first invariant that was found broken.

use std::cell::RefCell;

/// An invariant that does not hold. The numbers are those of tests/sim/README.md; 0 is a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub invariant: u32,
    /// What was found.
    pub what: String,
}

thread_local! {
    static FOUND: RefCell<Option<Broken>> = const { RefCell::new(None) };
}

/// Notes that an invariant is broken; the first finding stays.
pub fn broken(invariant: u32, what: impl Into<String>) {
    FOUND.with_borrow_mut(|found| {
        if found.is_none() {
            *found = Some(Broken { invariant, what: what.into() });
        }
    });
}

/// The first finding.
pub fn found() -> Option<Broken> {
    FOUND.with_borrow(Clone::clone)
}

/// Asks that something holds.
pub fn holds(invariant: u32, holds: bool, what: impl FnOnce() -> String) {
    if !holds {
        broken(invariant, what());
    }
}

/// A panic anywhere on this thread is a finding.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|info| broken(0, format!("{info}"))));
}
