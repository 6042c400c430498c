//! What a process has used up so far.

use rustix::time::{ClockId, clock_gettime};

/// Processor time of this process, all threads, in nanoseconds.
pub fn used_ns() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec.unsigned_abs() * 1_000_000_000 + time.tv_nsec.unsigned_abs()
}

/// The most memory that this process ever held, in MB (10^6 bytes).
pub fn peak_mb() -> f64 {
    status_mb("VmHWM:")
}

/// The memory that this process holds, in MB (10^6 bytes).
pub fn held_mb() -> f64 {
    status_mb("VmRSS:")
}

fn status_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells the status of a process");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the status tells memory");
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().expect("memory is a number");
    kib * 1_024.0 / 1e6
}
