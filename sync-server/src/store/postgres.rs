//! PostgreSQL: a pool, a transaction a job.

mod reach;

pub(super) use reach::reach;
pub use reach::{ReachError, Trouble};

use super::{
    StoreError, Tx,
    job::{Failure, Job, Outcome},
    tx::Engine,
};
use crate::{config::PostgresAddress, random::random_bytes};
use deadpool_postgres::{Manager, Object, Pool, PoolError};
use futures_util::FutureExt;
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};
use tokio::sync::RwLock;
use tokio_postgres_rustls::MakeRustlsConnect;

/// In the isolation of the connection, READ COMMITTED unless its options say otherwise. A job locks the rows that must not
/// change (`UPDATE … RETURNING`, `SELECT … FOR UPDATE`).
const WRITE: &str = "BEGIN";
/// All statements of a read see one state.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// A read where the connection's options ask for SERIALIZABLE.
const READ_SERIALIZABLE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY";
/// What those options hold.
const SERIALIZABLE: &str = "default_transaction_isolation=serializable";
/// The most attempts of a job that loses against others.
const ATTEMPTS_MAX: u32 = 20;
/// From this attempt on a write runs while no other write of this process does. Where every conflict ends a transaction, as
/// under SERIALIZABLE, a long job would lose against short ones for ever.
const ALONE_FROM: u32 = 4;
/// Before the second attempt; doubled for each further one up to the longest, and less by chance, so that two do not meet
/// again.
const PAUSE: Duration = Duration::from_millis(4);
const PAUSE_MAX: Duration = Duration::from_millis(250);

pub(super) struct Postgres {
    pool: Pool,
    /// Whether statements have names.
    named: bool,
    read: &'static str,
    /// Jobs hold this lock shared. Closing waits for it exclusively.
    gate: Arc<RwLock<()>>,
    /// The statements that ran.
    pub(super) ran: Arc<AtomicU64>,
    /// The attempts of writes hold this lock shared, those of one that lost several times exclusively.
    writes: Arc<RwLock<()>>,
}

impl Postgres {
    pub(super) fn open(address: &PostgresAddress, size: usize) -> Result<Self, StoreError> {
        let config = address.config().clone();
        let serializable = config.get_options().is_some_and(|options| options.contains(SERIALIZABLE));
        let read = if serializable { READ_SERIALIZABLE } else { READ };
        let tls = address.tls().map_err(|error| StoreError::Bug(error.to_string()))?;
        let manager = Manager::new(config, MakeRustlsConnect::new(tls));
        let pool = Pool::builder(manager).max_size(size).build().map_err(|e| StoreError::Bug(e.to_string()))?;
        Ok(Self {
            pool,
            named: address.named_statements,
            read,
            gate: Arc::default(),
            ran: Arc::default(),
            writes: Arc::default(),
        })
    }

    pub(super) async fn write<T, E, F>(&self, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run(WRITE, Some(self.writes.clone()), job).await
    }

    pub(super) async fn read<T, E, F>(&self, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run(self.read, None, job).await
    }

    /// Runs a job until it wins or has lost too often. A read has no lock with others: nobody waits for it, however long
    /// it is.
    async fn run<T, E, F>(&self, begin: &'static str, writes: Option<Arc<RwLock<()>>>, job: F) -> Outcome<T, E>
    where
        F: for<'t> Job<'t, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (pool, named, gate, ran) = (self.pool.clone(), self.named, self.gate.clone(), self.ran.clone());
        let run = async move {
            let _running = gate.read().await;
            let mut attempt = 1;
            loop {
                let (again, out) = {
                    let _alone = match &writes {
                        Some(writes) if attempt >= ALONE_FROM => Some(writes.write().await),
                        _ => None,
                    };
                    let _beside = match &writes {
                        Some(writes) if attempt < ALONE_FROM => Some(writes.read().await),
                        _ => None,
                    };
                    run_once(&pool, (named, &ran), begin, job.clone()).await
                };
                if !again || attempt == ATTEMPTS_MAX {
                    return out;
                }
                tokio::time::sleep(pause(attempt)).await;
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

/// How long to wait after an attempt: between half and all of its pause.
fn pause(attempt: u32) -> Duration {
    let whole = PAUSE.saturating_mul(2_u32.saturating_pow(attempt - 1)).min(PAUSE_MAX);
    let [chance] = random_bytes::<1>().unwrap_or_default();
    whole.mul_f64(0.5 + f64::from(chance) / 512.0)
}

/// One attempt, and whether a repeat is safe and may succeed.
async fn run_once<T, E, F>(
    pool: &Pool,
    (named, ran): (bool, &Arc<AtomicU64>),
    begin: &'static str,
    job: F,
) -> (bool, Outcome<T, E>)
where
    F: for<'t> Job<'t, T, E> + Send + 'static,
    E: From<StoreError> + Send + 'static,
    T: Send + 'static,
{
    let mut tx = match started(pool, begin).await {
        Ok(client) => Tx::new(Engine::Postgres { client, named }, ran.clone()),
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
