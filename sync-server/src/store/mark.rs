//! The high-water mark: a number that only grows, in the database and in the file `mark` of the data folder. A database
//! whose number is below the file's was put back by hand: an older copy, an older snapshot of its volume. Served as it
//! is, it would give numbers and revisions a second meaning.
//!
//! The file also names the kind of its database, because an empty database of another kind is no older copy.
//!
//! A restore gives the database another generation. A server that runs meanwhile, as only PostgreSQL lets it, reads the
//! generation again and again, and stops when it is another one.

use super::{Setting, Store, StoreError, Tx};
use crate::{random::uuid_v4, row, sql};
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
    /// The folder has served a database of another kind, and this one is empty.
    #[error(
        "this data folder has served a database of another kind ({kept}), and the {here} database of the settings is empty. To \
         move the data, make a backup with the old settings (`firebee backup --to FOLDER`) and bring it in with the new ones \
         (`firebee restore --from FOLDER`); to begin anew, name another data folder"
    )]
    OtherEngine {
        /// What the folder has served.
        kept: String,
        /// What the settings name.
        here: &'static str,
    },
    /// Somebody restored the database while this server served it.
    #[error(
        "the database was restored while this server was running, so the server ends: start it again. Before the next restore \
         stop every server first"
    )]
    Restored,
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

/// Which restore of a database a server serves; `None` before the first one.
pub type Generation = Option<String>;

/// Compares the two numbers and raises both. Gives the generation of the database.
///
/// # Errors
/// See [`MarkError`].
pub async fn check(store: &Store, data: &Path) -> Result<Generation, MarkError> {
    let find = async |tx: &mut Tx| Ok::<_, StoreError>((found(tx).await?, generation(tx).await?));
    let ((database, backup), generation) = store.read("find_mark", find).await?;
    if backup {
        return Err(MarkError::Backup);
    }
    let (file, kept) = read(data)?;
    if file > database {
        let other = kept.filter(|kept| database == 0 && kept != store.engine());
        return Err(match other {
            Some(kept) => MarkError::OtherEngine { kept, here: store.engine() },
            None => MarkError::Behind { database, file },
        });
    }
    raise(store, data).await?;
    Ok(generation)
}

/// Whether the database is still the one that a server began to serve.
///
/// # Errors
/// [`MarkError::Restored`] when it is not; or the database failed.
pub async fn compare(store: &Store, served: &Generation) -> Result<(), MarkError> {
    let now = store.read("find_generation", async |tx: &mut Tx| generation(tx).await).await?;
    if now == *served { Ok(()) } else { Err(MarkError::Restored) }
}

/// Gives the database another generation. Every restore calls this in its transaction.
///
/// # Errors
/// As [`StoreError`] says.
pub(crate) async fn renew(tx: &mut Tx) -> Result<(), StoreError> {
    let fresh = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?.to_string();
    let keep =
        sql!("INSERT INTO setting(key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    tx.execute(keep, &row![Setting::Generation, &fresh]).await.map(drop)
}

async fn generation(tx: &mut Tx) -> Result<Generation, StoreError> {
    let found = tx.query_opt(sql!("SELECT value FROM setting WHERE key = ?1"), &row![Setting::Generation]).await?;
    found.map(|row| row.get::<&str>(0).map(str::to_owned)).transpose()
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
    let seen = read(data)?.0.max(floor);
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
    writeln!(file, "{raised} {}", store.engine())?;
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

/// The number in the file, and the kind of the database that it belongs to.
fn read(data: &Path) -> io::Result<(i64, Option<String>)> {
    let text = match std::fs::read_to_string(data.join(FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, None)),
        read => read?,
    };
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|word| word.parse().ok());
    let number = number.ok_or_else(|| io::Error::other("the file `mark` holds no number"))?;
    Ok((number, words.next().map(str::to_owned)))
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
