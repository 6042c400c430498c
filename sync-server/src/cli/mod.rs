//! The server's commands of the binary. Errors are plain sentences on standard error. Exit status 1 means that the
//! command failed, 2 that it was called wrongly.

mod admin;
mod allocator;
mod backup;
mod export;
mod log;
mod restore;
mod serve;
mod verify;

pub use admin::Admin;
pub use allocator::ALLOCATOR;
pub use backup::Backup;
pub use export::Export;
pub use log::start as start_log;
pub use restore::Restore;
pub use serve::Serve;
pub use verify::Verify;

use crate::{
    config::{self, Config, ConfigError},
    state::{self, StartError},
};
use clap::{Args, Subcommand};
use firebee_domain::code::Code;
use firebee_protocol::text::{Language, problem_text};
use std::{path::PathBuf, process::ExitCode};

/// Where the settings are: the same flags for every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Settings {
    /// Folder of the database, the blobs and the firms' keys
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// File of settings (TOML); the environment (FIREBEE_…) goes over it, flags over both
    #[arg(long, value_name = "FILE", env = "FIREBEE_CONFIG", global = true)]
    pub config: Option<PathBuf>,
}

impl Settings {
    /// The settings of file and environment, with the folder of the flag and `flags` over them.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn read(&self, flags: impl IntoIterator<Item = (&'static str, String)>) -> Result<Config, ConfigError> {
        let mut config = config::read(self.config.as_deref(), std::env::vars(), flags)?;
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        Ok(config)
    }

    /// As [`Settings::read`], where a server has been. A mistyped folder is refused, and no command makes one.
    fn read_held(&self) -> Result<Config, String> {
        let config = self.read([]).map_err(|error| error.to_string())?;
        if state::holds_data(&config) {
            return Ok(config);
        }
        Err(format!("{} holds no data of a server; --data names the folder", config.data.display()))
    }
}

/// The commands of the server.
#[derive(Subcommand, Clone, Debug)]
pub enum Command {
    /// Serve phones and the console until Ctrl-C or SIGTERM
    Serve(Box<Serve>),
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

impl Command {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        match self {
            Self::Serve(command) => command.run(),
            Self::Verify(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Admin(command) => command.run(),
        }
    }
}

/// What the server writes is for its own account only.
const UMASK: u32 = 0o077;

/// Runs a command to its end on a runtime of its own.
fn run(command: impl Future<Output = Result<(), String>>) -> ExitCode {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(UMASK));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("the runtime does not start: {error}")),
    };
    match runtime.block_on(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// What keeps a server from starting, in Chinese where it has a code, and in English with its particulars.
fn start_error(error: &StartError) -> String {
    let Some(code) = error.code() else { return error.to_string() };
    both(code, |language| match language {
        Language::Zh => problem_text(code, &[], language),
        Language::En => error.to_string(),
    })
}

/// What is told in Chinese and in English, with its code.
fn both(code: Code, told: impl Fn(Language) -> String) -> String {
    format!("{}\n{} [{code}]", told(Language::Zh), told(Language::En))
}

/// A number of things, such as `1 firm`.
fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("firebee: {sentence}");
    ExitCode::FAILURE
}
