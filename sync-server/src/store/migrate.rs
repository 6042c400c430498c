//! Brings a database to the schema of this program, in one transaction.
//!
//! DDL is written once, with PostgreSQL's types: `BIGINT`, `BYTEA`, `TEXT`. For SQLite they become `INTEGER`, `BLOB`
//! and `STRICT`, and `COLLATE "C"` is left out, because SQLite compares by bytes anyway. Only a table may end with `);` alone on a line: there `STRICT` is added.

use super::{Store, StoreError, Tx};
use crate::{row, sql};
use firebee_domain::code::Code;

/// One step of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// `NNNN_name`, as its file.
    pub name: &'static str,
    /// The statements, with PostgreSQL's names.
    pub ddl: &'static str,
}

/// Why a database was not migrated. The database is unchanged then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MigrateError {
    /// A newer version has migrated this database. This version would lose data that it does not know.
    #[error("the database has {database} migrations, this program knows {program}: install the newer program")]
    Newer {
        /// Migrations the database has had.
        database: usize,
        /// Migrations this program knows.
        program: usize,
    },
    /// The database was made with another text under the same number.
    #[error("migration {0} is not the one this database was made with")]
    Changed(String),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MigrateError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Newer { .. } => Code::DatabaseNewer,
            Self::Changed(_) => Code::DatabaseChanged,
            Self::Store(error) => error.at_start(),
        }
    }
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    n BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    ddl TEXT NOT NULL
);
";
/// How often several servers that start at once on an empty database may run into each other.
const ATTEMPTS_MAX: u32 = 5;

/// Applies the migrations of `list` that the database lacks. Returns how many it applied.
///
/// # Errors
/// As [`MigrateError`] says.
pub async fn migrate(store: &Store, list: &'static [Migration]) -> Result<usize, MigrateError> {
    prepare(store).await?;
    store
        .write("migrate", async move |tx: &mut Tx| {
            // Several servers may start at once on one database: all but one wait here.
            tx.execute(sql!("UPDATE migration SET name = name WHERE n = -1"), &[]).await?;
            let done = tx.query(sql!("SELECT name, ddl FROM migration WHERE n >= 0 ORDER BY n"), &[]).await?;
            if done.len() > list.len() {
                return Err(MigrateError::Newer { database: done.len(), program: list.len() });
            }
            for (row, known) in done.iter().zip(list) {
                if row.get::<&str>(0)? != known.name || row.get::<&str>(1)? != known.ddl {
                    return Err(MigrateError::Changed(known.name.to_owned()));
                }
            }
            for (n, new) in (0_i64..).zip(list).skip(done.len()) {
                tx.script(&sqlite_ddl(new.ddl), new.ddl).await?;
                let insert = sql!("INSERT INTO migration (n, name, ddl) VALUES (?1, ?2, ?3)");
                tx.execute(insert, &row![n, new.name, new.ddl]).await?;
            }
            Ok(list.len() - done.len())
        })
        .await
}

/// Makes the list of migrations, with the row that is its lock.
async fn prepare(store: &Store) -> Result<(), StoreError> {
    let mut attempt = 1;
    loop {
        let made = store.write("prepare_migrations", async |tx: &mut Tx| {
            tx.script(&sqlite_ddl(TABLE), TABLE).await?;
            let lock = sql!("INSERT INTO migration(n, name, ddl) VALUES (-1, ?1, '') ON CONFLICT (n) DO NOTHING");
            tx.execute(lock, &row!["lock"]).await.map(drop)
        });
        match made.await {
            // PostgreSQL says so to whoever makes the table at the same time: now it is there.
            Err(StoreError::Unique(_)) if attempt < ATTEMPTS_MAX => attempt += 1,
            done => return done,
        }
    }
}

/// How PostgreSQL is told to compare a text as SQLite does.
const BY_BYTES: &str = " COLLATE \"C\"";

/// The same DDL with SQLite's names. A `);` alone on its line ends a table.
fn sqlite_ddl(ddl: &str) -> String {
    let mut out = String::with_capacity(ddl.len() + 64);
    for line in ddl.lines() {
        if line.trim() == ");" {
            out.push_str(") STRICT;");
        } else {
            out.push_str(&line.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace(BY_BYTES, ""));
        }
        out.push('\n');
    }
    out
}
