//! What the server leaves on the disk.

use crate::process::Process;
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

fn open_to_others(folder: &Path, found: &mut Vec<String>) -> usize {
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let mode = entry.metadata().unwrap().permissions().mode();
        seen += 1;
        if mode & 0o077 != 0 {
            found.push(format!("{} {:o}", entry.path().display(), mode & 0o777));
        }
        if entry.path().is_dir() {
            seen += open_to_others(&entry.path(), found);
        }
    }
    seen
}

/// The data of a firm are for the account that the server runs under, and for nobody else on the machine.
#[tokio::test]
async fn nobody_else_may_read_what_the_server_writes() {
    let server = Process::start_in(tempfile::tempdir().unwrap(), 4_096, &[]);
    let mut found = Vec::new();
    assert!(open_to_others(server.folder.path(), &mut found) >= 3, "the database, the key, the folder of the blobs");
    assert_eq!(found, Vec::<String>::new());
}
