//! The high-water mark: a number that only grows, in the database and in the file `mark` of the data folder. A database
//! whose number is below the file's was put back by hand: an older copy, an older snapshot of its volume. Served as it
//! is, it would give numbers and revisions a second meaning.

use super::{Setting, Store, StoreError, Tx};
use crate::{row, sql};
use firebee_domain::time::Timestamp;
use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

const FILE: &str = "mark";

/// Why a database is not served.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// It is older than the folder.
    #[error(
        "the database was put back by hand: its mark is {database}, and the data folder has seen {file}. Restore a backup \
         with `firebee restore --from FOLDER`, or, to go on with the database as it stands, run `firebee restore \
         --in-place`: phones then send again what it lacks"
    )]
    Behind {
        /// The number in the database.
        database: i64,
        /// The number in the file.
        file: i64,
    },
    /// The database is that of a backup.
    #[error("this folder is a backup; bring it back into a data folder with `firebee restore --from FOLDER`")]
    Backup,
    /// The file cannot be read or written.
    #[error("the mark beside the database cannot be used: {0}")]
    File(#[from] io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Compares the two numbers and raises both.
///
/// # Errors
/// See [`MarkError`].
pub async fn check(store: &Store, data: &Path) -> Result<(), MarkError> {
    let (database, backup) = store.read("find_mark", async |tx: &mut Tx| found(tx).await).await?;
    if backup {
        return Err(MarkError::Backup);
    }
    let file = read(data)?;
    if file > database {
        return Err(MarkError::Behind { database, file });
    }
    raise(store, data).await
}

/// Raises both numbers above both, the database's first: a server that dies in between leaves a file that is too low,
/// which is no harm.
///
/// # Errors
/// See [`MarkError`].
pub async fn raise(store: &Store, data: &Path) -> Result<(), MarkError> {
    raise_above(store, data, 0).await
}

/// Raises both numbers after a restore, which lets the database be served: also by the other servers that share it,
/// whose files may have seen more than this one's. A mark grows by a few each minute, so the time in milliseconds lies
/// above all that servers wrote down before.
///
/// # Errors
/// See [`MarkError`].
pub async fn restored(store: &Store, data: &Path, now: Timestamp) -> Result<(), MarkError> {
    raise_above(store, data, now.0).await
}

async fn raise_above(store: &Store, data: &Path, floor: i64) -> Result<(), MarkError> {
    let seen = read(data)?.max(floor);
    let raised = store.write("raise_mark", async move |tx: &mut Tx| {
        let (held, _) = found(tx).await?;
        let next = held.max(seen) + 1;
        let keep = sql!(
            "INSERT INTO setting(key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        );
        tx.execute(keep, &row![Setting::Mark, &next.to_string()]).await?;
        Ok::<_, StoreError>(next)
    });
    let raised = raised.await?;
    let (path, temporary) = (data.join(FILE), data.join("mark.new"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    writeln!(file, "{raised}")?;
    file.sync_all()?;
    std::fs::rename(&temporary, &path)?;
    Ok(File::open(data)?.sync_all()?)
}

async fn found(tx: &mut Tx) -> Result<(i64, bool), StoreError> {
    let find = sql!("SELECT value FROM setting WHERE key = ?1");
    let mark = tx.query_opt(find, &row![Setting::Mark]).await?;
    let mark = mark.map(|row| row.get::<&str>(0).map(str::to_owned)).transpose()?;
    let backup = tx.query_opt(find, &row![Setting::Backup]).await?.is_some();
    Ok((mark.and_then(|mark| mark.parse().ok()).unwrap_or(0), backup))
}

fn read(data: &Path) -> io::Result<i64> {
    match std::fs::read_to_string(data.join(FILE)) {
        Ok(text) => text.trim().parse().map_err(|_| io::Error::other("the file `mark` holds no number")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{DATABASE, migrate::migrate, schema};

    /// Two servers share a database, each with a folder of its own. One restore lets both serve it.
    #[tokio::test]
    async fn a_restore_on_one_server_lets_the_others_serve_the_database_too() {
        let (database, here, there) = (folder(), folder(), folder());
        let store = Store::sqlite(&database.path().join(DATABASE), 1).unwrap();
        migrate(&store, schema::MIGRATIONS).await.unwrap();
        check(&store, here.path()).await.unwrap();
        for _ in 0..5 {
            raise(&store, there.path()).await.unwrap();
        }
        // The database is put back as it was at first.
        let back = sql!("UPDATE setting SET value = '1' WHERE key = 'mark'");
        let put_back = async move |tx: &mut Tx| tx.execute(back, &row![]).await;
        let put_back = async || store.write::<_, StoreError, _>("put_back", put_back).await.unwrap();
        put_back().await;
        assert!(matches!(check(&store, there.path()).await, Err(MarkError::Behind { database: 1, .. })));
        let now = Timestamp(1_800_000_000_000);
        restored(&store, here.path(), now).await.unwrap();
        check(&store, there.path()).await.unwrap();
        check(&store, here.path()).await.unwrap();
        // And again, by a server whose folder is new.
        put_back().await;
        assert!(matches!(check(&store, here.path()).await, Err(MarkError::Behind { .. })));
        restored(&store, folder().path(), now.plus_ms(60_000)).await.unwrap();
        check(&store, here.path()).await.unwrap();
        check(&store, there.path()).await.unwrap();
        store.close().await;
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }
}
