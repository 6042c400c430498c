//! PostgreSQL: a pool, a transaction a job.

mod reach;

pub(super) use reach::reach;
pub use reach::{ReachError, Trouble};

use super::{
    StoreError, Tx,
    job::{Failure, Job, Outcome},
    tx::Engine,
};
use crate::config::PostgresAddress;
use deadpool_postgres::{Manager, Object, Pool, PoolError};
use futures_util::FutureExt;
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::sync::RwLock;
use tokio_postgres_rustls::MakeRustlsConnect;

/// READ COMMITTED. A job locks the rows that must not change (`UPDATE … RETURNING`, `SELECT … FOR UPDATE`).
pub(super) const WRITE: &str = "BEGIN";
/// All statements of a read see one state.
pub(super) const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The most attempts of a job that loses against others.
const ATTEMPTS_MAX: u32 = 5;
/// Before the second attempt; doubled for each further one.
const PAUSE: Duration = Duration::from_millis(4);

pub(super) struct Postgres {
    pool: Pool,
    /// Whether statements have names.
    named: bool,
    /// Jobs hold this lock shared. Closing waits for it exclusively.
    gate: Arc<RwLock<()>>,
}

impl Postgres {
    pub(super) fn open(address: &PostgresAddress, size: usize) -> Result<Self, StoreError> {
        let tls = address.tls().map_err(|error| StoreError::Bug(error.to_string()))?;
        let manager = Manager::new(address.config().clone(), MakeRustlsConnect::new(tls));
        let pool = Pool::builder(manager).max_size(size).build().map_err(|e| StoreError::Bug(e.to_string()))?;
        Ok(Self { pool, named: address.named_statements, gate: Arc::default() })
    }

    pub(super) async fn run<T, E, F>(&self, begin: &'static str, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (pool, named, gate) = (self.pool.clone(), self.named, self.gate.clone());
        let run = async move {
            let _running = gate.read().await;
            let mut attempt = 1;
            loop {
                let (again, out) = run_once(&pool, named, begin, job.clone()).await;
                if !again || attempt == ATTEMPTS_MAX {
                    return out;
                }
                tokio::time::sleep(PAUSE * 2_u32.saturating_pow(attempt - 1)).await;
                attempt += 1;
            }
        };
        // Spawned: a caller that is dropped must not leave an open transaction in the pool.
        tokio::spawn(run).await.unwrap_or_else(|e| Err(StoreError::Bug(e.to_string()).into()))
    }

    pub(super) async fn close(&self) {
        let _all_done = self.gate.write().await;
        self.pool.close();
    }
}

/// One attempt, and whether a repeat is safe and may succeed.
async fn run_once<T, E, F>(pool: &Pool, named: bool, begin: &'static str, job: F) -> (bool, Outcome<T, E>)
where
    F: for<'t> Job<'t, T, E> + Send + 'static,
    E: From<StoreError> + Send + 'static,
    T: Send + 'static,
{
    let mut tx = match started(pool, begin).await {
        Ok(client) => Tx::new(Engine::Postgres { client, named }),
        // A connection of the pool may have died unnoticed; nothing was asked of it yet.
        Err(cause) => return (matches!(cause, StoreError::Lost(_)), Err(cause.into())),
    };
    let out = AssertUnwindSafe(async { job(&mut tx).await }).catch_unwind().await;
    let out = out.unwrap_or_else(|panic| tx.panicked(&*panic));
    let out = tx.settle(out);
    let end = end(tx, if out.is_ok() { "COMMIT" } else { "ROLLBACK" }).await;
    let out = out.and_then(|value| end.map(|()| value).map_err(Failure::from));
    let again = matches!(&out, Err(Failure { cause: Some(StoreError::Retry(_)), .. }));
    (again, out)
}

async fn started(pool: &Pool, begin: &'static str) -> Result<Object, StoreError> {
    let client = pool.get().await.map_err(|error| match error {
        PoolError::Closed => StoreError::Closed,
        PoolError::Backend(error) => error.into(),
        other => StoreError::Lost(other.to_string()),
    })?;
    client.batch_execute(begin).await?;
    Ok(client)
}

/// Ends the transaction. A connection that cannot say so is not given back to the pool.
async fn end(tx: Tx, verb: &'static str) -> Result<(), StoreError> {
    let Engine::Postgres { client, .. } = tx.engine else { return Err(StoreError::Bug("not PostgreSQL".into())) };
    let ended = client.batch_execute(verb).await;
    if ended.is_err() {
        drop(Object::take(client));
    }
    Ok(ended?)
}
