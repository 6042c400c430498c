//! A photo is damaged on its phone.

use super::{one_of, pick};
use crate::{
    oracle::db,
    trace::{self, hex},
    world::{World, disk::End, phone::Phone},
};
use firebee_client::Client;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Changes a byte of a photo that was not sent yet, while the app is closed.
pub fn spoil(world: &mut World) {
    let waits = |phone: &Phone, _: &Client| !phone.is_busy() && !unsent(world, phone.number).is_empty();
    let Some((number, client)) = pick(world, waits) else { return };
    drop(client);
    let Some(id) = one_of("photo", unsent(world, number)) else { return };
    world.book().spoiled.insert(id.clone());
    trace::say(&format!("photo {} is damaged on phone {number}", hex(id.get(..4).unwrap_or_default())));
    world.restart_phone_after(number, End::Killed, |root| {
        let Some(path) = file(&root.join("blobs"), &id) else { return };
        let mut bytes = fs::read(&path).unwrap_or_default();
        bytes.iter_mut().rev().take(1).for_each(|byte| *byte ^= 1);
        let _ = fs::write(&path, bytes);
    });
}

/// The photos of a phone that the server is not known to have.
fn unsent(world: &World, phone: usize) -> Vec<Vec<u8>> {
    let path = world.book().journal(phone).map(ToOwned::to_owned);
    let find = "SELECT id FROM blob WHERE state = 'unknown' AND collected = 0 ORDER BY id";
    let found = path.and_then(|path| db::open(&path).and_then(|db| db::ids(&db, find)).ok());
    found.into_iter().flatten().collect()
}

/// The file below a folder with these bytes.
fn file(folder: &Path, id: &[u8]) -> Option<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().find_map(|path| {
        if path.is_dir() {
            return file(&path, id);
        }
        (Sha256::digest(fs::read(&path).ok()?).as_slice() == id).then_some(path)
    })
}
