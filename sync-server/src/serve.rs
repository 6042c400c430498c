//! The running server: listeners, the router, a graceful stop.

use crate::{
    api,
    clock::Clock,
    config::Config,
    console, courier,
    door::{self, Limits},
    feed,
    observe::{self, Metrics},
    office::account::tell_track,
    query,
    state::{self, App, StartError},
    store::{
        StoreError, Tx,
        mark::{self, MarkError},
    },
    upload::sweep,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// How long requests under way may take to end after a stop.
const STOP_MAX: Duration = Duration::from_secs(10);

/// How often the mark beside the database is raised.
const MARK_EVERY: Duration = Duration::from_secs(60);

/// How often a server that shares its database looks whether it was restored meanwhile.
const COMPARE_EVERY: Duration = Duration::from_secs(2);

/// Connections at once to the address of the metrics.
const METRICS_MAX: usize = 8;

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    api::routes()
        .layer(axum::middleware::from_fn_with_state(app.clone(), api::stamp::stamp))
        .layer(axum::middleware::from_fn(door::drain::rest))
        .merge(console::router(&app, &api::openapi::served()))
        .fallback(not_found)
        .method_not_allowed_fallback(api::method_not_allowed)
        .layer(DefaultBodyLimit::max(api::BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn(observe::observe))
        .with_state(app)
}

/// No such address: a problem for phones, a page for people.
async fn not_found(State(app): State<App>, request: Request) -> Response {
    if request.uri().path().starts_with("/v1/") {
        return api::not_found().await.into_response();
    }
    console::not_found(&app, &request)
}

/// A server that runs until [`Running::stop`], or until its process ends.
pub struct Running {
    /// The address of the server. The port is the real one when the setting says 0.
    pub address: SocketAddr,
    /// Where metrics are served, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    app: App,
    stop: watch::Sender<()>,
    listeners: JoinHandle<std::io::Result<()>>,
    courier: JoinHandle<()>,
    overtaken: JoinHandle<Option<MarkError>>,
}

/// Opens the data under `config` and listens.
///
/// # Errors
/// See [`StartError`]: a newer schema, another server on the same file, an address that is taken.
pub async fn serve(config: Config, clock: Clock) -> Result<Running, StartError> {
    let metrics = Metrics::install();
    let app = state::open(config, clock).await?;
    match start(app.clone(), metrics).await {
        Ok(running) => Ok(running),
        Err(error) => {
            app.store.close().await;
            Err(error)
        }
    }
}

async fn start(app: App, metrics: Metrics) -> Result<Running, StartError> {
    let told = tell_track(&app.office).await?;
    if told > 0 {
        tracing::info!(told, "phones are told other thresholds for the verdict on a track");
    }
    measure_calendar(&app).await;
    measure_disk(&app).await;
    listen(app, metrics).await
}

async fn listen(app: App, metrics: Metrics) -> Result<Running, StartError> {
    let bind = async |address: SocketAddr| {
        TcpListener::bind(address).await.map_err(|source| StartError::Listen { address, source })
    };
    let main = bind(app.config.listen).await?;
    let address = main.local_addr().map_err(StartError::Folder)?;
    let (stop, stopped) = watch::channel(());
    let mut listeners = JoinSet::new();
    let limits = Limits::of_this_process();
    listeners.spawn(door::serve(main, router(app.clone()), limits, stopped.clone()));
    let mut metrics_address = None;
    if let Some(wanted) = app.config.metrics {
        let listener = bind(wanted).await?;
        metrics_address = listener.local_addr().ok();
        let pages = Router::new().route("/metrics", get(observe::metrics)).with_state(metrics);
        listeners.spawn(door::serve(listener, pages, Limits { connections: METRICS_MAX, ..limits }, stopped));
    }
    tracing::info!(%address, metrics = ?metrics_address, "the server listens");
    tokio::spawn(keep_mark(app.clone(), stop.subscribe()));
    let overtaken = tokio::spawn(watch_restores(app.clone(), stop.subscribe()));
    tokio::spawn(judge_tracks(app.clone(), stop.subscribe()));
    tokio::spawn(sweep_uploads(app.clone(), stop.subscribe()));
    tokio::spawn(purge_feeds(app.clone(), stop.subscribe()));
    tokio::spawn(retire_projects(app.clone(), stop.subscribe()));
    tokio::spawn(watch_calendar(app.clone(), stop.subscribe()));
    let courier = tokio::spawn(courier::run(app.clone(), stop.subscribe()));
    let listeners = tokio::spawn(async move {
        let mut out = Ok(());
        while let Some(ended) = listeners.join_next().await {
            out = out.and(ended.map_err(std::io::Error::other));
        }
        out
    });
    Ok(Running { address, metrics_address, app, stop, listeners, courier, overtaken })
}

/// How often unfinished uploads, and tracks without a verdict, are looked through.
const SWEEP_EVERY: Duration = Duration::from_secs(3_600);

/// Marks the feeds and forgets old tombstones, at once and then every hour, until the server stops.
async fn purge_feeds(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        match purge_all(&app).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "deletions that are older than 180 days are forgotten"),
            Err(error) => tracing::warn!(%error, "old deletions could not be looked through"),
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn purge_all(app: &App) -> Result<u64, StoreError> {
    let mut gone = 0;
    for firm in app.store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await? {
        gone += feed::purge::purge(&app.store, firm, app.clock.now()).await?;
    }
    Ok(gone)
}

/// Takes ended projects from the phones at once and then every hour, until the server stops.
async fn retire_projects(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        match retire_all(&app).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "documents of projects that have ended left the phones"),
            Err(error) => tracing::warn!(%error, "ended projects could not be looked through"),
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn retire_all(app: &App) -> Result<u64, StoreError> {
    let mut gone = 0;
    for firm in app.store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await? {
        gone += feed::retire::retire(&app.store, firm, app.clock.now()).await?;
    }
    Ok(gone)
}

/// Shows the last year of the calendar in the metrics every hour, until the server stops: another server may have imported
/// one.
async fn watch_calendar(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => measure_calendar(&app).await,
            _ = stopped.changed() => return,
        }
    }
}

/// Shows the last year of the calendar in the metrics: in December somebody is to import the next one.
async fn measure_calendar(app: &App) {
    match app.store.read("find_calendar", async |tx: &mut Tx| query::calendar::calendar(tx).await).await {
        Ok(calendar) => observe::calendar_last_year(calendar.last_year().unwrap_or_default()),
        Err(error) => tracing::warn!(%error, "the calendar of working days could not be looked up"),
    }
}

/// Ends old uploads at once and then every hour, until the server stops. Several servers may do the same: a row is deleted
/// once.
async fn sweep_uploads(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        match sweep(&app.uploads, app.config.partial_upload_days).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "unfinished uploads that nobody went on with are gone"),
            Err(error) => tracing::warn!(%error, "unfinished uploads could not be looked through"),
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Judges the tracks that have no verdict at once and then every hour, until the server stops: a file that could not be read
/// may be readable again.
async fn judge_tracks(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        app.tracks.judge_left().await;
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Raises the mark while the server runs, so that a copy of the database that is put back later is known as older, and
/// measures the disk.
async fn keep_mark(app: App, mut stopped: watch::Receiver<()>) {
    let mut every = tokio::time::interval(MARK_EVERY);
    every.tick().await;
    loop {
        tokio::select! {
            _ = every.tick() => {
                raise_mark(&app).await;
                measure_disk(&app).await;
            }
            _ = stopped.changed() => return,
        }
    }
}

/// Shows the room on the disk of the photos in the metrics: below the reserve the server takes none.
async fn measure_disk(app: &App) {
    match app.blobs.room().await {
        Ok(bytes) => observe::disk_free(bytes),
        Err(error) => tracing::warn!(%error, "the room on the disk of the photos could not be looked up"),
    }
}

/// Ends with [`MarkError::Restored`] when somebody restores the database under the server, which only PostgreSQL lets them do.
/// The restore is one transaction that nothing else runs beside, so what the server did before and does after it is sound.
async fn watch_restores(app: App, mut stopped: watch::Receiver<()>) -> Option<MarkError> {
    while app.store.is_shared() {
        tokio::select! {
            () = tokio::time::sleep(COMPARE_EVERY) => {}
            _ = stopped.changed() => return None,
        }
        match mark::compare(&app.store, &app.generation).await {
            Ok(()) => {}
            Err(error @ MarkError::Restored) => return Some(error),
            Err(error) => tracing::warn!(%error, "whether the database was restored could not be looked up"),
        }
    }
    None
}

async fn raise_mark(app: &App) {
    if let Err(error) = mark::raise(&app.store, &app.config.data).await {
        tracing::warn!(%error, "the mark beside the database was not raised");
    }
}

impl Running {
    /// The server's parts, for commands that run beside it in the same process.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Takes no new requests, lets those under way end (ten seconds at most), then closes the database.
    pub async fn stop(self) {
        self.stop.send(()).ok();
        let mut listeners = self.listeners;
        if tokio::time::timeout(STOP_MAX, &mut listeners).await.is_err() {
            tracing::warn!("some requests did not end in time and were cut off");
            listeners.abort();
        }
        // It waits for no receiver, and writes nothing down any more.
        self.courier.await.ok();
        raise_mark(&self.app).await;
        self.app.store.close().await;
        tracing::info!("the server stopped");
    }

    /// Waits until the server must end by itself: the listeners ended, which only a failure of the system makes them do, or
    /// somebody restored the database.
    ///
    /// # Errors
    /// That failure, or [`MarkError::Restored`].
    pub async fn wait(&mut self) -> std::io::Result<()> {
        tokio::select! {
            Ok(Some(error)) = &mut self.overtaken => Err(std::io::Error::other(error)),
            ended = &mut self.listeners => ended.unwrap_or_else(|error| Err(std::io::Error::other(error))),
        }
    }
}
