//! The one binary of Firebee: serve, demo, verify, admin.

mod demo;

use clap::{Parser, Subcommand};
use firebee_server::cli::{Admin, Serve, Verify};
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
    /// Play the whole story with real phones, a real server and a link that fails
    Demo(demo::Demo),
    /// Read a data folder that no server runs on, and hash every blob again
    Verify(Verify),
    /// Manage what no page of the console does: firms, accounts, phones
    Admin(Admin),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Admin(command) => command.run(),
    }
}
