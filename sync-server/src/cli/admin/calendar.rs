//! `firebee admin calendar`: the working days by which deadlines are counted.

use super::{read, sentence};
use crate::{
    office::calendar::{Imported, import},
    state::App,
};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand, Clone, Debug)]
pub(super) enum Calendar {
    /// Take in the working days of a year, as the State Council published them. docs/operations.md explains the file
    Import {
        /// The file; `-` reads standard input
        #[arg(value_name = "FILE")]
        from: PathBuf,
        /// Show what it would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

impl Calendar {
    pub(super) async fn run(self, app: &App) -> Result<(), String> {
        let Self::Import { from, dry_run } = self;
        let file = read(&from, false)?;
        let at = (!dry_run).then(|| app.clock.now());
        let imported = import(&app.store, &file, at).await.map_err(|error| sentence(&error))?;
        tell(&imported, dry_run);
        Ok(())
    }
}

fn tell(imported: &Imported, dry_run: bool) {
    let Imported { year, is_new, changed, versions: [before, after], deadlines } = imported;
    let known = if *is_new { "was not known" } else { "was known" };
    println!("{year} {known}; {} days change", changed.len());
    for changed in changed {
        let becomes = if changed.is_worked { "worked" } else { "off" };
        println!("{}  {becomes}  {}", changed.day, changed.name);
    }
    println!("{deadlines} reports that wait to be filed have another last day, or one that is settled");
    if dry_run {
        println!("nothing was changed; calendar {before} would become {after}");
    } else {
        println!("calendar {before} is now {after}");
    }
}
