//! Many runs, each in a process of its own: a hunt over seeds, and the shrinking of a tape.

use crate::{
    run::Outcome,
    tape::{Tape, shrink as smaller},
};
use clap::Args;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// A run that takes longer hangs, on a busy machine too.
const RUN_MAX: Duration = Duration::from_secs(300);

/// A hunt.
#[derive(Args)]
pub struct Hunt {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// How many.
    #[arg(long, default_value_t = 100)]
    count: u64,
    /// How many at once.
    #[arg(long, default_value_t = 2)]
    jobs: u64,
    /// Run each seed twice, and compare.
    #[arg(long)]
    twice: bool,
    /// End with the first seed that fails, and tell of that one only.
    #[arg(long)]
    first: bool,
    /// Keep the tapes of runs that fail here.
    #[arg(long, default_value = "target/sim")]
    keep: PathBuf,
}

/// The line that a run ends with.
pub fn line(outcome: &Outcome) -> String {
    let found = outcome.broken.as_ref();
    let line = json!({
        "seed": outcome.tape.seed,
        "invariant": found.map(|broken| broken.invariant),
        "what": found.map(|broken| broken.what.as_str()),
        "trace": outcome.trace,
        "events": outcome.events,
        "virtual_s": outcome.seconds,
        "files": outcome.files,
    });
    line.to_string()
}

impl Hunt {
    /// Hunts; whether nothing was found.
    pub fn run(&self) -> bool {
        let (next, virtual_s, began) = (AtomicU64::new(self.from), AtomicU64::new(0), Instant::now());
        let failed: Mutex<BTreeMap<u64, Value>> = Mutex::default();
        let held = || failed.lock().unwrap_or_else(PoisonError::into_inner);
        thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(|| {
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= self.from + self.count || (self.first && !held().is_empty()) {
                            return;
                        }
                        let mut found = self.seed(seed);
                        let seconds = found.get("virtual_s").and_then(Value::as_u64).unwrap_or(0);
                        virtual_s.fetch_add(seconds, Ordering::Relaxed);
                        if !found.get("invariant").is_some_and(Value::is_null) {
                            if let Some(line) = found.as_object_mut() {
                                line.insert("seed".to_owned(), seed.into());
                                line.remove("files");
                            }
                            if !self.first {
                                println!("{found}");
                            }
                            held().insert(seed, found);
                        }
                    }
                });
            }
        });
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Seeds that ran beside it may have failed as well.
        if let Some((_, found)) = failed.first_key_value().filter(|_| self.first) {
            println!("{found}");
        }
        let ran = next.into_inner().min(self.from + self.count) - self.from;
        println!(
            "commit {}: {ran} seeds from {}, {} failed, {:.1} s, {} virtual hours",
            commit(),
            self.from,
            failed.len(),
            began.elapsed().as_secs_f64(),
            virtual_s.into_inner() / 3_600
        );
        failed.is_empty()
    }

    fn seed(&self, seed: u64) -> Value {
        let ran = || {
            let (seed, keep) = (seed.to_string(), self.keep.to_string_lossy());
            let args: [&str; 5] = ["--seed", &seed, "--keep", &keep, "--files"];
            process(args.get(..if self.twice { 5 } else { 4 }).unwrap_or_default())
        };
        let first = ran();
        if self.twice && first.get("invariant").is_some_and(Value::is_null) {
            let second = ran();
            let odd: Vec<String> = differing("", &first, &second);
            if !odd.is_empty() {
                return json!({ "seed": seed, "invariant": 16, "what": "two runs differ", "in": odd });
            }
        }
        first
    }
}

/// The names under which two lines differ, files by their own.
fn differing(within: &str, first: &Value, second: &Value) -> Vec<String> {
    let (Some(one), Some(two)) = (first.as_object(), second.as_object()) else {
        return if first == second { Vec::new() } else { vec![within.to_owned()] };
    };
    let names: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let differs = |name: &String| {
        let value = |line: &serde_json::Map<String, Value>| line.get(name).cloned().unwrap_or_default();
        differing(name, &value(one), &value(two))
    };
    names.into_iter().flat_map(differs).collect()
}

/// Runs this program, and gives its last line; a run that dies or takes too long is a finding as well.
fn process(args: &[&str]) -> Value {
    let ended = |what: String| json!({ "args": args, "invariant": 0, "what": what });
    match wait_for(args) {
        Ok(Some(text)) => {
            let last = text.lines().last().unwrap_or_default();
            serde_json::from_str(last).unwrap_or_else(|_| ended(format!("it died: {last}")))
        }
        Ok(None) => ended(format!("it took longer than {} s", RUN_MAX.as_secs())),
        Err(error) => ended(format!("it cannot be started: {error}")),
    }
}

fn wait_for(args: &[&str]) -> io::Result<Option<String>> {
    let mut child = Command::new(std::env::current_exe()?).args(args).stdout(Stdio::piped()).spawn()?;
    let mut out = child.stdout.take();
    let (told, said) = mpsc::channel();
    // A run says its last word and closes its output when it ends.
    thread::spawn(move || told.send(out.as_mut().map(io::read_to_string).transpose()));
    let text = said.recv_timeout(RUN_MAX).ok();
    if text.is_none() {
        child.kill()?;
    }
    child.wait()?;
    text.map(|text| text.map(Option::unwrap_or_default)).transpose()
}

fn commit() -> String {
    let said = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let said = said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
    said.ok().filter(|commit| !commit.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}

/// Makes a tape smaller that fails; whether it does.
pub fn shrink(path: &Path, out: Option<PathBuf>) -> bool {
    let Some(tape) = fs::read_to_string(path).ok().and_then(|text| Tape::read(&text)) else {
        eprintln!("{} is no tape", path.display());
        return false;
    };
    let out = out.unwrap_or_else(|| path.with_extension("small.tape"));
    let played = |tape: &Tape| {
        let trial = out.with_extension("trial");
        let written = fs::write(&trial, tape.text());
        let found = process(&["--tape", &trial.to_string_lossy()]);
        if written.is_ok() { found.get("invariant").and_then(Value::as_u64) } else { None }
    };
    let Some(invariant) = played(&tape) else {
        eprintln!("{} does not fail", path.display());
        return false;
    };
    let before = tape.segments.len();
    let (small, runs) = smaller::shrink(tape, |tape| played(tape) == Some(invariant));
    let _ = fs::remove_file(out.with_extension("trial"));
    if let Err(error) = fs::write(&out, small.text()) {
        eprintln!("{} cannot be written: {error}", out.display());
        return false;
    }
    println!(
        "invariant {invariant}: from {before} parts to {} in {runs} runs: {}",
        small.segments.len(),
        out.display()
    );
    let told =
        Command::new(std::env::current_exe().unwrap_or_default()).arg("--words").arg("--tape").arg(&out).output();
    println!("{}", told.map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default());
    true
}
