//! Invariant 10: the five counts add up to the facts recorded.

use super::db;
use crate::{verdict::holds, world::World};

/// Compares what a phone says with its journal.
pub fn check(world: &World, phone: usize) {
    let Some(client) = world.phones.get(phone).and_then(|phone| phone.app()) else { return };
    let Some(path) = world.book().journal(phone).map(ToOwned::to_owned) else { return };
    let (Ok(said), Ok(db)) = (client.progress().overview(), db::open(&path)) else { return };
    let Ok(facts) = db::number(&db, "SELECT COUNT(*) FROM fact") else { return };
    let said = said.facts;
    let sum = said.pending + said.sent + said.acked + said.durable + said.parked;
    holds(10, sum == facts, || format!("phone {phone} has {facts} facts and says {said:?}"));
    let parked = db::number(&db, "SELECT COUNT(*) FROM fact WHERE parked IS NOT NULL").unwrap_or(0);
    holds(10, said.parked == parked, || format!("phone {phone} has {parked} parked facts and says {said:?}"));
}
