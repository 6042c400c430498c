//! Measures the goals of docs/performance.md: `make bench`.
//!
//! Whatever is compared runs in one run, turn by turn, on one file system, with the same settings; only the ratios
//! carry over to another machine. Servers run as processes of their own, so that their processor time, memory and
//! fsyncs are theirs alone. What misses its goal is printed as a miss; the run still ends well.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot measure must stop, loudly"
)]

mod floor;
mod goal;
mod harness;
mod ours;
mod peer;

use harness::{Bench, child};

/// The numbers of goals, and what measures them.
type Measured = (&'static str, fn(&mut Bench));

/// Everything that is measured, what is exact first.
const GOALS: [Measured; 12] = [
    ("4", goal::track::run),
    ("9", goal::downscale::run),
    ("6", goal::record::run),
    ("1, 2", goal::wire::run),
    ("3", goal::store_size::run),
    ("11", goal::year::run),
    ("7", goal::throughput::run),
    ("8", goal::photo::run),
    ("5", goal::memory::run),
    ("12", goal::herd::run),
    ("13", goal::sign_in::run),
    ("14", goal::lists::run),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, role, rest @ ..] = arguments.as_slice()
        && flag == "--child"
    {
        return child::play(role, rest);
    }
    let mut bench = Bench::new();
    for (numbers, run) in GOALS {
        if arguments.is_empty() || arguments.iter().any(|chosen| numbers.split(", ").any(|number| number == chosen)) {
            bench.heading(numbers);
            run(&mut bench);
        }
    }
    bench.finish();
}
