//! Files that are copied with their hash looked at.

use sha2::{Digest, Sha256};
use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// Makes a folder, with those above it, for this account alone.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Copies a file if its bytes have this hash; false when it is missing or another. The copy is not synced, and what is
/// half made stays.
pub(super) fn copy_whole(from: &Path, to: &Path, hash: [u8; 32]) -> io::Result<bool> {
    let mut source = match File::open(from) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    to.parent().map_or(Ok(()), folder)?;
    let mut copy = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to)?;
    let (mut running, mut block) = (Sha256::new(), vec![0; 256 << 10]);
    loop {
        let read = source.read(&mut block)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
        running.update(part);
        copy.write_all(part)?;
    }
    Ok(<[u8; 32]>::from(running.finalize()) == hash)
}

/// Puts everything on disk that was written to the file system of `folder`.
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}
