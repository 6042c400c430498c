//! Somebody copies a phone's journal.

use super::pick;
use crate::{trace, world::World};
use std::fs;

/// The files of the journal, as they are.
pub const FILES: [&str; 2] = ["journal.db", "journal.db-wal"];

/// Keeps a copy of a phone's journal.
pub fn back_up(world: &mut World) {
    let Some((number, _)) = pick(world, |phone, _| !phone.is_busy()) else { return };
    let Some(phone) = world.phones.get_mut(number) else { return };
    let root = phone.life().disk.root();
    let copy = root.with_extension("backup");
    let _ = fs::remove_dir_all(&copy);
    if fs::create_dir_all(&copy).is_err() {
        return;
    }
    for name in FILES {
        // Without a log there is none to copy.
        let _ = fs::copy(root.join(name), copy.join(name));
    }
    phone.backup = Some(copy);
    trace::say(&format!("the journal of phone {number} is backed up"));
}
