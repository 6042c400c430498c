//! The server's commands as processes, by the names of the real binary: built beside the tests.

use clap::Parser;
use firebee_server::cli::{Admin, Backup, Restore, Serve, Verify};
use std::process::ExitCode;

/// The commands that an administrator's guide speaks of.
#[derive(Parser)]
enum Command {
    /// Serve phones and the console.
    Serve(Box<Serve>),
    /// Read a folder and hash every blob again.
    Verify(Verify),
    /// Manage firms, accounts and phones.
    Admin(Admin),
    /// Back up.
    Backup(Backup),
    /// Restore.
    Restore(Restore),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::Serve(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Admin(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
    }
}
