//! Goal 7: many records, with everything that makes them trustworthy, in little more time than the floor.

use crate::{
    floor::client::FloorClient,
    harness::{
        Bench, Goal, ROUNDS, Rounds,
        child::Child,
        cost::{Cost, Meter},
        rounds::turns,
    },
    ours::{estate::PLAN_ITEMS, phone::Phone, server::Server},
};
use std::sync::Arc;

/// Records of one round, and what it is called.
const SIZES: [(&str, usize); 2] = [("1k", 1_000), ("10k", 10_000)];
/// What a push of each size may cost: time, and the server's processor time, as a multiple of the floor's.
const PUSH: [(f64, f64); 2] = [(2.5, 3.0), (2.2, 2.8)];
/// The same of a pull.
const PULL: (f64, f64) = (1.5, 1.5);
/// Answers in a task, and its start.
const TASK_FACTS: usize = 50;

/// Two ends of either kind.
struct Ends {
    phone: Phone,
    lead: Phone,
    server: Server,
    floor: FloorClient,
    floor_meter: Meter,
}

/// An operator pushes, the lead pulls; the floor does the same with the same bytes.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let plans = SIZES.iter().map(|(_, records)| (ROUNDS + 1) * records).sum::<usize>() / PLAN_ITEMS + 1;
    let server = Server::start(folder.path(), 1, plans);
    let sign_in = |number| Phone::sign_in(folder.path(), server.url(), number, Meter::direct(server.process()));
    let floor_server = Arc::new(Child::start("floor", &[&folder.path().display().to_string()]));
    let mut ends = Ends {
        phone: sign_in(1),
        lead: sign_in(0),
        floor: FloorClient::open(folder.path(), &floor_server.said),
        floor_meter: Meter::direct(floor_server),
        server,
    };
    for ((size, records), push) in SIZES.into_iter().zip(PUSH) {
        let mut rounds = Rounds::default();
        for round in 0..=ROUNDS {
            ends.round(round, records, &mut rounds);
            if round == 0 {
                rounds.forget();
            }
        }
        ends.phone.check_all_counted();
        tell(bench, size, &rounds, push);
    }
}

impl Ends {
    fn round(&mut self, round: usize, records: usize, rounds: &mut Rounds) {
        self.phone.record(records);
        let lines = self.phone.lines(records);
        self.floor.keep(lines.iter().map(Vec::as_slice));
        for way in turns(round, ["ours", "floor"]) {
            let cost = match way {
                "ours" => self.phone.sync().push,
                _ => self.floor_meter.cost(|| assert_eq!(self.floor.push(), records)),
            };
            keep(rounds, way, "push", records, &cost);
        }
        let documents = self.server.task_documents(records / TASK_FACTS);
        self.floor.offer(&documents);
        self.floor.forget_documents();
        for way in turns(round, ["ours", "floor"]) {
            let cost = match way {
                "ours" => self.lead.sync().pull,
                _ => self.floor_meter.cost(|| assert_eq!(self.floor.pull(), documents.len())),
            };
            keep(rounds, way, "pull", records, &cost);
        }
    }
}

fn keep(rounds: &mut Rounds, way: &str, what: &str, records: usize, cost: &Cost) {
    rounds.keep(&format!("{what}-{way}"), cost.ms);
    rounds.keep(&format!("{what}-{way}-server-cpu"), cost.server.cpu_ns as f64 / records as f64 / 1e3);
    rounds.keep(&format!("{what}-{way}-client-cpu"), cost.client.cpu_ns as f64 / records as f64 / 1e3);
    rounds.keep(&format!("{what}-{way}-fsyncs"), (cost.client.fsyncs + cost.server.fsyncs) as f64);
}

fn tell(bench: &mut Bench, size: &str, rounds: &Rounds, push: (f64, f64)) {
    for (what, (time_max, cpu_max)) in [("push", push), ("pull", PULL)] {
        for way in ["ours", "floor"] {
            let of = |name: &str| format!("{what}-{way}{name}");
            bench.tell(&format!("{what}-{size}-{way}"), "ms", rounds.median(&of("")), rounds.count());
            for cpu in ["server-cpu", "client-cpu"] {
                let used = rounds.median(&of(&format!("-{cpu}")));
                bench.tell(&format!("{what}-{size}-{way}-{cpu}"), "µs/record", used, rounds.count());
            }
            let fsyncs = rounds.median(&of("-fsyncs"));
            bench.tell(&format!("{what}-{size}-{way}-fsyncs"), "fsyncs", fsyncs, rounds.count());
        }
        let ratio = rounds.ratio(&format!("{what}-ours"), &format!("{what}-floor"));
        bench.keep(&format!("{what}-{size}-ratio"), "× floor", ratio, Goal::AtMost(time_max), rounds.count());
        let cpu = rounds.ratio(&format!("{what}-ours-server-cpu"), &format!("{what}-floor-server-cpu"));
        bench.keep(&format!("{what}-{size}-server-cpu-ratio"), "× floor", cpu, Goal::AtMost(cpu_max), rounds.count());
    }
}
