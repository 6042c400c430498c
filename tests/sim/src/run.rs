//! One run: a seed, or a tape, from the first draw to the last look.

use crate::{
    action, files, heal, oracle, random,
    swarm::Swarm,
    tape::{self, Tape, draw, split_mix},
    trace,
    verdict::{self, Broken, broken},
    world::World,
};
use std::{cell::Cell, collections::BTreeMap, path::Path, time::Duration};

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was found broken.
    pub broken: Option<Broken>,
    /// The draws.
    pub tape: Tape,
    /// What happened, in words.
    pub words: Vec<String>,
    /// The hash over every event.
    pub trace: String,
    /// How many events there were.
    pub events: u64,
    /// How many virtual seconds passed.
    pub seconds: u64,
    /// The hash of each file, where that was asked for.
    pub files: BTreeMap<String, String>,
}

/// Plays a tape, or a fresh one of this seed. Once a process: std draws its own randomness once a thread.
pub fn run(seed: u64, tape: Option<&Tape>, with_files: bool) -> Outcome {
    let seed = tape.map_or(seed, |tape| tape.seed);
    random::seed(seed);
    turns_from(seed);
    firebee_tests::lossy::seed_sqlite(u32::try_from(seed & 0xffff_ffff).unwrap_or(1));
    let _server = firebee_server::blocking::inline_on_this_thread(turns);
    let _phones = firebee_client::blocking::inline_on_this_thread(turns);
    verdict::catch_panics();
    match tape {
        Some(tape) => tape::play(tape),
        None => tape::record(seed),
    }
    let home = home();
    let home = match home {
        Ok(home) => home,
        Err(error) => {
            broken(0, format!("no folder: {error}"));
            return outcome(BTreeMap::new());
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    match runtime {
        Ok(runtime) => {
            runtime.block_on(play(home.path()));
            // What still runs ends with the runtime, and writes no more.
            runtime.shutdown_timeout(Duration::ZERO);
        }
        Err(error) => broken(0, format!("no runtime: {error}")),
    }
    outcome(if with_files { files::hashes(home.path()) } else { BTreeMap::new() })
}

/// Memory, where there is a file system of it: nothing here has to survive the machine.
fn home() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

fn outcome(files: BTreeMap<String, String>) -> Outcome {
    let (events, seconds, trace) = trace::sum();
    let trace = trace.get(..16).unwrap_or_default().to_owned();
    Outcome { broken: verdict::found(), tape: tape::taken(), words: trace::words(), trace, events, seconds, files }
}

thread_local! {
    static TURNS: Cell<u64> = const { Cell::new(0) };
}

fn turns_from(seed: u64) {
    TURNS.set(seed);
}

/// How many turns of the others go before work that may block: mostly none. It is no draw of the tape, which would be long.
fn turns() -> u32 {
    let mut state = TURNS.get();
    let random = split_mix(&mut state);
    TURNS.set(state);
    [0, 0, 0, 1, 2, 5].into_iter().nth(usize::try_from(random % 6).unwrap_or(0)).unwrap_or(0)
}

async fn play(home: &Path) {
    trace::begin();
    tape::open("setup");
    let Some(mut world) = World::made(home).await else {
        return broken(0, "the world is not made");
    };
    world.hand_out().await;
    let swarm = Swarm::drawn(&action::weights());
    let mut actions = 0;
    while (tape::is_played() || actions < swarm.length) && tape::open("action") {
        actions += 1;
        world.power_on().await;
        action::next(&mut world, &swarm.actions).await;
        if draw("check", 4) == 0 {
            oracle::check(&world);
        }
        if verdict::found().is_some() {
            return;
        }
    }
    tape::open("end");
    world.power_on().await;
    oracle::check(&world);
    if swarm.heals && verdict::found().is_none() {
        heal::heal(&mut world).await;
        oracle::check(&world);
    }
}
