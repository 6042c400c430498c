//! Invariants 3, 4, 7 and 12, at each answer to a push: what it says is on the disk, the watermark is a prefix, a phone that
//! had lost its account before it asked changes nothing, and a line that does not count holds up none behind it.

use super::db;
use crate::{
    book::{Book, Id},
    tape::draw,
    trace::hex,
    verdict::{broken, holds},
    world::{disk::Life, host::Answer},
};
use serde_json::Value;
use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

/// What was so when a push came in.
pub struct Before {
    store: Id,
    /// The epoch that the frame names.
    epoch: u64,
    /// The epoch of the account.
    account_epoch: u64,
    watermark: u64,
    /// The last line that it brings.
    last: u64,
}

/// What is so now, for a push with this body; `None` when its frame cannot be read.
pub fn before(data: &Path, body: &[u8]) -> Option<Before> {
    let text = zstd::decode_all(body).unwrap_or_else(|_| body.to_vec());
    let frame: Value = serde_json::from_slice(text.split(|byte| *byte == b'\n').next()?).ok()?;
    let store = id(frame.get("store_id")?.as_str()?)?;
    let db = db::open(&data.join("firebee.db")).ok()?;
    let find = "SELECT d.watermark, s.epoch FROM device_store d
                JOIN session s ON s.org = d.org AND s.account = d.account WHERE d.store_id = ?1";
    let (watermark, account_epoch): (i64, i64) =
        db.query_row(find, [store], |row| Ok((row.get(0)?, row.get(1)?))).ok()?;
    let (watermark, account_epoch) = (watermark.unsigned_abs(), account_epoch.unsigned_abs());
    let last = (frame.get("first_seq")?.as_u64()? + frame.get("count")?.as_u64()?).saturating_sub(1);
    Some(Before { last, store, epoch: frame.get("epoch")?.as_u64()?, account_epoch, watermark })
}

/// Looks at the answer before the phone does.
pub fn after(book: &Mutex<Book>, life: &Life, before: &Before, answer: &Answer) {
    if answer.status != 200 {
        return;
    }
    let reply: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(through) = reply.get("acked_through").and_then(Value::as_u64) else {
        return broken(4, "a push was answered 200 without saying how far");
    };
    book.lock().unwrap_or_else(PoisonError::into_inner).acknowledge(before.store, through);
    holds(12, through >= before.last, || {
        format!("a push through {} of store {} is answered with {through}", before.last, hex(&before.store))
    });
    if let Err(error) = look(life.disk.root(), before, through) {
        broken(4, format!("the server's database cannot be read: {error}"));
    }
    if draw("look", 6) == 0 {
        durable(life, before, through);
    }
}

fn look(data: &Path, before: &Before, through: u64) -> rusqlite::Result<()> {
    let db = db::open(&data.join("firebee.db"))?;
    let watermark = db::watermarks(&db)?.remove(&before.store).unwrap_or(0);
    let name = hex(&before.store);
    holds(4, watermark >= through, || {
        format!("{through} of store {name} are acknowledged, the watermark is {watermark}")
    });
    let find = "SELECT COALESCE(SUM(count), 0), COALESCE(MAX(first_seq + count - 1), 0) FROM push WHERE store_id = ?1";
    let (count, last): (i64, i64) = db.query_row(find, [before.store], |row| Ok((row.get(0)?, row.get(1)?)))?;
    holds(4, count == last && last.unsigned_abs() == watermark, || {
        format!("store {name} has {count} lines through {last} under the watermark {watermark}")
    });
    if before.account_epoch > before.epoch {
        for line in db::server_lines(&db)? {
            let new = line.store == before.store && line.seq > before.watermark;
            let bound = !line.bytes.starts_with(b"{\"project\":null");
            holds(7, !new || !bound || line.code.is_some(), || {
                format!(
                    "fact {} of store {name} counts, sent under epoch {} of {}",
                    line.seq, before.epoch, before.account_epoch
                )
            });
        }
    }
    Ok(())
}

/// The power goes at this very moment: what would be left has the facts.
fn durable(life: &Life, before: &Before, through: u64) {
    let Ok(folder) = tempfile::tempdir_in(life.disk.root().parent().unwrap_or_else(|| Path::new("/tmp"))) else {
        return;
    };
    let left = life.disk.cut();
    let held = left.restore(folder.path()).ok().and_then(|()| {
        let db = db::open_whole(&folder.path().join("firebee.db")).ok()?;
        let found = db::server_lines(&db).ok()?;
        Some(found.iter().filter(|line| line.store == before.store && line.seq <= through).count())
    });
    let name = hex(&before.store);
    holds(3, held.is_some_and(|held| held as u64 == through), || {
        format!("{through} facts of store {name} are acknowledged, and a power cut leaves {held:?}")
    });
}

fn id(text: &str) -> Option<Id> {
    uuid::Uuid::parse_str(text).ok().map(uuid::Uuid::into_bytes)
}
