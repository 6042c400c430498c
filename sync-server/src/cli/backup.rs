//! `firebee backup`: one firm or all, while the server runs.

use super::{Settings, counted, run, start_error};
use crate::{
    backup::{self, BackupError},
    blobs::Blobs,
    keys::Keyring,
    state,
};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Back up rows, files and keys into a folder of its own, while the server runs
///
/// Exit status 1 when files that the database calls verified are missing or changed; the backup is made, and after a
/// restore the phones are asked for them.
#[derive(Args, Clone, Debug)]
pub struct Backup {
    #[command(flatten)]
    settings: Settings,
    /// Folder of the backup; it must not exist
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Name of the organisation; all of the server without it
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
}

impl Backup {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.backup())
    }

    #[expect(clippy::print_stdout, reason = "what was backed up is the command's output")]
    async fn backup(self) -> Result<(), String> {
        let config = self.settings.read_held()?;
        let store = state::reading_store(&config).map_err(|error| start_error(&error))?;
        let (blobs, keyring) = (Blobs::at(&config.blobs_folder()), Keyring::in_folder(&config.data));
        let made = backup::make(&store, (&blobs, &keyring), self.organisation.as_deref(), &self.to).await;
        store.close().await;
        let made = made.map_err(|error: BackupError| error.to_string())?;
        let (firms, files) = (counted(made.firms.len(), "firm"), counted(made.files, "file"));
        println!("{firms} and {files} are in {}", self.to.display());
        match made.broken.len() {
            0 => Ok(()),
            broken => {
                Err(format!("{broken} files are missing or changed; after a restore the phones are asked for them"))
            }
        }
    }
}
