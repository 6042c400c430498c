//! Time: what the phone's three clocks say.

use firebee_domain::{id::BootId, time::Timestamp};

/// What the phone's clocks say at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The wall clock, Unix milliseconds; may be wrong by years and may jump.
    pub wall_ms: Timestamp,
    /// Milliseconds since boot, sleep included; never runs backwards within a boot.
    pub boot_ms: i64,
    /// The boot.
    pub boot_id: BootId,
}

/// Tells the time.
///
/// Contract: `boot_ms` counts while the phone sleeps (`elapsedRealtime` on Android, `mach_continuous_time` on Apple's
/// systems), and `boot_id` changes at each restart only. The three are read close together. Reading never fails and
/// never blocks.
pub trait Clock: Send + Sync {
    /// All three clocks, now.
    fn now(&self) -> Clocks;
}

/// The clocks of Linux and Android.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    boot_id: BootId,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl SystemClock {
    /// Reads the boot's id once.
    ///
    /// # Errors
    /// The kernel does not tell it.
    pub fn new() -> std::io::Result<Self> {
        let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")?;
        let boot_id = text.trim().parse().map_err(|_| std::io::ErrorKind::InvalidData)?;
        Ok(Self { boot_id })
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Clock for SystemClock {
    fn now(&self) -> Clocks {
        let boot = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let wall = rustix::time::clock_gettime(rustix::time::ClockId::Realtime);
        Clocks { wall_ms: Timestamp(to_ms(wall)), boot_ms: to_ms(boot), boot_id: self.boot_id }
    }
}

/// A clock before 1970 counts as 1970: both are wrong.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn to_ms(time: rustix::time::Timespec) -> i64 {
    std::time::Duration::try_from(time).ok().and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0)
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn the_system_clock_names_one_boot_and_its_boot_clock_never_runs_backwards() {
        let (a, b) = (SystemClock::new().unwrap().now(), SystemClock::new().unwrap().now());
        assert_eq!(a.boot_id, b.boot_id);
        assert!(b.boot_ms >= a.boot_ms && a.boot_ms > 0);
        assert!(a.wall_ms > Timestamp(1_600_000_000_000), "{a:?}");
    }
}
