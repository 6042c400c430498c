//! The simulator: the shipped phone and the shipped server in one process, on one seed (tests/sim/README.md).

mod action;
mod book;
mod files;
mod heal;
mod hunt;
mod oracle;
mod random;
mod run;
mod swarm;
mod tape;
mod trace;
mod verdict;
mod world;

use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use tape::Tape;

#[derive(Parser)]
#[command(about = "Runs the shipped phone and server in one process, from one seed")]
struct Cli {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    one: One,
}

#[derive(Args)]
struct One {
    /// The seed to run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The tape to play instead.
    #[arg(long)]
    tape: Option<PathBuf>,
    /// Tell every action in words.
    #[arg(long)]
    words: bool,
    /// Tell the hash of each file that is left, too.
    #[arg(long)]
    files: bool,
    /// Keep the tape of a run that fails in this folder.
    #[arg(long)]
    keep: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// Runs many seeds, each in a process of its own.
    Hunt(hunt::Hunt),
    /// Makes a tape that fails smaller.
    Shrink {
        /// The tape.
        tape: PathBuf,
        /// Where the small one goes; beside the tape unless told.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let fine = match cli.what {
        None => one(&cli.one),
        Some(What::Hunt(hunt)) => hunt.run(),
        Some(What::Shrink { tape, out }) => hunt::shrink(&tape, out),
    };
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one seed or one tape, and says what it came to in one line.
fn one(one: &One) -> bool {
    let tape = match &one.tape {
        None => None,
        Some(path) => match std::fs::read_to_string(path).ok().and_then(|text| Tape::read(&text)) {
            Some(tape) => Some(tape),
            None => {
                eprintln!("{} is no tape", path.display());
                return false;
            }
        },
    };
    let outcome = run::run(one.seed, tape.as_ref(), one.files);
    if one.words {
        outcome.words.iter().for_each(|line| println!("{line}"));
    }
    if let (Some(folder), Some(_)) = (&one.keep, &outcome.broken) {
        let path = folder.join(format!("seed-{}.tape", outcome.tape.seed));
        let kept = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, outcome.tape.text()));
        if let Err(error) = kept {
            eprintln!("{} cannot be written: {error}", path.display());
        }
    }
    println!("{}", hunt::line(&outcome));
    outcome.broken.is_none()
}
