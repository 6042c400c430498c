//! A transaction, and its six verbs.

use super::{
    StoreError,
    row::Row,
    sql::{Batch, Sql},
    value::Value,
};
use crate::org::Org;
use firebee_domain::id::AccountId;
use futures_util::TryStreamExt;
use rusqlite::Connection;
use std::{
    collections::BTreeSet,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio_postgres::{
    RowStream,
    types::{ToSql, Type},
};

type Result<T> = std::result::Result<T, StoreError>;

pub(super) enum Engine {
    Sqlite(Connection),
    Postgres {
        client: deadpool_postgres::Object,
        /// Whether statements have names, and are parsed once a connection.
        named: bool,
    },
}

/// An open transaction; what a job gets.
///
/// A `Tx` owns its connection, so that `&mut Tx` and every future over it are `Send`. Invariant: the first statement
/// that fails dooms the transaction. Later verbs return the same error and the store rolls back, whatever the job
/// returns. PostgreSQL works this way, and the SQLite engine does the same. Write `ON CONFLICT` instead of catching
/// errors.
pub struct Tx {
    pub(super) engine: Engine,
    pub(super) failed: Option<StoreError>,
    /// The error by which SQLite ended the whole transaction, such as a full disk. All jobs of the group are lost with
    /// it.
    pub(super) ended: Option<StoreError>,
    /// The feeds that the job holds, see [`feed`](crate::feed).
    pub(super) feeds: BTreeSet<(Org, AccountId)>,
    /// Counts the statements of its store.
    ran: Arc<AtomicU64>,
}

impl Tx {
    pub(super) const fn new(engine: Engine, ran: Arc<AtomicU64>) -> Self {
        Self { engine, failed: None, ended: None, feeds: BTreeSet::new(), ran }
    }

    /// Notes that the job holds the feed of an account until it ends.
    pub(crate) fn hold_feed(&mut self, org: Org, account: AccountId) {
        self.feeds.insert((org, account));
    }

    /// Whether the job holds the feed of an account.
    pub(crate) fn holds_feed(&self, org: Org, account: AccountId) -> bool {
        self.feeds.contains(&(org, account))
    }

    /// Dooms the transaction so that its job runs again: what it read before it waited for a lock is out of date. SQLite,
    /// where nobody waits, does not run it again.
    pub(crate) fn again(&mut self, why: &str) -> StoreError {
        let error = StoreError::Retry(why.to_owned());
        self.failed = Some(error.clone());
        error
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// As [`StoreError`] says. After an error of any verb the transaction is doomed.
    pub async fn query(&mut self, sql: Sql, args: &[Value<'_>]) -> Result<Vec<Row>> {
        Ok(self.run(sql, args).await?.0)
    }

    /// The first row of a statement, if it has one. Write `LIMIT 1` where there may be more.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn query_opt(&mut self, sql: Sql, args: &[Value<'_>]) -> Result<Option<Row>> {
        Ok(self.query(sql, args).await?.into_iter().next())
    }

    /// Runs a statement and counts the rows it inserted, updated or deleted.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn execute(&mut self, sql: Sql, args: &[Value<'_>]) -> Result<u64> {
        Ok(self.run(sql, args).await?.1)
    }

    /// Runs one statement for many rows of parameters. Returns the rows of all RETURNING clauses or SELECTs, in no
    /// order. Without input rows nothing runs.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn many<'v, const N: usize>(
        &mut self,
        batch: &'static Batch<N>,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<Vec<Row>> {
        Ok(self.run_many(batch, rows).await?.0)
    }

    /// As [`Tx::many`], and gives the number of rows that were inserted, updated or deleted in all.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn execute_many<'v, const N: usize>(
        &mut self,
        batch: &'static Batch<N>,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<u64> {
        Ok(self.run_many(batch, rows).await?.1)
    }

    async fn run_many<'v, const N: usize>(
        &mut self,
        batch: &'static Batch<N>,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<(Vec<Row>, u64)> {
        self.sound()?;
        self.ran.fetch_add(1, Ordering::Relaxed);
        let out = match &mut self.engine {
            Engine::Sqlite(connection) => sqlite_run(connection, batch.lite(), rows),
            Engine::Postgres { client, named } => {
                let mut columns: [Vec<Value<'_>>; N] = std::array::from_fn(|_| Vec::new());
                for row in rows {
                    for (column, value) in columns.iter_mut().zip(row) {
                        column.push(value);
                    }
                }
                if columns.first().is_none_or(Vec::is_empty) {
                    return Ok((Vec::new(), 0));
                }
                let args = columns.iter().zip(batch.types());
                let args = args.map(|(column, ty)| (column as &(dyn ToSql + Sync), ty)).collect();
                postgres_run(client, *named, batch.pg(), args).await
            }
        };
        self.note(out)
    }

    /// Runs several statements without parameters: DDL, or statements for one engine. An empty text does nothing.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn script(&mut self, sqlite: &str, postgres: &str) -> Result<()> {
        self.sound()?;
        let out = match &mut self.engine {
            Engine::Sqlite(connection) => connection.execute_batch(sqlite).map_err(Into::into),
            Engine::Postgres { client, .. } => client.batch_execute(postgres).await.map_err(Into::into),
        };
        self.note(out)
    }

    async fn run(&mut self, sql: Sql, args: &[Value<'_>]) -> Result<(Vec<Row>, u64)> {
        self.sound()?;
        self.ran.fetch_add(1, Ordering::Relaxed);
        let out = match &mut self.engine {
            Engine::Sqlite(connection) => sqlite_run(connection, sql.lite, [args]),
            Engine::Postgres { client, named } => {
                let args = args.iter().map(|value| (value as &(dyn ToSql + Sync), value.ty())).collect();
                postgres_run(client, *named, sql.pg, args).await
            }
        };
        self.note(out)
    }

    fn sound(&self) -> Result<()> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    fn note<T>(&mut self, out: Result<T>) -> Result<T> {
        if let Err(error) = &out {
            self.failed = Some(error.clone());
            if matches!(&self.engine, Engine::Sqlite(connection) if connection.is_autocommit()) {
                self.ended = Some(error.clone());
            }
        }
        out
    }
}

fn sqlite_run<'v, A: AsRef<[Value<'v>]>>(
    connection: &Connection,
    sql: &str,
    rows: impl IntoIterator<Item = A>,
) -> Result<(Vec<Row>, u64)> {
    let mut statement = connection.prepare_cached(sql)?;
    let (wanted, width) = (statement.parameter_count(), statement.column_count());
    let (mut out, mut changes) = (Vec::new(), 0);
    for args in rows {
        let args = args.as_ref();
        if args.len() != wanted {
            return Err(StoreError::Bug(format!("{} parameters for {wanted}", args.len())));
        }
        for (i, value) in args.iter().enumerate() {
            statement.raw_bind_parameter(i + 1, value)?;
        }
        let before = connection.total_changes();
        let mut found = statement.raw_query();
        while let Some(row) = found.next()? {
            out.push(Row((0..width).map(|i| row.get_ref(i)?.try_into()).collect::<Result<_>>()?));
        }
        drop(found);
        // `changes` alone would repeat the count of an earlier statement after one that changes nothing by itself.
        if connection.total_changes() != before {
            changes += connection.changes();
        }
    }
    Ok((out, changes))
}

/// Starts a statement on PostgreSQL, with a name or without one. Every statement with parameters goes through here: behind
/// a pooler none may have a name.
pub(super) async fn postgres_start(
    client: &deadpool_postgres::Object,
    named: bool,
    sql: &str,
    args: Vec<(&(dyn ToSql + Sync), Type)>,
) -> Result<RowStream> {
    Ok(if named {
        let statement = client.prepare_cached(sql).await?;
        client.query_raw(&statement, args.into_iter().map(|(value, _)| value)).await?
    } else {
        client.query_typed_raw(sql, args).await?
    })
}

pub(super) async fn postgres_run(
    client: &deadpool_postgres::Object,
    named: bool,
    sql: &str,
    args: Vec<(&(dyn ToSql + Sync), Type)>,
) -> Result<(Vec<Row>, u64)> {
    let (mut found, mut out) = (pin!(postgres_start(client, named, sql, args).await?), Vec::new());
    while let Some(row) = found.try_next().await? {
        out.push(Row((0..row.len()).map(|i| row.try_get(i)).collect::<std::result::Result<_, _>>()?));
    }
    Ok((out, found.rows_affected().unwrap_or(0)))
}
