//! The book: what the interfaces promised. It is kept beside the engine, by own reading of what lies on the disks.

use crate::{oracle::db, verdict::broken};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// An id of 16 bytes.
pub type Id = [u8; 16];

/// A fact that a phone has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its line.
    pub bytes: Vec<u8>,
    /// The phones that have it: a journal that moves to another phone takes its facts along.
    pub phone: usize,
    /// Somebody destroyed the only copy on purpose, such as by putting an old journal back.
    pub given_up: bool,
}

/// What was promised.
#[derive(Default)]
pub struct Book {
    /// The facts, by their ids.
    pub facts: BTreeMap<Id, Recorded>,
    /// How far each store was told that its facts are on the server.
    pub acknowledged: BTreeMap<Id, u64>,
    /// The photos that somebody damaged on their phone.
    pub spoiled: BTreeSet<Vec<u8>>,
    journals: BTreeMap<usize, Journal>,
}

struct Journal {
    path: PathBuf,
    store: Id,
    read_through: i64,
}

impl Book {
    /// The journal of a phone is this file from now on.
    pub fn moved(&mut self, phone: usize, path: PathBuf) {
        self.journals.insert(phone, Journal { path, store: [0; 16], read_through: 0 });
        self.read_journal(phone);
    }

    /// Where the journal of a phone is.
    pub fn journal(&self, phone: usize) -> Option<&Path> {
        self.journals.get(&phone).map(|journal| journal.path.as_path())
    }

    /// Enters what a phone has recorded since the last look.
    pub fn read_journal(&mut self, phone: usize) {
        let Some(journal) = self.journals.get_mut(&phone) else { return };
        let Ok(Some((store, rows))) = db::open(&journal.path).and_then(|db| {
            let Some((store, _)) = db::acknowledged(&db)? else { return Ok(None) };
            let from = if store == journal.store { journal.read_through } else { 0 };
            Ok(Some((store, db::journal_lines(&db, from)?)))
        }) else {
            return;
        };
        journal.store = store;
        for (seq, id, bytes) in rows {
            journal.read_through = journal.read_through.max(seq);
            if bytes.is_empty() {
                // Freed on the phone, long after the server had it.
                continue;
            }
            let held =
                self.facts.entry(id).or_insert_with(|| Recorded { bytes: bytes.clone(), phone, given_up: false });
            if held.bytes != bytes {
                broken(1, format!("the bytes of fact {} of phone {phone} changed", crate::trace::hex(&id)));
            }
        }
    }

    /// Enters one fact of a phone: the call that recorded it returned.
    pub fn promise(&mut self, phone: usize, id: Id) {
        let Some(journal) = self.journals.get(&phone) else { return };
        let found = db::open(&journal.path).and_then(|db| db::journal_line(&db, id));
        match found {
            Ok(Some(bytes)) => {
                self.facts.entry(id).or_insert(Recorded { bytes, phone, given_up: false });
            }
            found => {
                broken(1, format!("fact {} was recorded, and the journal has none: {found:?}", crate::trace::hex(&id)))
            }
        }
    }

    /// The facts of a phone that only an older journal lacks and that are nowhere else are lost on purpose.
    pub fn give_up(&mut self, phone: usize, kept: impl Fn(&Id, &[u8]) -> bool) {
        for (id, fact) in self.facts.iter_mut().filter(|(_, fact)| fact.phone == phone) {
            fact.given_up |= !kept(id, &fact.bytes);
        }
    }

    /// How far an acknowledgement went; it never goes back.
    pub fn acknowledge(&mut self, store: Id, through: u64) {
        let held = self.acknowledged.entry(store).or_default();
        if through < *held {
            broken(
                4,
                format!("store {} was acknowledged through {held}, and now {through}", crate::trace::hex(&store)),
            );
        }
        *held = through.max(*held);
    }
}
