//! Writes the log back into the database beside the writer, so that no answer waits for it.

use crate::store::StoreError;
use rusqlite::Connection;
use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::JoinHandle,
};

/// Pages in the log that are not written back (32 MiB): many commits change one page, which is written once.
const WAITING_PAGES_MAX: i64 = 8_192;
/// Pages of the log (128 MiB) from which on the writer waits: a log begins anew only when all of it is written back.
const LOG_PAGES_MAX: i64 = 32_768;

/// The thread that writes back. It has a connection only while it works: the writer's is the first and the last.
pub(super) struct Checkpointer {
    wake: SyncSender<()>,
    thread: JoinHandle<()>,
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
        Ok(Self { wake, thread })
    }

    /// Looks at the log after a commit of the writer, and has it written back when it is long.
    pub(super) fn look(&self, writer: &Connection) {
        let (pages, written_back) = checkpoint(writer, "PRAGMA wal_checkpoint(NOOP)").unwrap_or_default();
        if pages >= LOG_PAGES_MAX {
            // Readers may keep it from ending; then the log grows on, and the next commit looks again.
            let _ = checkpoint(writer, "PRAGMA wal_checkpoint(PASSIVE)");
        } else if pages - written_back >= WAITING_PAGES_MAX {
            // Woken already is as good.
            let _ = self.wake.try_send(());
        }
    }

    /// Ends the thread; to be called before the writer's connection is closed.
    pub(super) fn stop(self) {
        drop(self.wake);
        let _ = self.thread.join();
    }
}

/// What cannot be written back now stays in the log, which is as good; the writer sees why when it commits.
fn write_back(connect: impl Fn() -> Result<Connection, StoreError>, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        if let Ok(connection) = connect() {
            let _ = checkpoint(&connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }
}

/// The pages in the log, and how many of them stand in the database.
fn checkpoint(connection: &Connection, sql: &str) -> rusqlite::Result<(i64, i64)> {
    connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))
}
