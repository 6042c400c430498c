//! Whole tables, row by row: what a backup takes and a restore brings back. A backup's database is an SQLite file with the
//! schema of this program, whatever engine the rows come from.
//!
//! The tables are read from the schema itself, so a table that is added later is part of every backup.

use super::{
    Setting, StoreError, Tx,
    row::{Cell, Row},
    tx::{Engine, postgres_run, postgres_start},
    value::Value,
};
use futures_util::TryStreamExt;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};
use std::{path::Path, pin::pin};
use tokio_postgres::types::{ToSql, Type};

type Result<T> = std::result::Result<T, StoreError>;

/// What no backup holds: the server's own notes, and what opens doors for a while. A restore ends sessions and tokens.
const LEFT_OUT: [&str; 6] = ["migration", "setting", "nonce", "sign_in_failure", "token", "console_session"];
/// Rows that are read at once from a backup.
const ROWS_AT_ONCE: i64 = 64;

/// A table of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    name: String,
    columns: Vec<String>,
}

impl Table {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its rows are a firm's.
    pub fn is_of_firms(&self) -> bool {
        self.org().is_some()
    }

    /// A row of it with the number that its firm has here.
    #[must_use]
    pub fn renumbered(&self, mut row: Row, org: i64) -> Row {
        if let Some(cell) = self.org().and_then(|at| row.0.get_mut(at)) {
            *cell = Cell::Int(org);
        }
        row
    }

    fn org(&self) -> Option<usize> {
        self.columns.iter().position(|column| column == "org")
    }

    fn list(&self) -> String {
        self.columns.join(", ")
    }

    fn select(&self, mark: char) -> String {
        let filter = if self.is_of_firms() { format!(" WHERE org = {mark}1") } else { String::new() };
        format!("SELECT {} FROM {}{filter}", self.list(), self.name)
    }

    fn insert(&self, mark: char) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("{mark}{n}")).collect();
        // What several firms share, such as a catalogue pack, may be here already.
        let known = if self.is_of_firms() { "" } else { " ON CONFLICT DO NOTHING" };
        format!("INSERT INTO {} ({}) VALUES ({}){known}", self.name, self.list(), places.join(", "))
    }
}

impl Row {
    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        self.0.iter().map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Int(value) => Value::Int(*value),
            Cell::Text(value) => Value::Text(value),
            Cell::Blob(value) => Value::Blob(value),
        })
    }
}

/// The database file of a backup.
pub struct TableFile(Connection);

impl TableFile {
    /// Opens a file with the schema, to fill it. Nothing is on disk before [`TableFile::finish`].
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn fill(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        let modes = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;";
        connection.execute_batch(modes)?;
        Ok(Self(connection))
    }

    /// Opens the file of a backup, to read it.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(Self(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?))
    }

    /// The tables that a backup holds, in the order in which the schema makes them: each stands behind those that its
    /// rows refer to.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn tables(&self) -> Result<Vec<Table>> {
        let mut names = self.0.prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
        )?;
        let names = names.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut tables = Vec::new();
        for name in names.into_iter().filter(|name| !LEFT_OUT.contains(&name.as_str())) {
            let mut columns = self.0.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
            let columns = columns.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            tables.push(Table { name, columns });
        }
        Ok(tables)
    }

    /// Begins anew: a job that fills the file may run twice.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn begin(&self, tables: &[Table]) -> Result<()> {
        if !self.0.is_autocommit() {
            self.0.execute_batch("ROLLBACK")?;
        }
        self.0.execute_batch("BEGIN")?;
        for table in tables {
            self.0.execute(&format!("DELETE FROM {}", table.name), [])?;
        }
        Ok(())
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn add(&self, table: &Table, row: &Row) -> Result<()> {
        let mut insert = self.0.prepare_cached(&table.insert('?'))?;
        insert.execute(params_from_iter(row.values())).map(drop)?;
        Ok(())
    }

    /// Marks the file as a backup, which no server serves, and ends its transaction.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn finish(&self) -> Result<()> {
        let mark = "INSERT INTO setting(key, value) VALUES (?1, '1') ON CONFLICT (key) DO NOTHING";
        self.0.execute(mark, [<&str>::from(Setting::Backup)])?;
        self.0.execute_batch("COMMIT")?;
        Ok(())
    }

    /// The rows of a table behind `after`, of one firm where it is a table of firms: some of them, with the place of
    /// the last. An empty list is the end.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub fn rows(&self, table: &Table, org: i64, after: i64) -> Result<(Vec<Row>, i64)> {
        let filter = if table.is_of_firms() { "org = ?1" } else { "?1 = ?1" };
        let mut select = self.0.prepare_cached(&format!(
            "SELECT rowid, {} FROM {} WHERE {filter} AND rowid > ?2 ORDER BY rowid LIMIT ?3",
            table.list(),
            table.name
        ))?;
        let (mut found, mut rows, mut last) = (select.query(params![org, after, ROWS_AT_ONCE])?, Vec::new(), after);
        while let Some(row) = found.next()? {
            last = row.get(0)?;
            rows.push(Row((1..=table.columns.len()).map(|i| row.get_ref(i)?.try_into()).collect::<Result<_>>()?));
        }
        Ok((rows, last))
    }
}

impl Tx {
    /// Hands every row of a table to `take`, one by one; of one firm where it is a table of firms.
    ///
    /// # Errors
    /// As [`Tx::query`], and what `take` says.
    pub async fn each(
        &mut self,
        table: &Table,
        org: i64,
        mut take: impl FnMut(Row) -> Result<()> + Send,
    ) -> Result<()> {
        let args = if table.is_of_firms() { vec![Value::Int(org)] } else { Vec::new() };
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut select = connection.prepare(&table.select('?'))?;
                let mut found = select.query(params_from_iter(args))?;
                while let Some(row) = found.next()? {
                    let cells = (0..table.columns.len()).map(|i| row.get_ref(i)?.try_into());
                    take(Row(cells.collect::<Result<_>>()?))?;
                }
            }
            Engine::Postgres { client, named } => {
                let mut found = pin!(postgres_start(client, *named, &table.select('$'), typed(&args)).await?);
                while let Some(row) = found.try_next().await? {
                    let cells = (0..row.len()).map(|i| row.try_get(i));
                    take(Row(cells.collect::<std::result::Result<_, _>>()?))?;
                }
            }
        }
        Ok(())
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn add(&mut self, table: &Table, row: &Row) -> Result<()> {
        let values: Vec<Value<'_>> = row.values().collect();
        let out = match &mut self.engine {
            Engine::Sqlite(connection) => {
                let insert = connection.prepare_cached(&table.insert('?'));
                insert.and_then(|mut insert| insert.execute(params_from_iter(values))).map_err(StoreError::from)
            }
            Engine::Postgres { client, named } => {
                postgres_run(client, *named, &table.insert('$'), typed(&values)).await.map(|_| 1)
            }
        };
        out.map(drop).inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Holds these tables alone until the transaction ends: it waits for all that use them, and all others wait for it. On
    /// SQLite a write is alone anyway.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn hold_tables(&mut self, tables: &[Table]) -> Result<()> {
        let names: Vec<&str> = tables.iter().map(Table::name).collect();
        self.script("", &format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "))).await
    }

    /// Deletes a firm's rows of a table.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn clear(&mut self, table: &Table, org: i64) -> Result<()> {
        let out = match &mut self.engine {
            Engine::Sqlite(connection) => {
                let delete = connection.execute(&format!("DELETE FROM {} WHERE org = ?1", table.name), [org]);
                delete.map(drop).map_err(StoreError::from)
            }
            Engine::Postgres { client, named } => {
                let delete = format!("DELETE FROM {} WHERE org = $1", table.name);
                postgres_run(client, *named, &delete, typed(&[Value::Int(org)])).await.map(drop)
            }
        };
        out.inspect_err(|error| self.failed = Some(error.clone()))
    }
}

/// Parameters of a statement, each with its type.
fn typed<'v>(values: &'v [Value<'v>]) -> Vec<(&'v (dyn ToSql + Sync), Type)> {
    values.iter().map(|value| (value as &(dyn ToSql + Sync), value.ty())).collect()
}
