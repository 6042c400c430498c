//! `firebee export`: writes out what the server keeps, readable without SQL.

use super::{Settings, run};
use crate::{
    export::{Wanted, facts},
    state,
};
use clap::{Args, Subcommand};
use firebee_domain::id::StoreId;
use std::{
    io::{BufWriter, stdout},
    process::ExitCode,
};

/// Write out what the server keeps; while it is stopped (SQLite) or beside it (PostgreSQL)
#[derive(Args, Clone, Debug)]
pub struct Export {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Clone, Debug)]
enum What {
    /// Every fact as it came, by firm, phone store and number: one JSON object a line with place, time and outcome
    Facts {
        /// Name of one organisation
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
        /// One phone's store
        #[arg(long, value_name = "ID")]
        store: Option<StoreId>,
        /// The exact lines and nothing else
        #[arg(long)]
        plain: bool,
    },
}

impl Export {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.export())
    }

    async fn export(self) -> Result<(), String> {
        let config = self.settings.read_held()?;
        let store = state::reading_store(&config).map_err(|error| error.to_string())?;
        let What::Facts { organisation, store: one, plain } = self.what;
        let wanted = Wanted { organisation, store: one, plain };
        let written = facts(&store, &wanted, &mut BufWriter::new(stdout().lock())).await;
        store.close().await;
        written.map(drop).map_err(|error| error.to_string())
    }
}
