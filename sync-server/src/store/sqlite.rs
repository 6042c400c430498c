//! The SQLite engine: one thread writes in groups, and read-only connections read beside it. Where blocking work runs in
//! tasks, the writer is a task.

use super::{
    OpenError, StoreError, Tx,
    job::{Failure, Job, Outcome},
    lock,
    tx::Engine,
};
use crate::blocking;
use checkpoint::Checkpointer;
use percent_encoding::{AsciiSet, CONTROLS};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

mod checkpoint;
mod group;

/// Jobs that may wait for the writer before callers wait themselves.
const QUEUE_MAX: usize = 1024;
/// How long to wait for a lock of another program, such as a backup or a shell.
const BUSY_MAX: Duration = Duration::from_secs(5);
const STATEMENTS_CACHED: usize = 256;
/// What a file's name may hold and an address of SQLite may not.
const URI: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#').add(b' ');

/// How to open a SQLite file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteOptions {
    /// Read-only connections, at least 1.
    pub readers: usize,
    /// The name of a registered VFS; `None` is the system's.
    pub vfs: Option<String>,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { readers: 4, vfs: None }
    }
}

pub(super) struct Sqlite {
    jobs: mpsc::Sender<Message>,
    /// Closed when the writer has ended: its sender lives as long as the writer's connection and the lock.
    writing: watch::Receiver<()>,
    /// A permit for each idle reader.
    permits: Arc<Semaphore>,
    readers: u32,
    idle: Arc<Mutex<Vec<Tx>>>,
    /// The statements that ran.
    pub(super) ran: Arc<AtomicU64>,
    /// Of a store without a writer: keeps servers away while it reads. A writer's lock lives in its thread.
    _reading: Option<lock::Lock>,
}

enum Message {
    Job(group::Queued),
    Stop,
}

impl Sqlite {
    pub(super) fn open(path: &Path, options: &SqliteOptions) -> Result<Self, OpenError> {
        let lock = lock::acquire(path)?;
        let vfs = options.vfs.as_deref();
        let writer = connect(path, OpenFlags::default(), vfs)?;
        let checkpointer = if blocking::is_inline() {
            Checkpointer::Inline
        } else {
            let again = (path.to_owned(), options.vfs.clone());
            Checkpointer::start(move || connect(&again.0, OpenFlags::default(), again.1.as_deref()))?
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let readers = u32::try_from(options.readers.max(1)).map_err(|e| StoreError::Bug(e.to_string()))?;
        let ran = Arc::<AtomicU64>::default();
        let idle = (0..readers).map(|_| Ok(Tx::new(Engine::Sqlite(connect(path, flags, vfs)?), ran.clone())));
        let idle = idle.collect::<Result<Vec<_>, StoreError>>()?;
        let (jobs, queue) = mpsc::channel(QUEUE_MAX);
        let (alive, writing) = watch::channel(());
        let writer =
            Writer { checkpointer, tx: Tx::new(Engine::Sqlite(writer), ran.clone()), _lock: lock, _alive: alive };
        writer.start(queue).map_err(|e| StoreError::Lost(e.to_string()))?;
        let permits = Arc::new(Semaphore::new(idle.len()));
        Ok(Self { jobs, writing, permits, readers, idle: Arc::new(Mutex::new(idle)), ran, _reading: None })
    }

    /// One reader and no writer.
    pub(super) fn open_reading(path: &Path, lock: Option<lock::Lock>) -> Result<Self, OpenError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        // Without a write-ahead log nobody has the file open, and all that it holds is in it.
        let alone = !Path::new(&log).exists();
        let connection = if alone { connect(&immutable(path), flags, None)? } else { connect(path, flags, None)? };
        let (jobs, _) = mpsc::channel(1);
        let (_, writing) = watch::channel(());
        let ran = Arc::<AtomicU64>::default();
        let idle = Arc::new(Mutex::new(vec![Tx::new(Engine::Sqlite(connection), ran.clone())]));
        Ok(Self { jobs, writing, permits: Arc::new(Semaphore::new(1)), readers: 1, idle, ran, _reading: lock })
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, wait) = oneshot::channel::<Outcome<T, E>>();
        let queued: group::Queued = Box::new(move |tx| {
            let out = match tx {
                // The caller is gone before its job began, so the job is skipped.
                Ok(_) if answer.is_closed() => Err(StoreError::Closed.into()),
                Ok(tx) => tx.run_now(job),
                Err(error) => Err(error.into()),
            };
            let keep = out.is_ok();
            (
                keep,
                Box::new(move |commit| drop(answer.send(out.and_then(|v| commit.map(|()| v).map_err(Failure::from))))),
            )
        });
        self.jobs.send(Message::Job(queued)).await.map_err(|_| StoreError::Closed)?;
        wait.await.map_err(|_| StoreError::Closed)?
    }

    pub(super) async fn read<T, E, F>(&self, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let idle = self.idle.clone();
        let run = move || {
            let Some(mut tx) = locked(&idle).pop() else { return Err(StoreError::Closed.into()) };
            let out = tx.control("BEGIN").map_err(Failure::from).and_then(|()| tx.run_now(job));
            let end = if tx.is_open() { tx.control("ROLLBACK") } else { Ok(()) };
            tx.ended = None;
            locked(&idle).push(tx);
            drop(permit);
            out.and_then(|value| end.map(|()| value).map_err(Failure::from))
        };
        blocking::run(run).await.unwrap_or_else(|e| Err(StoreError::Bug(e.to_string()).into()))
    }

    /// The readers close first. Then the writer's connection is the last one, so closing it writes the WAL back and
    /// removes it.
    pub(super) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.readers).await {
            self.permits.close();
            all.forget();
            locked(&self.idle).clear();
        }
        self.jobs.send(Message::Stop).await.ok();
        self.writing.clone().changed().await.ok();
    }
}

fn locked(idle: &Mutex<Vec<Tx>>) -> std::sync::MutexGuard<'_, Vec<Tx>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The address of a file that nobody changes: SQLite then needs no files beside it.
fn immutable(path: &Path) -> PathBuf {
    let named = percent_encoding::percent_encode(path.as_os_str().as_bytes(), URI).to_string();
    PathBuf::from(format!("file:{named}?immutable=1"))
}

fn connect(path: &Path, flags: OpenFlags, vfs: Option<&str>) -> Result<Connection, StoreError> {
    let connection = match vfs {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(BUSY_MAX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // Otherwise SQLite prepares a cached statement again whenever a bound value might suit another plan. No plan here
    // hangs on a value, and one change would cost a fifth more.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;")?;
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
        // SQLite answers with another mode where the file system cannot share memory. There readers would block the
        // writer.
        let mode: String = connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Bug(format!("the database cannot use a write-ahead log (it stays in {mode})")));
        }
        // FULL: an answered write survives a power cut. The limit gives back the space of a burst.
        connection.execute_batch("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;")?;
        // A cache of 16 MiB holds the pages of a large push until its commit. A second thread checkpoints the WAL.
        connection.execute_batch("PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=0;")?;
    }
    Ok(connection)
}

/// Who writes. Its parts end in this order: the checkpoints, the connection, the lock, and then who waits for the end
/// hears of it.
struct Writer {
    checkpointer: Checkpointer,
    tx: Tx,
    _lock: lock::Lock,
    _alive: watch::Sender<()>,
}

impl Writer {
    fn start(mut self, mut queue: mpsc::Receiver<Message>) -> std::io::Result<()> {
        let mut waiting = Vec::with_capacity(group::JOBS_MAX);
        if blocking::is_inline() {
            tokio::spawn(async move {
                while queue.recv_many(&mut waiting, group::JOBS_MAX).await > 0 {
                    self.commit(&mut waiting, &mut queue);
                }
            });
            return Ok(());
        }
        let write = move || {
            while queue.blocking_recv_many(&mut waiting, group::JOBS_MAX) > 0 {
                self.commit(&mut waiting, &mut queue);
            }
        };
        std::thread::Builder::new().name("store-writer".into()).spawn(write).map(drop)
    }

    fn commit(&mut self, waiting: &mut Vec<Message>, queue: &mut mpsc::Receiver<Message>) {
        let mut jobs = Vec::with_capacity(waiting.len());
        for message in waiting.drain(..) {
            match message {
                Message::Job(job) => jobs.push(job),
                Message::Stop => queue.close(),
            }
        }
        if !jobs.is_empty() {
            group::run(&mut self.tx, jobs);
            if let Engine::Sqlite(connection) = &self.tx.engine {
                self.checkpointer.look(connection);
            }
        }
    }
}

impl Tx {
    /// A transaction statement of the store's own, on SQLite.
    fn control(&self, sql: &'static str) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(connection) => Ok(connection.prepare_cached(sql)?.raw_execute().map(drop)?),
            Engine::Postgres { .. } => Err(StoreError::Bug("not SQLite".into())),
        }
    }

    fn is_open(&self) -> bool {
        matches!(&self.engine, Engine::Sqlite(connection) if !connection.is_autocommit())
    }
}
