//! `firebee restore`: brings a backup back, or goes on with a database that was put back by hand.

use super::{Settings, counted, run, start_error};
use crate::{
    backup::{self, Wanted},
    blobs::Blobs,
    clock::Clock,
    config::Config,
    keys::Keyring,
    state,
    store::{Store, migrate::migrate, schema},
};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Bring a backup back while no server runs on the folder; other firms are left alone
///
/// Every restored firm gets another incarnation of its data: its phones compare what they have with what the backup had,
/// and send the rest again.
#[derive(Args, Clone, Debug)]
pub struct Restore {
    #[command(flatten)]
    settings: Settings,
    /// Folder of the backup
    #[arg(long, value_name = "DIR", required_unless_present = "in_place")]
    from: Option<PathBuf>,
    /// Name of the organisation; all of the backup without it
    #[arg(long, value_name = "NAME", requires = "from")]
    organisation: Option<String>,
    /// Put the backup in the place of what the firm has here
    #[arg(long, requires = "from")]
    replace: bool,
    /// Go on with a database that was put back by hand, such as an older copy or an older snapshot of its volume
    #[arg(long, conflicts_with = "from")]
    in_place: bool,
}

impl Restore {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.restore())
    }

    async fn restore(self) -> Result<(), String> {
        let config = match self.from {
            Some(_) => self.settings.read([]).map_err(|error| error.to_string())?,
            None => self.settings.read_held()?,
        };
        let store = state::open_store(&config).await.map_err(|error| start_error(&error))?;
        let done = match migrate(&store, schema::MIGRATIONS).await {
            Ok(_) => self.on(&store, &config).await,
            Err(error) => Err(error.to_string()),
        };
        store.close().await;
        done
    }

    #[expect(clippy::print_stdout, reason = "what was restored is the command's output")]
    async fn on(self, store: &Store, config: &Config) -> Result<(), String> {
        let (blobs, keyring, now) =
            (Blobs::at(&config.blobs_folder()), Keyring::in_folder(&config.data), Clock::System.now());
        let place = (&blobs, &keyring, config.data.as_path());
        let Some(from) = self.from else {
            let firms = backup::mend(store, place, now).await.map_err(|error| error.to_string())?;
            println!("{} firms go on with the database as it stands; their phones send what it lacks", firms.len());
            return Ok(());
        };
        let wanted = Wanted { from, organisation: self.organisation, replace: self.replace };
        let done = backup::restore(store, place, &wanted, now).await.map_err(|error| error.to_string())?;
        println!("restored: {} and {}", counted(done.firms.len(), "firm"), counted(done.files, "file"));
        if done.lacking > 0 {
            println!("{} files are not in the backup; the phones are asked for them", done.lacking);
        }
        Ok(())
    }
}
