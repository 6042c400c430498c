//! What every handler needs, opened once.

use crate::{
    accept,
    blobs::{Blobs, DiskFiles, Files},
    clock::Clock,
    config::Config,
    coverage::Tracks,
    keys::{KeyError, Keyring, Keys},
    office::{self, Office},
    org::Org,
    password::Passwords,
    query,
    rate::{Calling, Rate},
    report::Printer,
    store::{
        DATABASE, OpenError, Store, StoreError, Tx,
        mark::{self, Generation, MarkError},
        migrate, schema,
    },
    upload::{UploadLimits, Uploads},
};
use firebee_domain::{code::Code, id::StoreId};
use std::sync::Arc;
use tokio::sync::Semaphore;

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
    /// Prints reports.
    pub printer: Printer,
    /// How often strangers verify reports.
    pub verifying: Rate,
    /// How often strangers call for repairs.
    pub calling: Calling,
    /// The firms' keys.
    pub keyring: Keyring,
    /// What signing in and making accounts need.
    pub office: Office,
    /// The settings.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// A permit for each push that may be unpacked now.
    pub pushes: Semaphore,
    /// Hashes passwords, two at once.
    pub passwords: Passwords,
    /// Which restore of the database it serves.
    pub generation: Generation,
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
    /// The database was put back by hand, or is a backup's.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// A phone has shown that the database was put back by hand.
    #[error(
        "a phone has a receipt for records that are not in the database of {0}: it was put back by hand. Restore a backup with \
         `firebee restore --from FOLDER`, or, to go on with the database as it stands, run `firebee restore --in-place`: \
         phones then send again what it lacks"
    )]
    Behind(String),
    /// A firm's key is missing, or another than the one in the database.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address of the setting.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

impl StartError {
    /// The stable code of this error, where it has one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Open(error) => Some(error.code()),
            Self::Migrate(error) => Some(error.code()),
            Self::Mark(MarkError::Behind { .. }) | Self::Behind(_) => Some(Code::DataBehind),
            Self::Key(error) => Some(error.code()),
            Self::Store(error) | Self::Mark(MarkError::Store(error)) => Some(error.at_start()),
            Self::Folder(_) | Self::Mark(MarkError::File(_)) => Some(Code::StoreUnusable),
            Self::Mark(MarkError::Backup | MarkError::OtherEngine { .. } | MarkError::Restored)
            | Self::Listen { .. } => None,
        }
    }
}

/// Whether a server has been there. Whether a PostgreSQL database has tables is its server's to say.
pub fn holds_data(config: &Config) -> bool {
    config.postgres.is_some() || config.data.join(DATABASE).exists()
}

/// Opens everything under `config`, brings the schema up to date and compares each firm's key with its row.
///
/// # Errors
/// See [`StartError`].
pub async fn open(config: Config, clock: Clock) -> Result<App, StartError> {
    let store = open_store(&config).await?;
    let opened = open_on(store.clone(), Arc::new(DiskFiles), config, clock).await;
    if opened.is_err() {
        // The command that mends it finds the file free.
        store.close().await;
    }
    opened
}

/// The database under `config`, as it stands.
///
/// # Errors
/// See [`StartError`]; of a PostgreSQL server that cannot be used it says what to check.
pub async fn open_store(config: &Config) -> Result<Store, StartError> {
    std::fs::create_dir_all(&config.data)?;
    Ok(match &config.postgres {
        Some(address) => {
            Store::reach_postgres(address).await?;
            Store::postgres(address.clone(), config.connections as usize)?
        }
        None => Store::sqlite(&config.data.join(DATABASE), config.connections as usize)?,
    })
}

/// The database under `config`, to read it beside a server or without one.
///
/// # Errors
/// See [`StartError`].
pub fn reading_store(config: &Config) -> Result<Store, StartError> {
    Ok(match &config.postgres {
        Some(address) => Store::postgres(address.clone(), 1)?,
        None => Store::sqlite_reading(&config.data.join(DATABASE))?,
    })
}

/// As [`open`], over a database and a file system of the caller's.
///
/// # Errors
/// See [`StartError`].
pub async fn open_on(store: Store, files: Arc<dyn Files>, config: Config, clock: Clock) -> Result<App, StartError> {
    std::fs::create_dir_all(&config.data)?;
    let generation = check(&store, &config).await?;
    assemble(store, files, config, (clock, generation)).await
}

async fn check(store: &Store, config: &Config) -> Result<Generation, StartError> {
    migrate::migrate(store, schema::MIGRATIONS).await?;
    let generation = mark::check(store, &config.data).await?;
    check_firms(store, &Keyring::in_folder(&config.data)).await?;
    Ok(generation)
}

/// Opens everything under `config` although a firm's key may be missing: for the commands that bring it back.
///
/// # Errors
/// See [`StartError`].
pub async fn open_to_mend(config: Config, clock: Clock) -> Result<App, StartError> {
    let store = open_store(&config).await?;
    migrate::migrate(&store, schema::MIGRATIONS).await?;
    assemble(store, Arc::new(DiskFiles), config, (clock, None)).await
}

async fn assemble(
    store: Store,
    files: Arc<dyn Files>,
    config: Config,
    (clock, generation): (Clock, Generation),
) -> Result<App, StartError> {
    let learnt = accept::relearn(&store, clock.now()).await?;
    if learnt > 0 {
        tracing::info!(learnt, "facts that an older program could not read count now");
    }
    let keyring = Keyring::in_folder(&config.data);
    office::catalogue::keep::keep(&store).await?;
    let (blobs, passwords) = (Blobs::open(&config.blobs_folder(), files)?, Passwords::of_cost(config.password_cost));
    let tracks = Tracks::new(store.clone(), blobs.clone(), config.track);
    let limits = UploadLimits {
        reserve_bytes: u64::from(config.reserve_mb) << 20,
        unfinished_bytes_max: u64::from(config.unfinished_mb_max) << 20,
    };
    let uploads = Uploads::new(store.clone(), blobs.clone(), clock.clone(), tracks.clone(), limits);
    let printer = Printer::new(
        (store.clone(), blobs.clone(), uploads.clone()),
        (config.report_program(), config.report_fonts.clone()),
        config.data.join("printing"),
    );
    let office = Office {
        store: store.clone(),
        clock: clock.clone(),
        passwords: passwords.clone(),
        keyring: keyring.clone(),
        track: config.track,
    };
    let pushes = Semaphore::new(config.pushes as usize);
    Ok(Arc::new(State {
        store,
        blobs,
        uploads,
        tracks,
        printer,
        verifying: Rate::looks(),
        calling: Calling::default(),
        keyring,
        office,
        config,
        clock,
        pushes,
        passwords,
        generation,
    }))
}

/// A server does not start when it cannot sign for one of its firms, would sign with a key that no phone of the firm
/// knows, or has data that a phone has shown to be older than its receipt.
async fn check_firms(store: &Store, keyring: &Keyring) -> Result<(), StartError> {
    let read = async move |tx: &mut Tx| {
        let mut seals = Vec::new();
        for org in query::org::all(tx).await? {
            seals.push((org, query::org::seal(tx, org).await?));
        }
        Ok::<_, StoreError>((seals, query::org::behind(tx).await?))
    };
    let (seals, behind) = store.read("check_firms", read).await?;
    if !behind.is_empty() {
        return Err(StartError::Behind(behind.join(", ")));
    }
    for (org, seal) in seals {
        keyring.of(org.id(), seal)?;
    }
    Ok(())
}

/// Why a firm's key cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl State {
    /// What a firm signs with.
    ///
    /// # Errors
    /// See [`SignError`].
    pub async fn keys(&self, org: Org) -> Result<Keys, SignError> {
        let seal = self.store.read("find_seal", async move |tx: &mut Tx| query::org::seal(tx, org).await).await?;
        Ok(self.keyring.of(org.id(), seal)?)
    }

    /// What the firm of a phone's store signs with; of an unknown store, the only firm of the server. `None` when there
    /// are several, or when the key cannot be had, which is logged.
    pub async fn keys_of_store(&self, store: StoreId) -> Option<Keys> {
        let find = async move |tx: &mut Tx| match query::org::of_store(tx, store).await? {
            Some(org) => Ok(Some(org)),
            None => query::org::only(tx).await,
        };
        let org = self.store.read::<_, StoreError, _>("find_store_org", find).await.ok().flatten()?;
        let keys = self.keys(org).await;
        keys.inspect_err(|error| tracing::error!(%error, "a time cannot be signed")).ok()
    }
}
