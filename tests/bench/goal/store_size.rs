//! Goal 3: what one change costs does not follow the size of the store, nor the length of its history.

use crate::{
    harness::{Bench, Goal, Rounds, cost::Meter, rounds::turns},
    ours::{estate::PLAN_ITEMS, phone::Phone, server::Server},
};
use tempfile::TempDir;

/// Records that the stores hold.
const RECORDS: [(&str, usize); 2] = [("1k", 1_000), ("50k", 50_000)];
/// Changes in the feed's history, of a store of a thousand records.
const HISTORY: [(&str, usize); 2] = [("1k", 1_000), ("1m", 1_000_000)];
/// These take milliseconds: there is time for more.
const ROUNDS: usize = 31;

/// A phone and a server that hold so many records, all pushed and pulled.
struct World {
    phone: Phone,
    _server: Server,
    _folder: TempDir,
}

impl World {
    fn of(bench: &Bench, records: usize, history: usize) -> Self {
        let folder = bench.folder();
        let server = Server::with_history(folder.path(), records / PLAN_ITEMS + 1, history);
        let meter = Meter::direct(server.process());
        let mut phone = Phone::sign_in(folder.path(), server.url(), 1, meter);
        phone.record(records + 1);
        phone.sync();
        Self { phone, _server: server, _folder: folder }
    }
}

/// Push, pull and no change beside each other: in a store of 50,000 records and one of 1,000; behind a million changes and a
/// thousand.
pub fn run(bench: &mut Bench) {
    let held = RECORDS.map(|(_, records)| World::of(bench, records, 0));
    compare(bench, "store", RECORDS.map(|(name, _)| name), held);
    let behind = HISTORY.map(|(_, history)| World::of(bench, RECORDS[0].1, history));
    compare(bench, "history", HISTORY.map(|(name, _)| name), behind);
}

/// Two worlds turn by turn.
fn compare(bench: &mut Bench, of: &str, [small, large]: [&str; 2], mut worlds: [World; 2]) {
    let mut rounds = Rounds::default();
    for round in 0..=ROUNDS {
        for (size, at) in turns(round, [(small, 0), (large, 1)]) {
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
        let [less, more] = [small, large].map(|size| format!("{size}-{what}"));
        bench.tell(&format!("{of}-{less}"), "ms", rounds.median(&less), ROUNDS);
        bench.tell(&format!("{of}-{more}"), "ms", rounds.median(&more), ROUNDS);
        let ratio = rounds.ratio(&more, &less);
        bench.keep(&format!("{of}-{what}-ratio"), "× 1k", ratio, Goal::AtMost(1.25), ROUNDS);
    }
}
