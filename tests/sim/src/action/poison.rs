//! A journal gets a line that no server of today counts.

use super::pick;
use crate::{
    oracle::db,
    tape::choose,
    trace,
    world::{World, disk::End},
};
use firebee_client::{Client, work::task::TaskFilter};
use firebee_domain::id::{Hash, ProjectId, StoreId};
use firebee_protocol::chain::{chain_next, content_hash, scope_hash};
use rusqlite::{Result, params};
use std::path::Path;
use uuid::Uuid;

/// Writes a line behind the last one, as an app of the future would have recorded it, while the app is closed.
pub fn poison(world: &mut World) {
    let has_task = |client: &Client| !client.tasks().list(&TaskFilter::default()).unwrap_or_default().is_empty();
    let Some((number, client)) = pick(world, |phone, client| !phone.is_busy() && has_task(client)) else { return };
    drop(client);
    let is_odd = choose("odd", &[1, 1]) == 1;
    let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | world.book().facts.len() as u128);
    let mut written = None;
    world.restart_phone_after(number, End::Killed, |root| {
        written = write(&root.join("journal.db"), id, is_odd).ok();
    });
    trace::say(&format!("a line of the future is written on phone {number}: {}", written.is_some()));
    world.book().read_journal(number);
}

/// The last line of a task once more, under an id and a kind of its own, and with a body that is none where it is `odd`.
fn write(journal: &Path, id: Uuid, odd: bool) -> Result<()> {
    let db = db::open_whole(journal)?;
    let (seq, chain): (i64, [u8; 32]) =
        db.query_row("SELECT seq, chain FROM fact ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let find = "SELECT id, kind, project, task, line FROM fact
                WHERE project IS NOT NULL AND task IS NOT NULL AND length(line) > 0 ORDER BY seq DESC LIMIT 1";
    let (old, kind, project, task, line): ([u8; 16], String, [u8; 16], [u8; 16], Vec<u8>) =
        db.query_row(find, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    let store: [u8; 16] = db.query_row("SELECT store_id FROM store", [], |row| row.get(0))?;
    let text = String::from_utf8_lossy(&line).replacen(&Uuid::from_bytes(old).to_string(), &id.to_string(), 1);
    let (from, to) = if odd { ("\"body\":", "\"body\":1.5,\"late\":") } else { (kind.as_str(), "result.guessed") };
    let line = text.replacen(from, to, 1).into_bytes();
    let content = content_hash(&line);
    let scope = scope_hash(StoreId(Uuid::from_bytes(store)), Some(ProjectId(Uuid::from_bytes(project))));
    let after = chain_next(Hash(chain), seq.unsigned_abs() + 1, scope, content);
    let insert = "INSERT INTO fact (seq, id, kind, project, task, line, content_hash, chain)
                  VALUES (?1, ?2, 'result.guessed', ?3, ?4, ?5, ?6, ?7)";
    db.execute(insert, params![seq + 1, id.as_bytes(), project, task, line, content.0, after.0]).map(drop)
}
