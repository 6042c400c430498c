//! `firebee backup`: rows of one state of the database, then the files that those rows name.

use super::files;
use crate::{
    blobs::{BlobKey, Blobs},
    blocking,
    keys::{KeyError, Keyring, Seal},
    org::Org,
    query::{held, org},
    store::{
        DATABASE, OpenError, Store, StoreError, Tx,
        migrate::{MigrateError, migrate},
        schema,
        whole::TableFile,
    },
};
use firebee_domain::id::ContentId;
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The firms in it.
    pub firms: Vec<Org>,
    /// Files in it.
    pub files: usize,
    /// Files that the database calls verified and whose bytes are missing or others. After a restore the phones are
    /// asked for them.
    pub broken: Vec<ContentId>,
}

/// Why there is no backup. Nothing stands under its name then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already.
    #[error("{} is there already; a backup is made in a folder of its own", .0.display())]
    Exists(PathBuf),
    /// No firm, or several, have this name.
    #[error("no firm of this database has this name, or several have it")]
    NoFirm,
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A firm's key is missing: a backup without it would be worth little.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The tables of the backup cannot be made.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk failed.
    #[error("the backup cannot be written: {0}")]
    Disk(#[from] io::Error),
}

/// Backs up the firm of this name, or all firms, into the folder `to`, which must not exist. Servers may go on: the rows
/// are those of one moment, and the files that they name never change.
///
/// # Errors
/// See [`BackupError`].
pub async fn make(
    store: &Store,
    (blobs, keyring): (&Blobs, &Keyring),
    organisation: Option<&str>,
    to: &Path,
) -> Result<Made, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".unfinished");
    let unfinished = PathBuf::from(name);
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished)?;
    }
    let made = fill(store, (blobs, keyring), organisation, &unfinished).await;
    if made.is_err() {
        // Why there is no backup is said; that its remains stay, too, would help nobody.
        std::fs::remove_dir_all(&unfinished).ok();
    }
    let made = made?;
    std::fs::rename(&unfinished, to)?;
    to.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), files::sync_all)?;
    Ok(made)
}

/// Writes a backup into a folder that it makes.
async fn fill(
    store: &Store,
    (blobs, keyring): (&Blobs, &Keyring),
    organisation: Option<&str>,
    unfinished: &Path,
) -> Result<Made, BackupError> {
    files::folder(unfinished)?;
    let database = unfinished.join(DATABASE);
    let empty = Store::sqlite(&database, 1)?;
    let migrated = migrate(&empty, schema::MIGRATIONS).await;
    empty.close().await;
    migrated?;
    std::fs::remove_file(database.with_extension("db.lock"))?;
    let firms = rows(store, organisation, &database).await?;
    for (firm, seal) in &firms {
        let keys = keyring.of(firm.id(), *seal)?;
        Keyring::in_folder(unfinished).keep(firm.id(), &keys.signing)?;
    }
    let firms: Vec<Org> = firms.into_iter().map(|(firm, _)| firm).collect();
    let (files, broken) = copy_blobs(blobs, &firms, &database, unfinished).await?;
    files::sync_all(unfinished)?;
    Ok(Made { firms, files, broken })
}

/// Copies the rows of one state of the database.
async fn rows(store: &Store, organisation: Option<&str>, database: &Path) -> Result<Vec<(Org, Seal)>, BackupError> {
    let file = TableFile::fill(database)?;
    let tables = Arc::new(file.tables()?);
    let (file, name) = (Arc::new(Mutex::new(file)), organisation.map(str::to_owned));
    let filled = file.clone();
    let job = async move |tx: &mut Tx| {
        let firms = org::wanted(tx, name.as_deref()).await?;
        let locked = || filled.lock().unwrap_or_else(PoisonError::into_inner);
        locked().begin(&tables)?;
        for table in tables.iter().filter(|table| !table.is_of_firms()) {
            tx.each(table, 0, |row| locked().add(table, &row)).await?;
        }
        let mut sealed = Vec::new();
        for firm in firms {
            for table in tables.iter().filter(|table| table.is_of_firms()) {
                tx.each(table, firm.number(), |row| locked().add(table, &row)).await?;
            }
            sealed.push((firm, org::seal(tx, firm).await?));
        }
        Ok::<_, StoreError>(sealed)
    };
    let firms = store.read("backup", job).await?;
    if organisation.is_some() && firms.is_empty() {
        return Err(BackupError::NoFirm);
    }
    file.lock().unwrap_or_else(PoisonError::into_inner).finish()?;
    Ok(firms)
}

/// Copies the files that the rows call verified. Says how many came whole, and which did not.
async fn copy_blobs(
    blobs: &Blobs,
    firms: &[Org],
    database: &Path,
    to: &Path,
) -> Result<(usize, Vec<ContentId>), BackupError> {
    let (copy, there) = (Store::sqlite_reading(database)?, Blobs::at(&to.join("blobs")));
    let (firms, from) = (firms.to_vec(), blobs.clone());
    let read = copy.read("backup_blobs", async move |tx: &mut Tx| {
        let mut all = Vec::new();
        for firm in firms {
            all.extend(held::verified(tx, firm).await?.into_iter().map(|id| BlobKey { org: firm, id }));
        }
        Ok::<_, StoreError>(all)
    });
    let held = read.await;
    copy.close().await;
    let verified = held?;
    let copied = blocking::run(move || {
        let (mut count, mut broken) = (0, Vec::new());
        for key in verified {
            if files::copy_whole(&from.path(key), &there.path(key), key.id.0)? {
                count += 1;
            } else {
                std::fs::remove_file(there.path(key)).or_else(|error| match error.kind() {
                    io::ErrorKind::NotFound => Ok(()),
                    _ => Err(error),
                })?;
                broken.push(key.id);
            }
        }
        Ok::<_, io::Error>((count, broken))
    });
    Ok(copied.await.map_err(io::Error::other)??)
}
