//! The one binary of Firebee: serve, demo, admin.

#[cfg_attr(not(test), expect(dead_code, reason = "the demo's story, which reads walks, is not told yet"))]
mod demo;

use clap::{Parser, Subcommand};
use firebee_server::cli::{Admin, Serve};
use std::process::ExitCode;

/// Firebee: an offline-first field system for fire-protection firms
#[derive(Parser)]
#[command(name = "firebee", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve phones and the console until Ctrl-C or SIGTERM
    Serve(Serve),
    /// Manage what no page of the console does: firms, accounts, phones
    Admin(Admin),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(command) => command.run(),
        Command::Admin(command) => command.run(),
    }
}
