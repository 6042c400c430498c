//! What may happen between two looks of the oracle: one file an action.

mod back_up;
mod begin;
mod decide;
mod discard;
mod force_release;
mod hand_in;
mod hand_over;
mod issue;
mod jump;
mod kill;
mod pass;
mod photograph;
mod poison;
mod power;
mod recall;
mod record;
mod replan;
mod restart_server;
mod restore;
mod sign_in;
mod sign_out;
mod spoil;
mod sync;
mod wipe;

use crate::{
    tape::{choose, draw},
    trace,
    world::{World, phone::Phone},
};
use firebee_client::Client;

/// The actions by their place on the tape, and how much each usually weighs. New ones stand at the end, so that old tapes
/// mean what they meant.
const ACTIONS: [(&str, u64); 25] = [
    ("sync", 14),
    ("pass", 5),
    ("sign_in", 6),
    ("issue", 4),
    ("begin", 6),
    ("record", 10),
    ("photograph", 4),
    ("hand_in", 5),
    ("decide", 4),
    ("discard", 1),
    ("sign_out", 1),
    ("force_release", 2),
    ("kill", 2),
    ("power_phone", 2),
    ("restart_server", 2),
    ("power_server", 2),
    ("jump", 1),
    ("back_up", 1),
    ("restore", 1),
    ("recall", 1),
    ("wipe", 3),
    ("replan", 2),
    ("hand_over", 2),
    ("poison", 1),
    ("spoil", 1),
];

/// The usual weights.
pub fn weights() -> Vec<u64> {
    ACTIONS.iter().map(|(_, weight)| *weight).collect()
}

/// The next action, by these weights. Without signing in and sending nothing ever happens, so these two are never off.
pub async fn next(world: &mut World, weights: &[u64]) {
    let mut weights = weights.to_vec();
    for always in [0, 2, 5] {
        if let Some(weight) = weights.get_mut(always) {
            *weight = (*weight).max(4);
        }
    }
    let name = ACTIONS.get(choose("action", &weights)).map_or("", |(name, _)| name);
    match name {
        "sync" => sync::sync(world).await,
        "pass" => pass::pass(world).await,
        "sign_in" => sign_in::sign_in(world).await,
        "issue" => issue::issue(world).await,
        "begin" => begin::begin(world),
        "record" => record::record(world),
        "photograph" => photograph::photograph(world),
        "hand_in" => hand_in::hand_in(world),
        "decide" => decide::decide(world),
        "discard" => discard::discard(world),
        "sign_out" => sign_out::sign_out(world).await,
        "force_release" => force_release::force_release(world).await,
        "kill" => kill::kill(world),
        "power_phone" => power::phone(world),
        "restart_server" => restart_server::restart_server(world).await,
        "power_server" => power::server(world),
        "jump" => jump::jump(world),
        "back_up" => back_up::back_up(world),
        "restore" => restore::restore(world),
        "recall" => recall::recall(world).await,
        "wipe" => wipe::wipe(world),
        "replan" => replan::replan(world).await,
        "hand_over" => hand_over::hand_over(world).await,
        "poison" => poison::poison(world),
        _ => spoil::spoil(world),
    }
    world.pass(draw("pause", 500)).await;
}

/// Every round that was begun has come to its end.
pub async fn wait_for_syncs(world: &mut World) {
    for phone in &mut world.phones {
        if let Some(task) = phone.busy.take() {
            // A round that was aborted is over as well.
            let _ = task.await;
        }
    }
}

/// One of the phones of which `wanted` is true, with its app.
fn pick(world: &World, wanted: impl Fn(&Phone, &Client) -> bool) -> Option<(usize, Client)> {
    let found: Vec<(usize, Client)> = world
        .phones
        .iter()
        .filter_map(|phone| phone.app().filter(|client| wanted(phone, client)).map(|client| (phone.number, client)))
        .collect();
    one_of("phone", found)
}

/// One of several.
fn one_of<T>(label: &str, mut several: Vec<T>) -> Option<T> {
    let at = usize::try_from(draw(label, several.len() as u64)).unwrap_or(0);
    (at < several.len()).then(|| several.swap_remove(at))
}

/// What somebody did on a phone, and what came of it. What the journal has then was promised.
fn done<T, E: std::fmt::Display>(world: &World, phone: usize, what: &str, result: &Result<T, E>) {
    let name = world.phones.get(phone).map(Phone::name).unwrap_or_default();
    match result {
        Ok(_) => trace::say(&format!("{name} {what}")),
        Err(error) => trace::say(&format!("{name} {what}: refused, {error}")),
    }
    if world.phones.get(phone).is_some_and(|phone| phone.app().is_some()) {
        world.book().read_journal(phone);
    }
}
