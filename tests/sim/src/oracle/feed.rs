//! Invariants 5, 6 and 15: the numbers of a feed, what a reader ends with, and the digest.

use super::db;
use crate::{
    tape::draw,
    trace::hex,
    verdict::{broken, holds},
    world::World,
};
use axum::{body::Body, http::Request};
use bytes::Bytes;
use rusqlite::{Connection, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Kind and id of a document, and its revision.
type Rows = BTreeMap<(String, String), u64>;

/// Each feed by itself.
pub fn check(world: &World) {
    let Some(database) = world.host.database() else { return };
    if let Err(error) =
        db::open(&database).and_then(|db| accounts(&db)?.iter().try_for_each(|account| one(&db, account)))
    {
        broken(5, format!("the server's database cannot be read: {error}"));
    }
}

/// An account and the head and digest that its row names.
struct Account {
    id: [u8; 16],
    head: i64,
    digest: String,
}

fn accounts(db: &Connection) -> Result<Vec<Account>> {
    let mut rows = db.prepare("SELECT account, feed_head, digest FROM session ORDER BY account")?;
    rows.query_map([], |row| Ok(Account { id: row.get(0)?, head: row.get(1)?, digest: row.get(2)? }))?.collect()
}

fn one(db: &Connection, account: &Account) -> Result<()> {
    let name = hex(&account.id);
    let find = "SELECT COUNT(*), COUNT(DISTINCT feed_seq), COALESCE(MAX(feed_seq), 0), COALESCE(MIN(feed_seq), 1)
                FROM feed WHERE account = ?1";
    let (rows, distinct, last, first): (i64, i64, i64, i64) =
        db.query_row(find, [account.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    holds(5, rows == distinct && first >= 1, || format!("the feed of {name} has {rows} rows under {distinct} numbers"));
    holds(5, last == account.head, || format!("the feed of {name} ends at {last}, its head is {}", account.head));
    let sum = digest(&live(db, &account.id)?);
    holds(15, sum == account.digest, || format!("the digest of {name} is {}, its rows have {sum}", account.digest));
    Ok(())
}

fn live(db: &Connection, account: &[u8; 16]) -> Result<Rows> {
    let mut rows = db.prepare("SELECT kind, id, rev FROM feed WHERE account = ?1 AND deleted = 0")?;
    let read =
        rows.query_map([account], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs())))?;
    read.collect()
}

/// The sum of the first halves of the hashes of all rows.
fn digest(rows: &Rows) -> String {
    let mut sum = 0_u128;
    for ((kind, id), rev) in rows {
        let hash = Sha256::digest(format!("firebee/doc/1\n{kind}\n{id}\n{rev}"));
        let mut half = [0; 16];
        half.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        sum = sum.wrapping_add(u128::from_be_bytes(half));
    }
    format!("{sum:032x}")
}

/// What a phone shows is what the server has for its account, once it has pulled everything.
pub fn check_phone(world: &World, phone: usize) -> Result<()> {
    let (Some(database), Some(journal)) = (world.host.database(), world.book().journal(phone).map(ToOwned::to_owned))
    else {
        return Ok(());
    };
    let account: Option<[u8; 16]> =
        db::open(&journal)?.query_row("SELECT account FROM session", [], |row| row.get(0)).unwrap_or(None);
    let Some(account) = account else { return Ok(()) };
    let cache = db::open(&journal.with_file_name("cache.db"))?;
    let mut rows = cache.prepare("SELECT kind, id, rev FROM document")?;
    let read = rows.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs())))?;
    let (held, live) = (read.collect::<Result<Rows>>()?, live(&db::open(&database)?, &account)?);
    holds(15, held == live, || {
        let odd: Vec<_> = held.iter().filter(|row| live.get(row.0) != Some(row.1)).collect();
        format!("phone {phone} has {} documents of {}; odd are {odd:?}", held.len(), live.len())
    });
    Ok(())
}

/// A second reader with the phone's token, and with pages of any size, ends with the live rows.
pub async fn read_all(world: &World, phone: usize) -> Option<()> {
    let journal = world.book().journal(phone).map(ToOwned::to_owned)?;
    let find = "SELECT access, incarnation, account FROM session";
    let (token, incarnation, account): (String, [u8; 16], [u8; 16]) =
        db::open(&journal).ok()?.query_row(find, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).ok()?;
    let incarnation = uuid::Uuid::from_bytes(incarnation).to_string();
    let (mut rows, mut cursor) = (Rows::new(), None::<String>);
    for _ in 0..500 {
        let limit = 1 + draw("page", 7);
        let after = cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let request = Request::get(format!("/v1/pull?limit={limit}{after}"))
            .header("authorization", format!("Bearer {token}"))
            .header("firebee-incarnation", &incarnation)
            .body(Body::empty())
            .ok()?;
        let answer = world.host.answer(request, Bytes::new()).await?;
        if answer.status != 200 {
            return None;
        }
        let page: Value = serde_json::from_slice(&answer.body).ok()?;
        for change in page.get("changes")?.as_array()? {
            let text = |name: &str| change.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let key = (text("kind"), text("id"));
            if change.get("deleted").and_then(Value::as_bool).unwrap_or(false) {
                rows.remove(&key);
            } else {
                rows.insert(key, change.get("rev")?.as_u64()?);
            }
        }
        cursor = page.get("next_cursor")?.as_str().map(str::to_owned);
        if page.get("done")?.as_bool()? {
            let live = live(&db::open(&world.host.database()?).ok()?, &account).ok()?;
            holds(6, rows == live, || format!("a reader ends with {} rows, {} are live", rows.len(), live.len()));
            let told = page.get("digest").and_then(Value::as_str).unwrap_or_default();
            holds(15, told == digest(&rows), || format!("the page says {told}, its rows have {}", digest(&rows)));
            return Some(());
        }
    }
    broken(6, "a reader with small pages never comes to the end");
    None
}
