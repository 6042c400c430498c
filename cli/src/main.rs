//! The one binary of Firebee: serve, demo, verify, backup, restore, admin.

mod demo;

use clap::{Parser, Subcommand};
use firebee_server::cli::{Admin, Backup, Export, Restore, Serve, Verify};
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
    Serve(Box<Serve>),
    /// Play the whole story with real phones, a real server and a link that fails
    Demo(demo::Demo),
    /// Read a data folder that no server runs on, a backup, or PostgreSQL, and hash every blob again
    Verify(Verify),
    /// Write out what the server keeps, such as every fact as it came
    Export(Export),
    /// Back up rows, files and keys into a folder of its own, while the server runs
    Backup(Backup),
    /// Bring a backup back while no server runs on the folder; other firms are left alone
    Restore(Restore),
    /// Manage firms, accounts, phones and keys on the server itself
    Admin(Admin),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Serve(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Admin(command) => command.run(),
    }
}
