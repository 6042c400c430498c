//! `firebee serve`, as a process that the tests can kill: the same command, built beside them.

use clap::Parser;
use std::process::ExitCode;

/// The command line of `firebee serve`.
#[derive(Parser)]
struct Command {
    #[command(flatten)]
    serve: firebee_server::cli::Serve,
}

fn main() -> ExitCode {
    Command::parse().serve.run()
}
