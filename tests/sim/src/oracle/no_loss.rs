//! Invariants 1, 2 and 9: nothing is lost, nothing is invented, both of two are kept and nothing is acknowledged that was not
//! compared.

use super::db;
use crate::{
    book::{Book, Id},
    trace::hex,
    verdict::{broken, holds},
    world::World,
};
use rusqlite::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Every fact in the book is on its phone or on the server, with the same bytes; the server has no others.
pub fn check(world: &World) {
    if let Err(error) = try_check(world, false) {
        broken(1, format!("a database cannot be read: {error}"));
    }
}

/// As [`check`], when everything has been sent: every fact is on the server (invariant 8).
pub fn check_sent(world: &World) {
    if let Err(error) = try_check(world, true) {
        broken(1, format!("a database cannot be read: {error}"));
    }
}

fn try_check(world: &World, all_sent: bool) -> Result<()> {
    let Some(database) = world.host.database() else { return Ok(()) };
    let db = db::open(&database)?;
    let lines = db::server_lines(&db)?;
    let conflicts = db::conflicts(&db)?;
    let placed: BTreeMap<(Id, u64), &[u8]> =
        lines.iter().map(|line| ((line.store, line.seq), line.bytes.as_slice())).collect();
    let on_server: BTreeSet<&[u8]> =
        lines.iter().map(|line| line.bytes.as_slice()).chain(conflicts.iter().map(Vec::as_slice)).collect();
    let mut book = world.book();
    let mut journals: BTreeMap<usize, BTreeMap<Id, Vec<u8>>> = BTreeMap::new();
    for phone in 0..world.phones.len() {
        book.read_journal(phone);
        let Some(path) = book.journal(phone) else { continue };
        let journal = db::open(path)?;
        let rows = db::journal_lines(&journal, 0)?;
        let (store, acked) = db::acknowledged(&journal)?.unwrap_or_default();
        for (seq, id, bytes) in rows.iter().filter(|(seq, _, bytes)| *seq <= acked && !bytes.is_empty()) {
            holds(9, placed.get(&(store, seq.unsigned_abs())) == Some(&bytes.as_slice()), || {
                format!("phone {phone} holds {} for acknowledged, and the server does not have it at {seq}", hex(id))
            });
        }
        journals.insert(phone, rows.into_iter().map(|(_, id, bytes)| (id, bytes)).collect());
    }
    for (id, fact) in book.facts.iter().filter(|(_, fact)| !fact.given_up) {
        let here =
            journals.get(&fact.phone).and_then(|journal| journal.get(id)).is_some_and(|held| *held == fact.bytes);
        let there = on_server.contains(fact.bytes.as_slice());
        let word = || format!("fact {} of phone {}: {}", hex(id), fact.phone, String::from_utf8_lossy(&fact.bytes));
        holds(1, here || there, || format!("neither on the phone nor on the server: {}", word()));
        holds(8, there || !all_sent, || format!("not on the server although all is sent: {}", word()));
    }
    invented(&book, &lines);
    let marks = db::watermarks(&db)?;
    for (store, through) in &book.acknowledged {
        let mark = marks.get(store).copied().unwrap_or(0);
        holds(3, mark >= *through, || format!("store {} was told {through}, and the server has {mark}", hex(store)));
    }
    Ok(())
}

/// What the server has was recorded, and what counts counts once.
fn invented(book: &Book, lines: &[db::Line]) {
    let mut counted = BTreeSet::new();
    for line in lines {
        let value: serde_json::Value = serde_json::from_slice(&line.bytes).unwrap_or_default();
        let id = value.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
        let id = uuid::Uuid::parse_str(id).map(uuid::Uuid::into_bytes).unwrap_or_default();
        let same = book.facts.get(&id).is_some_and(|fact| fact.bytes == line.bytes);
        holds(2, same, || format!("nobody recorded {}", String::from_utf8_lossy(&line.bytes)));
        let first = counted.insert((id, line.store));
        holds(2, first, || format!("fact {} stands twice in one store", hex(&id)));
    }
}
