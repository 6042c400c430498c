//! Goals 1 and 2: few bytes and few round trips, headers included.

use crate::{
    floor::client::FloorClient,
    harness::{
        Bench, Goal,
        child::Child,
        cost::{Cost, Meter},
        proxy::Proxy,
    },
    ours::{phone::Phone, server::Server},
};
use std::sync::Arc;

/// Records that are sent and fetched at once.
const RECORDS: usize = 1_000;
/// Documents that hold them.
const DOCUMENTS: usize = RECORDS / 50;

/// Counts what travels for a thousand records, for one, and for none.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let server = Server::start(folder.path(), 1, 4);
    let phone_of = |number| {
        let link = Proxy::before(server.url());
        let meter = Meter::through(server.process(), link.counts());
        (Phone::sign_in(folder.path(), &link.url, number, meter), link)
    };
    let ((mut phone, _phone_link), (lead, _lead_link)) = (phone_of(1), phone_of(0));

    phone.record(RECORDS);
    let lines = phone.lines(RECORDS);
    let own = phone.sync();
    let (pushed, pulled) = (own.push.traffic, lead.sync().pull.traffic);
    let (floor_pushed, floor_pulled) = floor(bench, &lines, &server.task_documents(DOCUMENTS));
    let (floor_pushed, floor_pulled) = (floor_pushed.traffic, floor_pulled.traffic);

    let each = |bytes: u64| bytes as f64 / RECORDS as f64;
    let ratio = |over: u64, under: u64| over as f64 / under as f64;
    bench.tell("wire-fact-line", "B", each(lines.iter().map(Vec::len).sum::<usize>() as u64), 1);
    bench.tell("wire-push-floor", "B/fact", each(floor_pushed.up), 1);
    bench.keep("wire-push", "B/fact", each(pushed.up), Goal::AtMost(100.0), 1);
    bench.keep("wire-push-ratio", "× floor", ratio(pushed.both(), floor_pushed.both()), Goal::AtMost(1.05), 1);
    bench.tell("wire-pull-floor", "B/record", each(floor_pulled.down), 1);
    bench.keep("wire-pull", "B/record", each(pulled.down), Goal::AtMost(100.0), 1);
    bench.keep("wire-pull-ratio", "× floor", ratio(pulled.both(), floor_pulled.both()), Goal::AtMost(1.05), 1);
    let trips = pushed.trips + own.pull.traffic.trips;
    bench.keep("trips-1000", "round trips", trips as f64, Goal::AtMost(3.0), 1);
    one(bench, &mut phone);
    phone.check_all_counted();
}

/// One change, early, in the middle and late in a task of fifty: its document grows with its answers.
fn one(bench: &mut Bench, phone: &mut Phone) {
    for (name, before) in [("first", 1), ("half", 23), ("last", 23)] {
        phone.record(before);
        phone.sync();
        phone.record(1);
        let round = phone.sync();
        let (push, pull) = (round.push.traffic, round.pull.traffic);
        let bytes = (push.both() + pull.both()) as f64;
        bench.tell(&format!("wire-one-{name}-push"), "B", push.both() as f64, 1);
        bench.tell(&format!("wire-one-{name}-pull"), "B", pull.both() as f64, 1);
        if name == "half" {
            bench.keep("wire-one-change", "B", bytes, Goal::AtMost(3_600.0), 1);
            bench.keep("trips-one-push", "round trips", push.trips as f64, Goal::AtMost(1.0), 1);
            bench.keep("trips-one-pull", "round trips", pull.trips as f64, Goal::AtMost(1.0), 1);
        }
    }
    let round = phone.sync();
    let bytes = round.push.traffic.both() + round.pull.traffic.both();
    let trips = round.push.traffic.trips + round.pull.traffic.trips;
    bench.keep("wire-idle", "B", bytes as f64, Goal::AtMost(1_000.0), 1);
    bench.keep("trips-idle", "round trips", trips as f64, Goal::AtMost(1.0), 1);
}

/// The same lines and the same documents by the floor.
fn floor(bench: &Bench, lines: &[Vec<u8>], documents: &[String]) -> (Cost, Cost) {
    let folder = bench.folder();
    let server = Arc::new(Child::start("floor", &[&folder.path().display().to_string()]));
    let link = Proxy::before(&server.said);
    let meter = Meter::through(server, link.counts());
    let mut client = FloorClient::open(folder.path(), &link.url);
    client.keep(lines.iter().map(Vec::as_slice));
    client.offer(documents);
    let pushed = meter.cost(|| assert_eq!(client.push(), lines.len()));
    let pulled = meter.cost(|| assert_eq!(client.pull(), documents.len()));
    (pushed, pulled)
}
