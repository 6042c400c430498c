//! Somebody puts an old journal back.

use super::{back_up::FILES, pick};
use crate::{
    oracle::db,
    trace,
    world::{World, disk::End},
};
use std::{collections::BTreeSet, fs};

/// Puts the copy in the place of the journal, while the app is closed.
pub fn restore(world: &mut World) {
    if !world.host.is_on() {
        return;
    }
    let Some((number, client)) = pick(world, |phone, _| !phone.is_busy() && phone.backup.is_some()) else { return };
    drop(client);
    let Some(copy) = world.phones.get(number).and_then(|phone| phone.backup.clone()) else { return };
    let Some(kept) = kept(world, &copy.join("journal.db")) else { return };
    trace::say(&format!("the old journal of phone {number} is put back"));
    world.book().read_journal(number);
    world.book().give_up(number, |_, bytes| kept.contains(bytes));
    world.restart_phone_after(number, End::Killed, |root| {
        for name in ["journal.db-shm", "journal.db-wal", "journal.db"] {
            let _ = fs::remove_file(root.join(name));
        }
        for name in FILES {
            let _ = fs::copy(copy.join(name), root.join(name));
        }
    });
}

/// The lines that the old journal or the server has.
fn kept(world: &World, journal: &std::path::Path) -> Option<BTreeSet<Vec<u8>>> {
    let old = db::journal_lines(&db::open_whole(journal).ok()?, 0).ok()?;
    let server = db::open(&world.host.database()?).ok()?;
    let lines = db::server_lines(&server).ok()?.into_iter().map(|line| line.bytes);
    let conflicts = db::conflicts(&server).ok()?;
    Some(old.into_iter().map(|(_, _, bytes)| bytes).chain(lines).chain(conflicts).collect())
}
