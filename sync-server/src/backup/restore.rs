//! `firebee restore`: files first, then keys, then the rows in one transaction, with another incarnation.

use super::files;
use crate::{
    blobs::{BlobKey, Blobs},
    blocking,
    keys::{KeyError, Keyring, Seal},
    office::firm::{end_sessions, number, rotate},
    org::Org,
    query::{held, org},
    random::uuid_v4,
    row, sql,
    store::{
        BlobStage, DATABASE, OpenError, Store, StoreError, Tx,
        mark::{self, MarkError},
        migrate::{MigrateError, migrate},
        schema, stored,
        whole::{Table, TableFile},
    },
};
use firebee_domain::{
    id::{ContentId, IncarnationId},
    time::Timestamp,
};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// What is to be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The folder of the backup.
    pub from: PathBuf,
    /// The firm of this name; all of the backup when `None`.
    pub organisation: Option<String>,
    /// Whether the backup takes the place of what a firm has here.
    pub replace: bool,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The firms.
    pub firms: Vec<Org>,
    /// Files that came with the backup.
    pub files: usize,
    /// Files that the backup calls verified and does not hold. The phones are asked for them.
    pub lacking: usize,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is no backup.
    #[error("{} is no backup", .0.display())]
    NoBackup(PathBuf),
    /// No firm of the backup has the name.
    #[error("no firm of this backup has this name, or several have it")]
    NoFirm,
    /// The firm has data here.
    #[error("{0} has data here; --replace puts the backup in their place, and what is newer here is given up")]
    Exists(String),
    /// A login or a phone of the backup is another firm's here.
    #[error("a login or a phone of the backup belongs to another firm here: {0}")]
    Taken(String),
    /// The key in the backup.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The backup's database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The backup is of a newer program.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The mark beside the database.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk failed.
    #[error("the backup cannot be restored: {0}")]
    Disk(#[from] io::Error),
}

/// A firm of the backup.
#[derive(Clone)]
struct Firm {
    /// With its number in the backup.
    org: Org,
    seal: Seal,
    blobs: Vec<ContentId>,
}

/// Restores firms of a backup into the database of a server, which is migrated already. Other firms are left alone.
///
/// # Errors
/// See [`RestoreError`]. Nothing of the rows is changed then.
pub async fn restore(
    store: &Store,
    (blobs, keyring, data): (&Blobs, &Keyring, &Path),
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let copy = readable(&wanted.from, data).await?;
    let done = restore_from(&copy, store, (blobs, keyring, data), wanted, now).await;
    clear_copy(data)?;
    done
}

/// Takes away the copy of a backup's database, with what SQLite lays beside it.
fn clear_copy(data: &Path) -> io::Result<()> {
    for name in ["restoring.db", "restoring.db-wal", "restoring.db-shm", "restoring.db.lock"] {
        match std::fs::remove_file(data.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

async fn restore_from(
    database: &Path,
    store: &Store,
    (blobs, keyring, data): (&Blobs, &Keyring, &Path),
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let firms = firms(database, wanted.organisation.as_deref()).await?;
    if !wanted.replace {
        refuse_what_is_here(store, &firms).await?;
    }
    let (files, lacking) = bring_files(&firms, Blobs::at(&wanted.from.join("blobs")), blobs.clone()).await?;
    for firm in &firms {
        let keys = Keyring::in_folder(&wanted.from).of(firm.org.id(), firm.seal)?;
        keyring.keep(firm.org.id(), &keys.signing)?;
    }
    let file = TableFile::read(database)?;
    let tables = Arc::new(file.tables()?);
    let (file, firms) = (Arc::new(Mutex::new(file)), Arc::new(firms));
    let count: usize = lacking.iter().map(|(_, ids)| ids.len()).sum();
    let (lacking, mut fresh_seals) = (Arc::new(lacking), Vec::new());
    for firm in firms.iter() {
        fresh_seals.push(fresh(firm.seal.public)?);
    }
    let (fresh_seals, keys) = (Arc::new(fresh_seals), keyring.clone());
    let job = async move |tx: &mut Tx| {
        // On PostgreSQL a server may be running. It writes before this transaction or after it, and notices.
        tx.hold_tables(&tables).await?;
        mark::renew(tx).await?;
        let mut restored = Vec::new();
        for (firm, seal) in firms.iter().zip(fresh_seals.iter()) {
            let org = bring_rows(tx, (&file, &tables), firm).await?;
            rotate(tx, (org, &keys), "restore", *seal, now).await?;
            let ids = lacking.iter().find(|(of, _)| *of == firm.org).map_or(&[][..], |(_, ids)| ids);
            ask_again(tx, org, ids).await?;
            restored.push(org);
        }
        Ok::<_, StoreError>(restored)
    };
    let restored = store.write("restore", job).await.map_err(|error| match error {
        StoreError::Unique(text) => RestoreError::Taken(text),
        other => other.into(),
    })?;
    mark::restored(store, data, now).await?;
    Ok(Restored { firms: restored, files, lacking: count })
}

/// The database of the backup, with the schema of this program: of an older backup a copy is brought up to date.
async fn readable(from: &Path, data: &Path) -> Result<PathBuf, RestoreError> {
    let database = from.join(DATABASE);
    if !database.is_file() {
        return Err(RestoreError::NoBackup(from.to_owned()));
    }
    let copy = data.join("restoring.db");
    std::fs::copy(&database, &copy)?;
    let migrated = brought_up(&copy).await;
    if migrated.is_err() {
        clear_copy(data)?;
    }
    migrated.map(|()| copy)
}

async fn brought_up(copy: &Path) -> Result<(), RestoreError> {
    let store = Store::sqlite(copy, 1)?;
    let migrated = migrate(&store, schema::MIGRATIONS).await;
    store.close().await;
    Ok(migrated.map(drop)?)
}

async fn firms(database: &Path, name: Option<&str>) -> Result<Vec<Firm>, RestoreError> {
    let (store, wanted) = (Store::sqlite_reading(database)?, name.map(str::to_owned));
    let read = store.read("backup_firms", async move |tx: &mut Tx| {
        let mut firms = Vec::new();
        for org in org::wanted(tx, wanted.as_deref()).await? {
            firms.push(Firm { org, seal: org::seal(tx, org).await?, blobs: held::verified(tx, org).await? });
        }
        Ok::<_, StoreError>(firms)
    });
    let firms = read.await;
    store.close().await;
    let firms = firms?;
    if firms.is_empty() && name.is_some() { Err(RestoreError::NoFirm) } else { Ok(firms) }
}

async fn refuse_what_is_here(store: &Store, firms: &[Firm]) -> Result<(), RestoreError> {
    for firm in firms {
        let id = firm.org.id();
        let here = store.read("find_firm", async move |tx: &mut Tx| org::find(tx, id).await).await?;
        if here.is_some() {
            return Err(RestoreError::Exists(format!("firm {id}")));
        }
    }
    Ok(())
}

type Lacking = Vec<(Org, Vec<ContentId>)>;

/// Copies each file over what is here. What the backup lacks counts when it is whole here. Says how many are here now, and
/// which are not.
async fn bring_files(firms: &[Firm], from: Blobs, to: Blobs) -> Result<(usize, Lacking), RestoreError> {
    let firms = firms.to_vec();
    let brought = blocking::run(move || {
        let (mut count, mut lacking) = (0, Lacking::new());
        for firm in firms {
            let mut missing = Vec::new();
            for id in firm.blobs {
                let key = BlobKey { org: firm.org, id };
                if bring(&from.path(key), &to.path(key), id)? {
                    count += 1;
                } else {
                    missing.push(id);
                }
            }
            lacking.push((firm.org, missing));
        }
        Ok::<_, io::Error>((count, lacking))
    });
    Ok(brought.await.map_err(io::Error::other)??)
}

fn bring(from: &Path, to: &Path, id: ContentId) -> io::Result<bool> {
    let temporary = to.with_extension("restored");
    // What is here already counts only when it is whole.
    let whole = files::copy_whole(from, &temporary, id.0)? || files::copy_whole(to, &temporary, id.0)?;
    if whole {
        std::fs::File::open(&temporary)?.sync_all()?;
        std::fs::rename(&temporary, to)?;
        // The folders of a blob, up to that of all blobs: each may be new.
        to.ancestors().skip(1).take(3).try_for_each(|folder| std::fs::File::open(folder)?.sync_all())?;
    } else if temporary.exists() {
        std::fs::remove_file(&temporary)?;
    }
    Ok(whole)
}

/// Puts the rows of a firm in place of those that it has here, and gives its number here. What its rows said of
/// themselves here stays known: revisions go on above both.
async fn bring_rows(
    tx: &mut Tx,
    (file, tables): (&Mutex<TableFile>, &[Table]),
    firm: &Firm,
) -> Result<Org, StoreError> {
    let here = org::find(tx, firm.org.id()).await?;
    let mut seals = Vec::new();
    let mut rev_base = 0_u64;
    if let Some(here) = here {
        seals.push(org::seal(tx, here).await?);
        seals.extend(org::former(tx, here).await?);
        rev_base = org::rev_base(tx, here).await?;
        end_sessions(tx, here).await?;
        for table in tables.iter().rev().filter(|table| table.is_of_firms()) {
            tx.clear(table, here.number()).await?;
        }
    }
    let number = match here {
        Some(here) => here.number(),
        None => number::next(tx).await?,
    };
    for table in tables {
        let mut after = 0;
        loop {
            let read = file.lock().unwrap_or_else(PoisonError::into_inner).rows(table, firm.org.number(), after)?;
            let (rows, last) = read;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                tx.add(table, &table.renumbered(row, number)).await?;
            }
            after = last;
        }
    }
    let org = org::find(tx, firm.org.id()).await?;
    let org = org.ok_or_else(|| StoreError::Bug("a restored firm has no row".into()))?;
    let remember = sql!(
        "INSERT INTO former_seal(org, incarnation, server_key, until_ms) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (org, incarnation) DO NOTHING"
    );
    for seal in seals.into_iter().filter(|seal| seal.incarnation != firm.seal.incarnation) {
        tx.execute(remember, &row![org, &seal.incarnation, &seal.public]).await?;
    }
    let above = sql!("UPDATE organisation SET rev_base = ?2 WHERE org = ?1 AND rev_base < ?2");
    tx.execute(above, &row![org, stored(rev_base)?]).await?;
    Ok(org)
}

/// The seal of a firm whose data go back in time: the same key, another incarnation.
pub(super) fn fresh(public: [u8; 32]) -> Result<Seal, StoreError> {
    let incarnation = uuid_v4().map(IncarnationId).map_err(|error| StoreError::Lost(error.to_string()))?;
    Ok(Seal { incarnation, public })
}

/// The files that a firm's rows call verified and that are not here.
pub(super) async fn lacking(store: &Store, blobs: &Blobs, firm: Org) -> Result<Vec<ContentId>, StoreError> {
    let verified = store.read("find_blobs", async move |tx: &mut Tx| held::verified(tx, firm).await).await?;
    Ok(verified.into_iter().filter(|id| !blobs.path(BlobKey { org: firm, id: *id }).is_file()).collect())
}

/// Has the phones send the files that are not here, and whole those of which a part may be here.
pub(super) async fn ask_again(tx: &mut Tx, org: Org, lacking: &[ContentId]) -> Result<(), StoreError> {
    tx.execute(sql!("DELETE FROM upload WHERE org = ?1"), &row![org]).await?;
    let ask = sql!("UPDATE blob SET state = ?3, verified_ms = NULL WHERE org = ?1 AND id = ?2");
    for id in lacking {
        tx.execute(ask, &row![org, id, BlobStage::Announced]).await?;
    }
    Ok(())
}
