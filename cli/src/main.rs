//! The one binary of Firebee: the server's commands, and the demo.

mod demo;
mod link;
mod proxy;

use clap::{Parser, Subcommand};
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
    /// The server's commands.
    #[command(flatten)]
    Server(firebee_server::cli::Command),
    /// Stand between phones and a server as a link that fails when told to, to try a phone or a server by hand
    Link(link::Command),
    /// Play the whole story with real phones, a real server and a link that fails
    Demo(demo::Demo),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Server(command) => command.run(),
        Command::Link(command) => command.run(),
        Command::Demo(command) => command.run(),
    }
}
