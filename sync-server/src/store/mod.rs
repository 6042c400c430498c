//! The database: one body, two engines.
//!
//! A use case is written once, as `async fn(tx: &mut Tx)`, and runs inside [`Store::write`] or [`Store::read`]. The
//! engine is SQLite (one writer thread, group commit, one server for a file) or PostgreSQL (a pool, many servers).
//!
//! Invariant: a write that was answered `Ok` is on disk. Invariant: a job awaits nothing but its [`Tx`].

mod error;
mod ids;
mod job;
mod lock;
pub mod mark;
pub mod migrate;
mod own;
mod packed;
mod postgres;
mod row;
pub mod schema;
mod sql;
mod sqlite;
mod tx;
mod value;
pub mod whole;
mod words;

pub use error::{OpenError, StoreError};
pub use job::Job;
pub use own::{json, number, own, stored};
pub use packed::{Packed, UnpackError, pack, unpack, unpack_within};
pub use postgres::{ReachError, Trouble};
pub use row::{Cell, FromCell, Row};
pub use sql::{Batch, Sql, Ty};
#[doc(hidden)]
pub use sql::{dollar_text, to_dollars};
pub use sqlite::SqliteOptions;
pub use tx::Tx;
pub use value::Value;
pub(crate) use words::stored_words;
pub use words::{BlobStage, CommitmentState, ReportPicture, Setting, StoreState};

use crate::config::PostgresAddress;
use job::Outcome;
use std::{
    path::Path,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

/// The file of an SQLite database in its data folder, and in a backup.
pub const DATABASE: &str = "firebee.db";

/// The database of a server. Cloning is cheap; all clones are one store.
#[derive(Clone)]
pub struct Store(Arc<Kind>);

enum Kind {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Store {
    /// Opens (or makes) the SQLite file at `path`, with `readers` read-only connections beside the writer.
    ///
    /// # Errors
    /// [`OpenError::InUse`] while another server has it open.
    pub fn sqlite(path: &Path, readers: usize) -> Result<Self, OpenError> {
        Self::sqlite_on(path, &SqliteOptions { readers, ..SqliteOptions::default() })
    }

    /// As [`Store::sqlite`], with every option.
    ///
    /// # Errors
    /// As [`Store::sqlite`].
    pub fn sqlite_on(path: &Path, options: &SqliteOptions) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(Kind::Sqlite(sqlite::Sqlite::open(path, options)?))))
    }

    /// Opens an SQLite file to read it, beside a server or without one. Nothing is written, not even beside the file
    /// when no server has it open, so the folder may be one that this process cannot write to.
    ///
    /// # Errors
    /// [`OpenError::Store`] if it cannot be read.
    pub fn sqlite_reading(path: &Path) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(Kind::Sqlite(sqlite::Sqlite::open_reading(path, None)?))))
    }

    /// As [`Store::sqlite_reading`], for a file that no server may have open meanwhile.
    ///
    /// # Errors
    /// [`OpenError::InUse`] while a server has it open.
    pub fn sqlite_alone(path: &Path) -> Result<Self, OpenError> {
        let lock = lock::look(path)?;
        Ok(Self(Arc::new(Kind::Sqlite(sqlite::Sqlite::open_reading(path, lock)?))))
    }

    /// A pool of at most `size` connections, made when first needed.
    ///
    /// # Errors
    /// [`OpenError::Store`] if the pool cannot be built; an unreachable server is found by the first job.
    pub fn postgres(address: impl Into<PostgresAddress>, size: usize) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(Kind::Postgres(postgres::Postgres::open(&address.into(), size)?))))
    }

    /// Whether a PostgreSQL server answers and lets this user make tables.
    ///
    /// # Errors
    /// [`OpenError::Reach`] with a sentence that says what to check.
    pub async fn reach_postgres(address: &PostgresAddress) -> Result<(), OpenError> {
        Ok(postgres::reach(address).await?)
    }

    /// Runs `job` in a transaction of its own: `Ok` commits and is on disk, `Err` or a panic rolls back.
    ///
    /// A started job runs to its end, even when the caller is dropped. On PostgreSQL a job that lost a deadlock or a
    /// serialization conflict runs again, at most 20 times in all. So a job is `Clone` (put large inputs in an [`Arc`])
    /// and has no effects outside its `Tx`. `operation` names the job in metrics and logs: lower snake_case, one name
    /// for each use case.
    ///
    /// # Errors
    /// The job's own, or a [`StoreError`].
    pub async fn write<T, E, F>(&self, operation: &'static str, job: F) -> Result<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let started = Instant::now();
        let out = match &*self.0 {
            Kind::Sqlite(sqlite) => sqlite.write(job).await,
            Kind::Postgres(postgres) => postgres.write(job).await,
        };
        finish(operation, started, out)
    }

    /// Like [`Store::write`], but read-only. All statements of the job see the same state of the database.
    ///
    /// # Errors
    /// As [`Store::write`]; a write inside is a [`StoreError::Bug`].
    pub async fn read<T, E, F>(&self, operation: &'static str, job: F) -> Result<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let started = Instant::now();
        let out = match &*self.0 {
            Kind::Sqlite(sqlite) => sqlite.read(job).await,
            Kind::Postgres(postgres) => postgres.read(job).await,
        };
        finish(operation, started, out)
    }

    /// How many statements have run since it was opened, those of a batch as one.
    pub fn statements(&self) -> u64 {
        match &*self.0 {
            Kind::Sqlite(sqlite) => sqlite.ran.load(Ordering::Relaxed),
            Kind::Postgres(postgres) => postgres.ran.load(Ordering::Relaxed),
        }
    }

    /// What kind of database it is: `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match &*self.0 {
            Kind::Sqlite(_) => "sqlite",
            Kind::Postgres(_) => "postgres",
        }
    }

    /// Whether other servers may work on the same database at the same time.
    pub fn is_shared(&self) -> bool {
        matches!(&*self.0, Kind::Postgres(_))
    }

    /// Finishes all accepted jobs, then closes the connections and releases the SQLite file. Later calls get
    /// [`StoreError::Closed`].
    pub async fn close(&self) {
        match &*self.0 {
            Kind::Sqlite(sqlite) => sqlite.close().await,
            Kind::Postgres(postgres) => postgres.close().await,
        }
    }
}

/// Records how long the operation took, waiting included, and logs what the store met.
fn finish<T, E>(operation: &'static str, started: Instant, out: Outcome<T, E>) -> Result<T, E> {
    metrics::histogram!("firebee_store_seconds", "operation" => operation).record(started.elapsed().as_secs_f64());
    out.map_err(|failure| {
        if let Some(cause) = failure.cause {
            match &cause {
                // Jobs can expect these errors, so the caller decides about them.
                StoreError::Unique(_) | StoreError::Constraint(_) | StoreError::Closed => {
                    tracing::debug!(operation, error = %cause, "the database refused a job");
                }
                StoreError::Retry(_) => tracing::warn!(operation, error = %cause, "the database was contended"),
                StoreError::Lost(_)
                | StoreError::Damaged(_)
                | StoreError::Full(_)
                | StoreError::Pooled(_)
                | StoreError::Bug(_) => {
                    tracing::error!(operation, error = %cause, "the database failed a job");
                }
            }
        }
        failure.error
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_operation_is_timed_under_its_name() {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let seen = recorder.handle();
        let _here = metrics::set_default_local_recorder(&recorder);
        let folder = tempfile::tempdir().unwrap();
        let store = Store::sqlite(&folder.path().join(DATABASE), 1).unwrap();
        for _ in 0..2 {
            store.write("note", async move |tx: &mut Tx| tx.script("SELECT 1", "").await).await.unwrap();
        }
        let failed = store.read("look", async move |tx: &mut Tx| tx.script("SELEC", "").await).await;
        assert!(failed.is_err());
        let text = seen.render();
        assert!(text.contains("firebee_store_seconds_count{operation=\"note\"} 2"), "{text}");
        assert!(text.contains("firebee_store_seconds_count{operation=\"look\"} 1"), "{text}");
    }
}
