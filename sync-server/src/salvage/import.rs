//! Takes an export file in.

use super::read::{Part, Parts, recipient, survey};
use crate::{
    accept::{self, Encoding, PushError, PushRequest},
    blobs::BlobKey,
    blocking,
    device::Sender,
    evidence::blob::Delivery,
    keys::{KeyError, Keys},
    office::{Act, session::import::note_import},
    org::Org,
    query::{self, session::StoreRow},
    state::App,
    store::{StoreError, Tx},
    upload::{self, Incoming, ReceiveError},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::{ContentId, StoreId},
};
use firebee_protocol::blob::BlobState;
use futures_util::stream;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Who takes a file in.
#[derive(Clone, Debug)]
pub enum By {
    /// Somebody on the console, for the own firm.
    Member(Act),
    /// The administrator at the server itself, for whatever firm the file is sealed for.
    Administrator,
}

/// A file that was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// The store that recorded it.
    pub store: Option<StoreId>,
    /// Records in it, also those that were here before.
    pub facts: u64,
    /// Of them, how many do not count, by their code.
    pub not_counted: BTreeMap<String, u64>,
    /// Files in it, also those that were here before.
    pub blobs: u64,
    /// Files that no record here names, which are left out.
    pub blobs_unnamed: u64,
}

/// Why nothing, or not everything, is taken in. What was taken in before stays; the same file may be taken in again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SalvageError {
    /// It is no export file, it is damaged, or a part of it is missing.
    #[error("the file is no export file, or damaged")]
    Unreadable,
    /// It is sealed for somebody else, or comes from a phone that this firm does not know.
    #[error("the file is not for this firm")]
    Foreign,
    /// This actor may not take files in.
    #[error("this actor may not take files in")]
    NotPermitted,
    /// An administrator dropped the key of the phone.
    #[error("the key of the phone was dropped")]
    Revoked,
    /// The firm's key cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its records are refused.
    #[error(transparent)]
    Push(#[from] PushError),
    /// One of its files is refused.
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    /// The file cannot be read from the disk.
    #[error("the file cannot be read: {reason}")]
    Disk {
        /// What the system said.
        reason: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SalvageError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Unreadable | Self::Disk { .. } => Code::ExportUnreadable,
            Self::Foreign => Code::ExportForeign,
            Self::NotPermitted => Code::NotFound,
            Self::Revoked => Code::StoreRevoked,
            Self::Key(error) => error.code(),
            Self::Push(error) => error.code(),
            Self::Receive(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Takes the file at `path` in: each push as if the phone had sent it now, each blob as an upload of its store. Whether the
/// records are late is judged as for the phone itself. Notes it in the work log.
///
/// # Errors
/// See [`SalvageError`]. After `export_unreadable` and `export_foreign` nothing was taken in.
pub async fn import(app: &App, path: &Path, by: &By) -> Result<Salvaged, SalvageError> {
    let (org, keys) = firm(app, path, by).await?;
    let of = path.to_owned();
    let export = keys.export();
    let found = blocking(move || survey(&of, &export)).await?;
    let mut salvaged = Salvaged { store: found.store, ..Salvaged::default() };
    let Some(store) = found.store else { return Err(SalvageError::Unreadable) };
    let row = app.store.read("find_store", async move |tx: &mut Tx| query::session::store(tx, store).await).await?;
    let row = row.filter(|row| row.org == org).ok_or(SalvageError::Foreign)?;
    if row.revoked {
        return Err(SalvageError::Revoked);
    }
    let export = keys.export();
    let of = path.to_owned();
    let mut parts = blocking(move || Parts::open(&of, &export)).await?;
    loop {
        let (rest, part) = blocking(move || {
            let part = parts.next()?;
            Ok((parts, part))
        })
        .await?;
        parts = rest;
        match part {
            None => break,
            Some(Part::Push(body)) => push(app, (&keys, &row, found.epoch), body, &mut salvaged).await?,
            Some(Part::Blob(id, bytes)) => blob(app, &row, id, bytes, &mut salvaged).await?,
        }
    }
    note(app, org, store, by, &salvaged).await?;
    Ok(salvaged)
}

/// The firm for which the file is sealed, with its keys.
async fn firm(app: &App, path: &Path, by: &By) -> Result<(Org, Keys), SalvageError> {
    let of: PathBuf = path.to_owned();
    let sealed_for = blocking(move || recipient(&of)).await?;
    let orgs = match by {
        By::Member(act) => {
            if !may(&act.actor, Action::ImportExport, &Subject::of(act.org.id(), &[])) {
                return Err(SalvageError::NotPermitted);
            }
            vec![act.org]
        }
        By::Administrator => app.store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await?,
    };
    for org in orgs {
        let seal = app.store.read("find_seal", async move |tx: &mut Tx| query::org::seal(tx, org).await).await?;
        let keys = app.keyring.of(org.id(), seal)?;
        if keys.export().public == sealed_for {
            return Ok((org, keys));
        }
    }
    Err(SalvageError::Foreign)
}

async fn push(
    app: &App,
    (keys, row, epoch): (&Keys, &StoreRow, u64),
    body: bytes::Bytes,
    salvaged: &mut Salvaged,
) -> Result<(), SalvageError> {
    let sender = Sender { account: row.account, org: row.org, store_id: row.store, epoch, late: true };
    let request = PushRequest { body, encoding: Encoding::Identity, unsent: None };
    let pushed = accept::push(&app.store, keys, &sender, &request, &app.clock).await?;
    app.tracks.judge(row.org, pushed.tracks);
    salvaged.facts += request.facts();
    for outcome in pushed.reply.results {
        *salvaged.not_counted.entry(String::from(outcome.code)).or_default() += 1;
    }
    Ok(())
}

async fn blob(
    app: &App,
    row: &StoreRow,
    id: ContentId,
    bytes: bytes::Bytes,
    salvaged: &mut Salvaged,
) -> Result<(), SalvageError> {
    let (org, account) = (row.org, row.account);
    let read = async move |tx: &mut Tx| query::blob::is_announced_by(tx, org, account, id).await;
    if !app.store.read("find_own_blob", read).await? {
        salvaged.blobs_unnamed += 1;
        return Ok(());
    }
    let delivery = Delivery { key: BlobKey { org, id }, store: row.store, account };
    let len = bytes.len() as u64;
    let body = Incoming::new(stream::iter([Ok(bytes)]), Some(len));
    let reached = upload::put(app.uploads.clone(), delivery, body).await?;
    salvaged.blobs += u64::from(reached.state == BlobState::Durable);
    Ok(())
}

async fn note(app: &App, org: Org, store: StoreId, by: &By, salvaged: &Salvaged) -> Result<(), SalvageError> {
    let body = serde_json::json!({
        "facts": salvaged.facts, "not_counted": salvaged.not_counted, "blobs": salvaged.blobs,
        "blobs_unnamed": salvaged.blobs_unnamed,
    });
    let act = match by {
        By::Member(act) => Some(act),
        By::Administrator => None,
    };
    Ok(note_import(&app.office, org, store, act, &body.to_string()).await?)
}

/// Reads the disk on a thread for blocking work.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SalvageError> + Send + 'static,
) -> Result<T, SalvageError> {
    let done = blocking::run(work).await;
    done.unwrap_or_else(|error| Err(SalvageError::Disk { reason: error.to_string() }))
}
