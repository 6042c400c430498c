//! `firebee export`: writes out what the server keeps, readable without SQL.

use super::{Settings, run};
use crate::{
    blobs::Blobs,
    clock::Clock,
    config::Config,
    export::{
        Asked, Format, Table,
        facts::{Wanted, facts},
        stream,
        track::{self, TrackFormat},
    },
    org::Org,
    query, state,
    store::{Store, StoreError, Tx},
};
use bytes::Bytes;
use clap::{Args, Subcommand};
use firebee_domain::{
    account::Actor,
    id::{ProjectId, StoreId, TaskId},
};
use futures_util::{Stream, StreamExt as _};
use std::{
    io::{BufWriter, Write as _, stdout},
    pin::pin,
    process::ExitCode,
};
use uuid::Uuid;

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
    /// A table as programs read it: projects, tasks, faults or reports; docs/data.md has the columns
    Table {
        /// projects, tasks, faults or reports
        table: Table,
        /// Login of the account whose rights count: what it may read is written
        #[arg(long, value_name = "LOGIN")]
        account: String,
        /// ndjson or csv
        #[arg(long = "as", value_name = "FORMAT", default_value = "ndjson")]
        format: Format,
        /// Only rows of this project
        #[arg(long, value_name = "ID")]
        project: Option<ProjectId>,
        /// Only rows behind the one with this id
        #[arg(long, value_name = "ID")]
        after: Option<Uuid>,
    },
    /// The track of a task, in WGS-84
    Track {
        /// The task
        task: TaskId,
        /// Login of the account whose rights count
        #[arg(long, value_name = "LOGIN")]
        account: String,
        /// geojson or gpx
        #[arg(long = "as", value_name = "FORMAT", default_value = "geojson")]
        format: TrackFormat,
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
        let written = write(&config, &store, self.what).await;
        store.close().await;
        written
    }
}

async fn write(config: &Config, store: &Store, what: What) -> Result<(), String> {
    match what {
        What::Facts { organisation, store: one, plain } => {
            let wanted = Wanted { organisation, store: one, plain };
            let written = facts(store, &wanted, &mut BufWriter::new(stdout().lock())).await;
            written.map(drop).map_err(|error| error.to_string())
        }
        What::Table { table, account, format, project, after } => {
            let reader = reader(store, account).await?;
            let asked = Asked { table, format, project, after, now: Clock::System.now() };
            copy(stream(store.clone(), reader, asked)).await
        }
        What::Track { task, account, format } => {
            let reader = reader(store, account).await?;
            let found = track::find(store, reader, task).await.map_err(|error| error.to_string())?;
            let walked = found.ok_or_else(|| format!("there is no task {task} whose track this account may read"))?;
            copy(track::stream(Blobs::at(&config.blobs_folder()), walked, format)).await
        }
    }
}

/// The account of a login, with its firm.
async fn reader(store: &Store, login: String) -> Result<(Org, Actor), String> {
    let typed = login.clone();
    let read = async move |tx: &mut Tx| {
        let Some((org, account)) = query::org::of_login(tx, &typed).await? else { return Ok(None) };
        Ok(query::member::member(tx, org, account).await?.map(|member| (org, member.actor)))
    };
    let found: Result<_, StoreError> = store.read("find_reader", read).await;
    let found = found.map_err(|error| error.to_string())?;
    found.ok_or_else(|| format!("no account has the login {login}; `firebee admin list-accounts` shows them"))
}

async fn copy(text: impl Stream<Item = Result<Bytes, StoreError>>) -> Result<(), String> {
    let (mut text, mut output) = (pin!(text), BufWriter::new(stdout()));
    while let Some(part) = text.next().await {
        let part = part.map_err(|error| error.to_string())?;
        output.write_all(&part).map_err(|error| format!("the output cannot be written: {error}"))?;
    }
    output.flush().map_err(|error| format!("the output cannot be written: {error}"))
}
