//! What every handler needs, opened once.

use crate::{
    accept,
    blobs::{Blobs, DiskFiles, Files},
    clock::Clock,
    config::Config,
    coverage::Tracks,
    keys::{KeyError, Keys, ServerKey},
    office::{self, Office},
    password::Passwords,
    random::uuid_v4,
    store::{OpenError, Store, StoreError, incarnation, migrate, schema},
    upload::Uploads,
};
use firebee_domain::id::IncarnationId;
use std::sync::Arc;

/// The server's parts. Cloning is cheap.
pub type App = Arc<State>;

/// The parts.
pub struct State {
    /// The database.
    pub store: Store,
    /// The folder of the blobs.
    pub blobs: Blobs,
    /// What is being received.
    pub uploads: Uploads,
    /// Compares tracks with their fences.
    pub tracks: Tracks,
    /// What receipts are signed with and name.
    pub keys: Keys,
    /// What signing in and making accounts need.
    pub office: Office,
    /// The settings.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// Hashes passwords, two at once.
    pub passwords: Passwords,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The database cannot be opened: another server uses it, or it is missing.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The schema is of a newer program, or was changed.
    #[error(transparent)]
    Migrate(#[from] migrate::MigrateError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes.
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address of the setting.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The PostgreSQL setting cannot be read.
    #[error("the PostgreSQL setting cannot be read: {0}")]
    Postgres(#[from] tokio_postgres::Error),
}

/// The database's file in the data folder.
const DATABASE: &str = "firebee.db";

/// Whether a server has been there. Whether a PostgreSQL database has tables is its server's to say.
pub fn holds_data(config: &Config) -> bool {
    config.postgres.is_some() || config.data.join(DATABASE).exists()
}

/// Opens everything under `config`, brings the schema up to date and finds or makes key and incarnation.
///
/// # Errors
/// See [`StartError`].
pub async fn open(config: Config, clock: Clock) -> Result<App, StartError> {
    std::fs::create_dir_all(&config.data)?;
    let store = match &config.postgres {
        Some(url) => Store::postgres(url.parse()?, config.connections as usize)?,
        None => Store::sqlite(&config.data.join(DATABASE), config.connections as usize)?,
    };
    open_on(store, Arc::new(DiskFiles), config, clock).await
}

/// As [`open`], over a database and a file system of the caller's.
///
/// # Errors
/// See [`StartError`].
pub async fn open_on(store: Store, files: Arc<dyn Files>, config: Config, clock: Clock) -> Result<App, StartError> {
    std::fs::create_dir_all(&config.data)?;
    migrate::migrate(&store, schema::MIGRATIONS).await?;
    let learnt = accept::relearn(&store, clock.now()).await?;
    if learnt > 0 {
        tracing::info!(learnt, "facts that an older program could not read count now");
    }
    let key = ServerKey::load_or_make(&config.data)?;
    let keys = key.of(incarnation::incarnation(&store, IncarnationId(uuid_v4()?)).await?);
    office::catalogue::keep::keep(&store).await?;
    let (blobs, passwords) = (Blobs::open(&config.data, files)?, Passwords::default());
    let tracks = Tracks::new(store.clone(), blobs.clone(), config.track);
    let uploads = Uploads::new(store.clone(), blobs.clone(), clock.clone(), tracks.clone());
    let office = Office {
        store: store.clone(),
        clock: clock.clone(),
        passwords: passwords.clone(),
        keys: keys.clone(),
        fence_radius_m: config.fence_radius_m,
    };
    Ok(Arc::new(State { store, blobs, uploads, tracks, keys, office, config, clock, passwords }))
}
