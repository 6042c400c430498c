//! Invariant 11: what is called verified is there, whole, after a power cut too.

use super::db;
use crate::{
    trace::hex,
    verdict::{broken, holds},
    world::World,
};
use rusqlite::Result;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Looks at the server's blobs as a power cut would leave them now, and at what the phones believe.
pub fn check(world: &World) {
    if let Err(error) = try_check(world) {
        broken(11, format!("a database cannot be read: {error}"));
    }
}

fn try_check(world: &World) -> Result<()> {
    let (Some(database), Some(life)) = (world.host.database(), world.host.life()) else { return Ok(()) };
    let db = db::open(&database)?;
    let verified = db::ids(&db, "SELECT id FROM blob WHERE state = 'verified'")?;
    let left: BTreeSet<Vec<u8>> =
        life.disk.cut().files.values().map(|bytes| Sha256::digest(bytes.as_slice()).to_vec()).collect();
    for id in &verified {
        holds(11, left.contains(id), || format!("blob {} is verified, and a power cut leaves no such bytes", hex(id)));
    }
    for phone in 0..world.phones.len() {
        let Some(path) = world.book().journal(phone).map(ToOwned::to_owned) else { continue };
        kept(phone, &path, &world.book().spoiled)?;
        for id in db::ids(&db::open(&path)?, "SELECT id FROM blob WHERE state IN ('verified', 'durable')")? {
            holds(11, verified.contains(&id), || {
                format!("phone {phone} believes that blob {} is on the server", hex(&id))
            });
        }
    }
    Ok(())
}

/// The photos that only this phone has: if it is erased now, they are gone.
pub fn only_on(world: &World, phone: usize) -> Vec<Vec<u8>> {
    let ids = |path: Option<PathBuf>, sql: &str| path.and_then(|path| db::ids(&db::open(&path).ok()?, sql).ok());
    let journal = world.book().journal(phone).map(ToOwned::to_owned);
    let there = ids(world.host.database(), "SELECT id FROM blob WHERE state = 'verified'").unwrap_or_default();
    let here = ids(journal, "SELECT id FROM blob").unwrap_or_default();
    here.difference(&there).filter(|id| !world.book().spoiled.contains(*id)).cloned().collect()
}

/// What a fact names and the server does not have is on the phone (invariant 1).
fn kept(phone: usize, journal: &Path, spoiled: &BTreeSet<Vec<u8>>) -> Result<()> {
    let db = db::open(journal)?;
    let mut here = BTreeSet::new();
    hashes(&journal.with_file_name("blobs"), &mut here);
    for id in db::ids(&db, "SELECT id FROM blob WHERE state = 'unknown' AND collected = 0")? {
        holds(1, here.contains(&id) || spoiled.contains(&id), || {
            format!("blob {} is not on phone {phone} any more, and was not sent", hex(&id))
        });
    }
    for id in db::ids(&db, "SELECT id FROM blob WHERE state = 'lost'")? {
        holds(1, spoiled.contains(&id), || format!("phone {phone} says that it has lost blob {}", hex(&id)));
    }
    Ok(())
}

/// The hashes of all files below a folder.
fn hashes(folder: &Path, found: &mut BTreeSet<Vec<u8>>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            hashes(&path, found);
        } else {
            found.insert(Sha256::digest(std::fs::read(&path).unwrap_or_default()).to_vec());
        }
    }
}
