//! The power of a disk: it goes after a number of calls, or now.

use std::io;

/// The system's word for a device that does not answer.
const EIO: i32 = 5;

/// What the disk's calls are counted by.
#[derive(Debug, Default)]
pub(super) struct Power {
    /// Calls that worked since the end was set.
    calls: u64,
    /// The number of the last call that works.
    last: Option<u64>,
}

impl Power {
    /// Counts from now on; the call after the `last` one fails, and each after it.
    pub(super) const fn ends_after(&mut self, last: u64) {
        *self = Self { calls: 0, last: Some(last) };
    }

    /// The next call fails, and each after it.
    pub(super) const fn ends(&mut self) {
        self.last = Some(self.calls);
    }

    pub(super) const fn calls(&self) -> u64 {
        self.calls
    }

    pub(super) fn is_off(&self) -> bool {
        self.last.is_some_and(|last| self.calls >= last)
    }

    /// One more call, unless the power is gone.
    pub(super) fn call(&mut self) -> io::Result<()> {
        if self.is_off() {
            return Err(io::Error::from_raw_os_error(EIO));
        }
        self.calls += 1;
        Ok(())
    }
}
