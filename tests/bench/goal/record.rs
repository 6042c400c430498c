//! Goal 6: a result is durable in little more time than one row.

use crate::{
    harness::{
        Bench, Goal, ROUNDS, Rounds,
        child::Used,
        cost::Meter,
        rounds::{ms, turns},
    },
    ours::{phone::Phone, server::Server},
};
use rusqlite::Connection;
use std::path::Path;

/// Answers of a task. Fewer pages than SQLite's checkpoint of 1,000, so that both logs stay in the same phase.
const ANSWERS: usize = 50;

/// One row in a table, committed.
struct Raw(Connection);

impl Raw {
    fn open(folder: &Path) -> Self {
        let connection = Connection::open(folder.join("raw.db")).expect("SQLite opens");
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304;
                        CREATE TABLE record (seq INTEGER PRIMARY KEY, line BLOB NOT NULL);";
        connection.execute_batch(settings).expect("SQLite takes its settings");
        Self(connection)
    }

    fn insert(&self, line: &[u8]) {
        let mut insert = self.0.prepare_cached("INSERT INTO record (line) VALUES (?1)").expect("SQL");
        insert.execute([line]).expect("a row is on the disk");
    }

    fn checkpoint(&self) {
        self.0.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("SQLite checkpoints");
    }
}

/// Answers by the phone's own use case beside rows of the same length, commit by commit, from an empty log on.
pub fn run(bench: &mut Bench) {
    let folder = bench.folder();
    let server = Server::start(folder.path(), 1, 1);
    let phone = Phone::sign_in(folder.path(), server.url(), 1, Meter::direct(server.process()));
    let raw = Raw::open(folder.path());
    let mut rounds = Rounds::default();
    for round in 0..=ROUNDS {
        // Both logs begin anew, and the first commit, which lays the file out, is not measured.
        phone.checkpoint();
        raw.checkpoint();
        let (task, items) = phone.start_task(round, ANSWERS);
        let line = phone.lines(1).pop().unwrap_or_default();
        raw.insert(&line);
        let mut of_round = Rounds::default();
        for (nth, item) in items.into_iter().enumerate() {
            let line = phone.lines(1).pop().unwrap_or_default();
            for way in turns(nth, ["ours", "raw"]) {
                let before = Used::here();
                let took = match way {
                    "ours" => ms(|| phone.answer(task, &item)),
                    _ => ms(|| raw.insert(&line)),
                };
                let used = Used::here().since(before);
                of_round.keep(way, took);
                of_round.keep(&format!("{way}-cpu"), used.cpu_ns as f64 / 1e6);
                rounds.keep(&format!("{way}-fsyncs"), used.fsyncs as f64);
            }
        }
        for name in ["ours", "raw", "ours-cpu", "raw-cpu"] {
            rounds.keep(name, of_round.median(name));
        }
        if round == 0 {
            rounds.forget();
        }
    }
    for way in ["ours", "raw"] {
        bench.tell(&format!("record-{way}"), "ms", rounds.median(way), ROUNDS);
        bench.tell(&format!("record-{way}-cpu"), "ms", rounds.median(&format!("{way}-cpu")), ROUNDS);
        bench.tell(&format!("record-{way}-fsyncs"), "fsyncs", rounds.mean(&format!("{way}-fsyncs")), ROUNDS);
    }
    bench.keep("record-ratio", "× raw commit", rounds.ratio("ours", "raw"), Goal::AtMost(1.5), ROUNDS);
}
