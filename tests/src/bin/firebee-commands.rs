//! The server's commands as processes, by the names of the real binary: built beside the tests.

use clap::Parser;
use firebee_server::cli::Command;
use std::process::ExitCode;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    Arguments::parse().command.run()
}
