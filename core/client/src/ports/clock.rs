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
    /// The time that satellites gave last in this boot; `None` where none did. A location of the network's is no such time.
    pub satellites: Option<SatelliteTime>,
}

/// A time that satellites gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SatelliteTime {
    /// The time, Unix milliseconds.
    pub at: Timestamp,
    /// The boot clock when the phone received it.
    pub boot_ms: i64,
}

/// How old a time of satellites may be and still stand in a fact, in milliseconds: an hour. The boot clock runs off by less
/// than half a second meanwhile, and a fact allows for two.
const SATELLITES_AGE_MAX_MS: i64 = 3_600_000;

impl Clocks {
    /// What satellites say now: the time that they gave last, carried on by the boot clock.
    pub fn gnss_ms(&self) -> Option<Timestamp> {
        let given = self.satellites?;
        let age_ms = self.boot_ms.checked_sub(given.boot_ms)?;
        (0..=SATELLITES_AGE_MAX_MS).contains(&age_ms).then(|| given.at.plus_ms(age_ms))
    }
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
        Clocks { wall_ms: Timestamp(to_ms(wall)), boot_ms: to_ms(boot), boot_id: self.boot_id, satellites: None }
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
    fn a_time_of_satellites_is_carried_on_by_the_boot_clock_for_an_hour() {
        let boot_id = BootId(uuid::Uuid::nil());
        let given = SatelliteTime { at: Timestamp(1_000_000), boot_ms: 500 };
        let told = |boot_ms| Clocks { wall_ms: Timestamp(7), boot_ms, boot_id, satellites: Some(given) }.gnss_ms();
        assert_eq!([told(500), told(1_500)], [Some(Timestamp(1_000_000)), Some(Timestamp(1_001_000))]);
        assert_eq!([told(499), told(500 + SATELLITES_AGE_MAX_MS + 1)], [None; 2]);
    }

    #[test]
    fn the_system_clock_names_one_boot_and_its_boot_clock_never_runs_backwards() {
        let (a, b) = (SystemClock::new().unwrap().now(), SystemClock::new().unwrap().now());
        assert_eq!(a.boot_id, b.boot_id);
        assert!(b.boot_ms >= a.boot_ms && a.boot_ms > 0);
        assert!(a.wall_ms > Timestamp(1_600_000_000_000), "{a:?}");
    }
}
