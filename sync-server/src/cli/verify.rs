//! `firebee verify`: checks a data folder without serving it.

use super::{Settings, run};
use crate::verify::verify;
use clap::Args;
use std::process::ExitCode;

/// Read a data folder that no server runs on, a backup, or PostgreSQL, and hash every blob again
///
/// Exit status 1 when the bytes of a received blob do not match its name.
#[derive(Args, Clone, Debug)]
pub struct Verify {
    #[command(flatten)]
    settings: Settings,
    /// Print every fact and every blob as one JSON object
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.verify())
    }

    #[expect(clippy::print_stdout, reason = "what was found is the command's output")]
    async fn verify(self) -> Result<(), String> {
        let config = self.settings.read([]).map_err(|error| error.to_string())?;
        let found = verify(&config).await.map_err(|error| error.to_string())?;
        if self.json {
            println!("{}", serde_json::to_string(&found).map_err(|error| error.to_string())?);
        } else {
            let parked = found.facts.iter().filter(|fact| fact.code.is_some()).count();
            println!("{} facts, of which {parked} are kept and do not count", found.facts.len());
            println!("{} blobs, of which {} are broken", found.blobs.len(), found.broken());
        }
        match found.broken() {
            0 => Ok(()),
            broken => Err(format!("{broken} blobs are not what their names say; restore them from a backup")),
        }
    }
}
