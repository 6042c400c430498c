//! The machine that a run is measured on.

use std::{fs, path::Path};

/// Processor, memory, kernel, file system, load and versions, a line each.
pub fn facts(folder: &Path) -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':')).map_or("unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    [
        format!("processor    {} ({cores} cores)", after(&read("/proc/cpuinfo"), "model name")),
        format!("memory       {}", after(&read("/proc/meminfo"), "MemTotal")),
        format!("kernel       {}", read("/proc/sys/kernel/osrelease").trim()),
        format!("file system  {}", file_system(folder)),
        format!("load         {}", read("/proc/loadavg").trim()),
        format!("SQLite       {}", rusqlite::version()),
    ]
    .join("\n")
        + "\n"
}

/// The kind and options of the mount that holds `folder`.
fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_default();
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let held = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (at, kind, options) = (words.next()?, words.next()?, words.next()?);
        folder.starts_with(at).then_some((at.len(), format!("{kind} {options}")))
    });
    held.max_by_key(|(length, _)| *length).map_or("unknown".to_owned(), |(_, mount)| mount)
}
