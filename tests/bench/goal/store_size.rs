//! Goal 3: what one change costs does not follow the size of the store.

use crate::{
    harness::{Bench, Goal, Rounds, cost::Meter, rounds::turns},
    ours::{estate::PLAN_ITEMS, phone::Phone, server::Server},
};
use tempfile::TempDir;

const SMALL: (&str, usize) = ("1k", 1_000);
const LARGE: (&str, usize) = ("50k", 50_000);
/// These take milliseconds: there is time for more.
const ROUNDS: usize = 31;

/// A phone and a server that hold so many records, all pushed and pulled.
struct World {
    phone: Phone,
    _server: Server,
    _folder: TempDir,
}

impl World {
    fn of(bench: &Bench, records: usize) -> Self {
        let folder = bench.folder();
        let server = Server::start(folder.path(), 1, records / PLAN_ITEMS + 1);
        let meter = Meter::direct(server.process());
        let mut phone = Phone::sign_in(folder.path(), server.url(), 1, meter);
        phone.record(records + 1);
        phone.sync();
        Self { phone, _server: server, _folder: folder }
    }
}

/// Push, pull and no change in a store of 50,000 records beside one of 1,000, turn by turn.
pub fn run(bench: &mut Bench) {
    let mut worlds = [World::of(bench, SMALL.1), World::of(bench, LARGE.1)];
    let mut rounds = Rounds::default();
    for round in 0..=ROUNDS {
        for (size, at) in turns(round, [(SMALL.0, 0), (LARGE.0, 1)]) {
            let phone = &mut worlds[at].phone;
            phone.record(1);
            let change = phone.sync();
            let nothing = phone.sync();
            rounds.keep(&format!("{size}-push"), change.push.ms);
            rounds.keep(&format!("{size}-pull"), change.pull.ms);
            rounds.keep(&format!("{size}-no-change"), nothing.push.ms + nothing.pull.ms);
        }
        if round == 0 {
            rounds.forget();
        }
    }
    worlds.iter().for_each(|world| world.phone.check_all_counted());
    for what in ["push", "pull", "no-change"] {
        let [small, large] = [SMALL.0, LARGE.0].map(|size| format!("{size}-{what}"));
        bench.tell(&format!("store-{small}"), "ms", rounds.median(&small), ROUNDS);
        bench.tell(&format!("store-{large}"), "ms", rounds.median(&large), ROUNDS);
        let ratio = rounds.ratio(&large, &small);
        bench.keep(&format!("store-{what}-ratio"), "× 1k", ratio, Goal::AtMost(1.25), ROUNDS);
    }
}
