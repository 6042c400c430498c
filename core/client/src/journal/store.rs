//! The store: one incarnation of a journal, known by its id and its key.

use super::{JournalError, JournalRows, JournalTx, rows::uuid};
use crate::{
    disk::{self, Files, Lasting},
    ids,
    ports::{Entropy, Signer, SignerError},
};
use firebee_domain::{
    code::Code,
    id::{InstallId, StoreId},
};
use firebee_protocol::sign::{self, PublicKey};
use rusqlite::{Connection, OptionalExtension, params};
use std::{io, path::Path};
use strum::VariantArray;

/// What a store is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreIdentity {
    /// Its id.
    pub store_id: StoreId,
    /// The installation that made it.
    pub install_id: InstallId,
    /// The name of its key in the keystore.
    pub key_alias: String,
    /// The public half of its key.
    pub public_key: PublicKey,
}

/// Whether a store may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreHealth {
    /// Its key answers.
    Sound,
    /// Its key does not answer at the moment: recording goes on, pushing waits.
    KeyUnavailable,
    /// The store must not push any more. Its facts have to move to a new store.
    Retired(RetireReason),
}

/// Why a store is retired (protocol, "One device an account").
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum RetireReason {
    /// The keystore has lost the key, or holds a different one.
    KeyGone,
    /// The journal came to another installation.
    OtherInstall,
    /// The journal is an older copy of itself.
    RolledBack,
    /// The server knows other facts of this store: a copy of the journal pushes as well.
    Diverged,
}

impl RetireReason {
    /// Its stable word.
    pub const fn code(self) -> Code {
        match self {
            Self::KeyGone => Code::KeyGone,
            Self::OtherInstall => Code::OtherInstall,
            Self::RolledBack => Code::RolledBack,
            Self::Diverged => Code::Diverged,
        }
    }

    /// The reason of this code; `None` for a code that retires no store.
    pub fn of(code: Code) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|reason| reason.code() == code)
    }
}

impl JournalRows<'_> {
    /// Why the server's answers have retired this store, if they have.
    pub(super) fn retired(&self) -> Result<Option<RetireReason>, JournalError> {
        let word: Option<Option<String>> = self.one("SELECT retired FROM store", [], |row| row.get(0))?;
        Ok(word.flatten().and_then(|word| RetireReason::of(word.parse().ok()?)))
    }
}

impl JournalTx<'_> {
    /// Notes why the store is retired; the first reason stays.
    pub(super) fn set_retired(&self, reason: RetireReason) -> Result<(), JournalError> {
        let sql = "UPDATE store SET retired = coalesce(retired, ?1)";
        self.execute(sql, params![reason.code().word()]).map(drop)
    }
}

/// The installation's id, from its file; made at the first run. The app keeps that file out of backups.
pub(super) fn install_id(files: &dyn Files, folder: &Path, entropy: &dyn Entropy) -> Result<InstallId, JournalError> {
    let path = folder.join("install-id");
    match disk::read(files, &path) {
        Ok(bytes) => {
            let id = str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse().ok());
            id.ok_or_else(|| JournalError::damaged("the installation's id cannot be read"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let id = InstallId(ids::random_v4(entropy).map_err(|error| unavailable(&error))?);
            // A half-written id would lock the phone out of its journal.
            disk::replace(files, &path, format!("{id}\n").as_bytes(), Lasting::Synced)?;
            Ok(id)
        }
        Err(error) => Err(error.into()),
    }
}

fn unavailable(error: &dyn std::fmt::Display) -> JournalError {
    JournalError::Unavailable { reason: error.to_string() }
}

/// Loads the journal's store. A new journal gets one, and its key is made before its row is written.
pub(super) fn load_or_make(
    connection: &mut Connection,
    install_id: InstallId,
    signer: &dyn Signer,
    entropy: &dyn Entropy,
) -> Result<StoreIdentity, JournalError> {
    if let Some(found) = load(connection)? {
        return Ok(found);
    }
    let made = make(install_id, signer, entropy)?;
    connection.execute(
        "INSERT INTO store (one, store_id, install_id, key_alias, public_key) VALUES (1, ?1, ?2, ?3, ?4)",
        params![made.store_id.0.as_bytes(), made.install_id.0.as_bytes(), made.key_alias, made.public_key],
    )?;
    Ok(made)
}

/// A new store with a new key, which nothing names yet.
pub(super) fn make(
    install_id: InstallId,
    signer: &dyn Signer,
    entropy: &dyn Entropy,
) -> Result<StoreIdentity, JournalError> {
    let store_id = StoreId(ids::random_v4(entropy).map_err(|error| unavailable(&error))?);
    let key_alias = format!("firebee-{store_id}");
    let public_key = signer.create(&key_alias).map_err(|error| unavailable(&error))?;
    Ok(StoreIdentity { store_id, install_id, key_alias, public_key })
}

/// The journal's store; `None` in a new journal.
pub(super) fn load(connection: &Connection) -> Result<Option<StoreIdentity>, JournalError> {
    let sql = "SELECT store_id, install_id, key_alias, public_key FROM store";
    let found = connection.query_row(sql, [], |row| {
        let key: Vec<u8> = row.get(3)?;
        Ok((StoreId(uuid(row, 0)?), InstallId(uuid(row, 1)?), row.get(2)?, key))
    });
    let Some((store_id, install_id, key_alias, key)) = found.optional()? else { return Ok(None) };
    let public_key = key.try_into().map_err(|_| JournalError::damaged("the store's public key has another length"))?;
    Ok(Some(StoreIdentity { store_id, install_id, key_alias, public_key }))
}

/// Whether the key still answers: it has to sign 32 fresh random bytes. The key is the store's identity.
pub(super) fn health(
    identity: &StoreIdentity,
    install: InstallId,
    rolled_back: bool,
    signer: &dyn Signer,
    entropy: &dyn Entropy,
) -> StoreHealth {
    if identity.install_id != install {
        return StoreHealth::Retired(RetireReason::OtherInstall);
    }
    if rolled_back {
        return StoreHealth::Retired(RetireReason::RolledBack);
    }
    match key_answers(identity, signer, entropy) {
        Ok(true) => StoreHealth::Sound,
        Ok(false) | Err(SignerError::Gone) => StoreHealth::Retired(RetireReason::KeyGone),
        Err(SignerError::Unavailable { .. }) => StoreHealth::KeyUnavailable,
    }
}

/// Whether the key of a store still signs for its successor.
///
/// # Errors
/// It does not answer at the moment.
pub(super) fn vouches(
    identity: &StoreIdentity,
    signer: &dyn Signer,
    entropy: &dyn Entropy,
) -> Result<bool, SignerError> {
    match key_answers(identity, signer, entropy) {
        Err(SignerError::Gone) => Ok(false),
        answered => answered,
    }
}

fn key_answers(identity: &StoreIdentity, signer: &dyn Signer, entropy: &dyn Entropy) -> Result<bool, SignerError> {
    if signer.public_key(&identity.key_alias)? != Some(identity.public_key) {
        return Ok(false);
    }
    let mut random = [0; 32];
    entropy.fill(&mut random).map_err(|error| SignerError::Unavailable { reason: error.to_string() })?;
    let text = sign::open_text(&random);
    let signature = signer.sign(&identity.key_alias, &text)?;
    Ok(sign::verify(&identity.public_key, &text, &signature).is_ok())
}
