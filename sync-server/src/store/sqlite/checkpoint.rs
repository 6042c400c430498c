//! Checkpoints the WAL in a second thread, so that no answer waits for it. A writer in a task does it itself.

use crate::store::StoreError;
use rusqlite::Connection;
use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::JoinHandle,
};

/// Pages of the WAL (32 MiB) after which a checkpoint runs. Waiting saves writes, because many commits change the same
/// page.
const WAITING_PAGES_MAX: i64 = 8_192;
/// Pages of the WAL (128 MiB) after which the writer waits: SQLite restarts a WAL only when all of it is checkpointed.
const LOG_PAGES_MAX: i64 = 32_768;

/// Who checkpoints.
pub(super) enum Checkpointer {
    /// The writer.
    Inline,
    /// A thread. It has a connection only while it works, so that the writer's connection is the first to open and the
    /// last to close.
    Thread {
        /// `None` when it shall end.
        wake: Option<SyncSender<()>>,
        /// `None` when it has ended.
        thread: Option<JoinHandle<()>>,
    },
}

impl Checkpointer {
    pub(super) fn start(
        connect: impl Fn() -> Result<Connection, StoreError> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (wake, woken) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("store-checkpointer".into())
            .spawn(move || write_back(connect, &woken))
            .map_err(|error| StoreError::Lost(error.to_string()))?;
        Ok(Self::Thread { wake: Some(wake), thread: Some(thread) })
    }

    /// Checks the length of the WAL after a commit, and starts a checkpoint when it is long.
    pub(super) fn look(&self, writer: &Connection) {
        let (pages, written_back) = checkpoint(writer, "PRAGMA wal_checkpoint(NOOP)").unwrap_or_default();
        let due = pages - written_back >= WAITING_PAGES_MAX;
        match self {
            Self::Thread { wake: Some(wake), .. } if due && pages < LOG_PAGES_MAX => {
                // Woken already is as good.
                let _ = wake.try_send(());
            }
            _ if due || pages >= LOG_PAGES_MAX => {
                // Readers may keep it from ending; then the log grows on, and the next commit looks again.
                let _ = checkpoint(writer, "PRAGMA wal_checkpoint(PASSIVE)");
            }
            _ => {}
        }
    }
}

impl Drop for Checkpointer {
    /// Waits for the thread to end.
    fn drop(&mut self) {
        if let Self::Thread { wake, thread } = self {
            drop(wake.take());
            let _ = thread.take().map(JoinHandle::join);
        }
    }
}

/// A failed checkpoint is harmless: the pages stay in the WAL. If the disk fails, the writer sees it at its next
/// commit.
fn write_back(connect: impl Fn() -> Result<Connection, StoreError>, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        if let Ok(connection) = connect() {
            let _ = checkpoint(&connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }
}

/// The number of pages in the WAL, and how many of them are in the database file.
fn checkpoint(connection: &Connection, sql: &str) -> rusqlite::Result<(i64, i64)> {
    connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))
}
