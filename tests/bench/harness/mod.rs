//! What every goal is measured with.

pub mod child;
pub mod cost;
pub mod cpu;
pub mod fsyncs;
pub mod machine;
pub mod proxy;
pub mod report;
pub mod rounds;

pub use report::{Goal, Report};
pub use rounds::{ROUNDS, Rounds};

use std::{
    path::{Path, PathBuf},
    time::Instant,
};
use tempfile::TempDir;

/// One run of the benchmarks.
pub struct Bench {
    report: Report,
    scratch: PathBuf,
    begun: Instant,
}

impl Bench {
    /// Makes the folder of the results and says on which machine they are measured.
    pub fn new() -> Self {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
        let scratch = target.join("scratch");
        std::fs::create_dir_all(&scratch).expect("target/bench can be written");
        let facts = machine::facts(&scratch);
        println!("{facts}");
        std::fs::write(target.join("machine.txt"), &facts).expect("target/bench can be written");
        Self { report: Report::into(target), scratch, begun: Instant::now() }
    }

    /// Says which goal comes next.
    pub fn heading(&self, numbers: &str) {
        println!("\ngoal {numbers}, after {:.0} s", self.begun.elapsed().as_secs_f64());
    }

    /// A fresh folder on the disk that everything is measured on.
    pub fn folder(&self) -> TempDir {
        tempfile::tempdir_in(&self.scratch).expect("target/bench can be written")
    }

    /// Keeps a result, and prints it.
    pub fn keep(&mut self, name: &str, unit: &'static str, value: f64, goal: Goal, rounds: usize) {
        self.report.keep(name, unit, value, goal, rounds);
    }

    /// Keeps a number that only explains others: an absolute time, a count.
    pub fn tell(&mut self, name: &str, unit: &'static str, value: f64, rounds: usize) {
        self.report.keep(name, unit, value, Goal::None, rounds);
    }

    /// Prints the whole table.
    pub fn finish(self) {
        std::fs::remove_dir_all(&self.scratch).ok();
        self.report.table(self.begun.elapsed());
    }
}
