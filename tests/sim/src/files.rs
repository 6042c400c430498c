//! The bytes that a run leaves on the disks of its machines, in all their lives.

use crate::trace::hex;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::Path};

/// What may differ between two runs: the index of a log is shared memory with a name, which every life makes anew from
/// the log; in the lock stands the number of the process.
const OTHERWISE: [&str; 2] = ["-shm", ".lock"];

/// The hash of each file below a folder, by its path.
pub fn hashes(home: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(home, home, &mut found);
    found
}

fn walk(home: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(home, &path, found);
            continue;
        }
        let name = path.strip_prefix(home).unwrap_or(&path).to_string_lossy().into_owned();
        if !OTHERWISE.iter().any(|ending| name.ends_with(ending)) {
            let hash = Sha256::digest(fs::read(&path).unwrap_or_default());
            found.insert(name, hex(hash.get(..8).unwrap_or_default()));
        }
    }
}
