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
    state::StartError,
};
use clap::Args;
use firebee_protocol::text::{Language, problem_text};
use std::{path::PathBuf, process::ExitCode};

/// Where the settings are: the same flags for every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Settings {
    /// Folder of the database, the blobs and the firms' keys
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// File of settings (TOML); the environment (FIREBEE_…) goes over it, flags over both
    #[arg(long, value_name = "FILE", env = "FIREBEE_CONFIG")]
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
    let chinese = error.code().map(|code| problem_text(code, &[], Language::Zh) + "\n");
    format!("{}{error}", chinese.unwrap_or_default())
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("firebee: {sentence}");
    ExitCode::FAILURE
}
